/** `npm run person -- export|delete WHO`. */

import { enableCompileCache } from "node:module";
import { join } from "node:path";

// As for `npm run grade`: sources lose their types once, not at every start.
enableCompileCache(join(import.meta.dirname, "../../.setup/compile-cache"));
await import("./command.ts");
