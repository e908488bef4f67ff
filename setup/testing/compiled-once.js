// Loaded by each of vitest's processes before anything else: what one of them has compiled, the others only read. Given to the process
// and not to its environment, so that what a test starts is left as it is elsewhere.
import { enableCompileCache } from "node:module";
import { join } from "node:path";

enableCompileCache(join(import.meta.dirname, "../../.setup/code"));
