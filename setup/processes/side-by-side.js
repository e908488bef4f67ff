import { spawn } from "node:child_process";

/**
 * @typedef {object} Task
 * @property {string} name
 * @property {string} command One line for the system's shell.
 */

/**
 * Run commands side by side, to their ends even if one fails.
 *
 * What they print comes in their order, as if they ran one after another: the first that has not ended is seen live, the others when it is
 * their turn.
 *
 * @param {readonly Task[]} tasks
 * @param {(text: string) => void} out
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<string[]>} The names of those that failed.
 */
export async function runSideBySide(tasks, out, { cwd, env } = {}) {
  /** @type {string[]} */
  const failed = [];
  const runs = tasks.map((task) => start(task, { cwd, env }));
  for (const [i, { name }] of tasks.entries()) {
    out(`── ${name}\n`);
    runs[i].show(out);
    if ((await runs[i].code) !== 0) failed.push(name);
  }
  return failed;
}

/**
 * @param {Task} task
 * @param {{ cwd?: string | undefined, env?: NodeJS.ProcessEnv | undefined }} options
 */
function start({ command }, { cwd, env }) {
  const child = spawn(command, {
    shell: true,
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
    ...(cwd !== undefined && { cwd }),
    ...(env && { env }),
  });
  /** @type {string[]} */
  const kept = [];
  /** @type {(text: string) => void} */
  let take = (text) => kept.push(text);
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (/** @type {string} */ text) => take(text));
  /** @type {Promise<number>} */
  const code = new Promise((resolve) => {
    child.on("error", (error) => {
      take(`${error.message}\n`);
      resolve(1);
    });
    // After the last output.
    child.on("close", (ended) => resolve(ended ?? 1));
  });
  return {
    code,
    /** @param {(text: string) => void} out */
    show(out) {
      for (const text of kept) out(text);
      take = out;
    },
  };
}
