import { acquireLock } from "../lock.js";
import { createProgress } from "../progress.js";
import { runSteps } from "../run-steps.js";
import { compile } from "../steps/compile.js";

/**
 * vitest's set-up for tests that start the sandbox or the kernel: what these two load is compiled again where a source
 * has changed, before the tests and before each of their repetitions in watch mode. All other code is read as source.
 *
 * @param {import("vitest/node").TestProject} project
 * @throws Error if it does not compile: tests of what was compiled earlier would say nothing.
 */
export default async function setup(project) {
  await compileAgain();
  project.onTestsRerun(compileAgain);
}

async function compileAgain() {
  if (!compile.isNeeded()) return;
  const release = await acquireLock("set-up");
  try {
    const code = await runSteps([compile], createProgress(1));
    if (code !== 0) throw new Error("what the sandbox and the kernel load does not compile: see above");
  } finally {
    release();
  }
}
