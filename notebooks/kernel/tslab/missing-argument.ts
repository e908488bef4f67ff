/**
 * "Expected 2-4 arguments, but got 1." leaves the learner to look up which one is missing. TypeScript knows its name,
 * but says it in a second message, which tslab drops.
 */
import type { Diagnostic } from "@tslab/typescript-for-tslab";

/** "Expected N arguments, but got M", and "An argument for 'name' was not provided". */
const [wrongCount, notProvided] = [2554, 6210];

/** The diagnostic with the name of the missing argument in its message, if that is what it is about. */
export function withMissingArgument<D extends Diagnostic>(diagnostic: D): D {
  const { code, messageText, relatedInformation = [] } = diagnostic;
  if (code !== wrongCount || typeof messageText !== "string") return diagnostic;
  const name = relatedInformation.find((related) => related.code === notProvided)?.messageText;
  return typeof name === "string" ? { ...diagnostic, messageText: `${messageText} ${name}` } : diagnostic;
}
