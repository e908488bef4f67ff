/** `npm run grade -- <path…>`. */

import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { courseFolder } from "../files/course-folder.ts";

// Before the first module is loaded: sources then lose their types once, not at every start, which halves the time to begin.
enableCompileCache(join(courseFolder(), ".setup/compile-cache"));
await import("./grade-command.ts");
