/**
 * A failure that the learner can do something about: shown without a stack trace.
 *
 * @param message What is wrong, in a sentence.
 * @param remedy What to do about it.
 * @param detail The end of a failed program's output.
 */
export function problem(message, remedy, detail = "") {
  return Object.assign(new Error(message), { name: "SetupProblem", remedy, detail });
}

/** The text that a failed step prints. */
export function describeProblem(error) {
  if (error.name !== "SetupProblem") return error.stack ?? String(error);
  const detail = error.detail === "" ? "" : `\n${error.detail.replace(/^/gm, "  | ")}`;
  return `${error.message}${detail}\n→ ${error.remedy}`;
}
