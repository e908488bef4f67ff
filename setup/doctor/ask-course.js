import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { run, tail } from "../processes/child.js";
import { isKit, pinnedNode, root } from "../project.js";

/** Programs for the course's own Node, in the course's folder; the last line that each prints is JSON. */
const questions = {
  engine: () => `
    const { engine } = await import("flowlab");
    const { backend, reason, version, threads, xla } = engine;
    console.log(JSON.stringify({ backend, reason, version, threads, xla }));`,
  sandbox: () => `
    const { detectSandbox } = await import(${urlOf("grader", ...(isKit ? ["dist", "sandbox", "detect.js"] : ["sandbox", "detect.ts"]))});
    console.log(JSON.stringify(await detectSandbox()));`,
};

/** @param {readonly string[]} path */
const urlOf = (...path) => JSON.stringify(pathToFileURL(join(root, ...path)).href);

/** @typedef {keyof typeof questions} Question */

/** @type {Map<Question, Promise<Record<string, any>>>} */
const answers = new Map();

/**
 * Ask the course's own code, in a process of its own: a native library that is broken ends that process only.
 *
 * @param {Question} question
 * @returns {Promise<Record<string, any>>} What it answered, or `{ error }`; asked once per run.
 */
export function askCourse(question) {
  const answer = answers.get(question) ?? ask(question);
  answers.set(question, answer);
  return answer;
}

/** @param {Question} question */
async function ask(question) {
  // The library as the kernel has it.
  const compiled = "--conditions=flowlab:compiled";
  const args = [compiled, "--no-warnings", "--input-type=module", "--eval", questions[question]()];
  const { code, output } = await run(pinnedNode(), args, { cwd: root, timeout: 60_000 });
  const line = tail(output, 1);
  if (code === 0 && line.startsWith("{")) return JSON.parse(line);
  return {
    error: output.split("\n").find((each) => /Error/.test(each)) ?? (line || `ended with code ${code}`),
  };
}
