// npm run compile: the library and the grader as the kernel imports them.
import { acquireLock } from "./lock.js";
import { createProgress } from "./progress.js";
import { runSteps } from "./run-steps.js";
import { removeStamp } from "./stamp.js";
import { compile } from "./steps/compile.js";

const release = await acquireLock("set-up", (pid) => {
  process.stderr.write(`A set-up of this folder is at work (process ${pid}); waiting for it …\n`);
});
try {
  removeStamp(compile.name);
  process.exitCode = await runSteps([compile], createProgress(1));
} finally {
  release();
}
