import { describeProblem } from "./problem.js";

/**
 * @typedef {object} Step A part of the set-up.
 * @property {string} name
 * @property {string} title
 * @property {() => boolean | Promise<boolean>} isNeeded
 * @property {(progress: import("./progress.js").Progress) => Promise<string | undefined>} run What it says when it is done.
 * @property {boolean} [mayFail] The others go on without it.
 */

/**
 * Run the steps that are needed, in order.
 *
 * A step that others do not build on (`mayFail`) may fail without stopping them; its problem is told
 * at the end.
 *
 * @param {readonly Step[]} steps
 * @param {import("./progress.js").Progress} progress
 * @param {import("./progress.js").Out} [out]
 * @returns {Promise<number>} The exit code: 0 if all that is needed is in place.
 */
export async function runSteps(steps, progress, out = process.stderr) {
  const problems = [];
  for (const [index, step] of steps.entries()) {
    if (!(await step.isNeeded())) continue;
    progress.start(index + 1, step.title);
    try {
      progress.succeed((await step.run(progress)) ?? step.title);
    } catch (error) {
      progress.fail(step.title);
      problems.push(error);
      if (!step.mayFail) break;
    }
  }
  for (const error of problems) out.write(`\n${describeProblem(error)}\n`);
  return problems.length === 0 ? 0 : 1;
}
