/**
 * A failure that the learner can do something about: shown without a stack trace.
 *
 * @param {string} message What is wrong, in a sentence.
 * @param {string} remedy What to do about it.
 * @param {string} [detail] The end of a failed program's output.
 */
export function problem(message, remedy, detail = "") {
  return Object.assign(new Error(message), { name: "SetupProblem", remedy, detail });
}

/**
 * The text that a failed step prints.
 *
 * @param {unknown} error
 */
export function describeProblem(error) {
  if (!isProblem(error)) return error instanceof Error ? (error.stack ?? String(error)) : String(error);
  const detail = error.detail === "" ? "" : `\n${error.detail.replace(/^/gm, "  | ")}`;
  return `${error.message}${detail}\n→ ${error.remedy}`;
}

/**
 * @param {unknown} error
 * @returns {error is ReturnType<typeof problem>}
 */
const isProblem = (error) => error instanceof Error && error.name === "SetupProblem";
