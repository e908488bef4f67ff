// npm run compile: the library and the grader as the kernel imports them.
import { createProgress } from "./progress.js";
import { runSteps } from "./run-steps.js";
import { removeStamp } from "./stamp.js";
import { compile } from "./steps/compile.js";

removeStamp(compile.name);
process.exitCode = await runSteps([compile], createProgress(1));
