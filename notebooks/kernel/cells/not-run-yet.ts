import type { Failure } from "../output/errors.ts";
import type { Diagnostic } from "../tslab/tslab.ts";
import type { ExecutedCell } from "./executed.ts";

/** Also the check's own training, `check.train`, which stands before it. */
const CHECK = /^\s*await\s+check\s*(?:\.\s*train\s*)?\(/;

/** "Cannot find name", with and without a guess, and the same for `{ name }`. */
const NAME_IS_MISSING = new Set([2304, 2552, 18004]);

/**
 * What to say of a check whose answer is not there. It is no error of types that a learner could mend in the check's cell.
 *
 * @returns undefined if something else is wrong, or if this is no check.
 */
export function notRunYet(
  diagnostics: readonly Diagnostic[],
  code: string,
  executed: readonly ExecutedCell[],
): Failure | undefined {
  if (!CHECK.test(code)) return undefined;
  if (!diagnostics.every((diagnostic) => NAME_IS_MISSING.has(diagnostic.code))) return undefined;
  const names = new Set(diagnostics.flatMap(({ messageText }) => /'([^']+)'/.exec(messageText)?.[1] ?? []));
  const [first] = [...names].filter((name) => name !== "check");
  const failed = executed.findLast(
    (cell) => first !== undefined && new RegExp(`\\b${first}\\b`).test(cell.code) && !CHECK.test(cell.code),
  );
  const shown = [...names].map((name) => `\`${name}\``).join(" and ");
  const are = names.size > 1 ? "are" : "is";
  const evalue =
    failed !== undefined && failed.outcome !== "ok"
      ? `the answer's cell failed when it ran, so ${shown} ${are} not there: mend it, run it, then run this check again`
      : `run the cells above first: ${shown} ${are} not there yet`;
  return { ename: "NotRunYet", evalue, traceback: [`NotRunYet: ${evalue}`] };
}
