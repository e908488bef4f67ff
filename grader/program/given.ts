/** Whether what a check was given is what the notebook has under that name: the grader knows names only, a check any value. */

import type { Facts } from "./facts.ts";

export interface Given {
  readonly name: string;
  /** What the check was given under that name. */
  readonly value: unknown;
  /** What the notebook's variable of that name holds. */
  readonly variable: unknown;
}

/** The cell that will be graded, if there is one. */
export interface GradedCell {
  readonly called: string;
  readonly facts: Facts | undefined;
}

/** @returns What the grader will do instead, if the check was given something else than the notebook's own. */
export function aboutGiven(
  { name, value, variable }: Given,
  exercise: string,
  graded: GradedCell | undefined,
): string | undefined {
  const declared = graded?.facts?.declares.get(name);
  const unwritten = declared?.kind === "piece" && declared.stub;
  const use = `Use \`check("${exercise}", { ${name} })\``;
  if (value === undefined)
    return graded && !unwritten
      ? `The check was not given the \`${name}\` of ${graded.called}, which will be graded. ${use}.`
      : undefined;
  if (value === variable) return undefined;
  const own = ownName(value, name);
  const checked = `What was checked as \`${name}\` is ${own === undefined ? "another function" : `\`${own}\``}`;
  if (graded && !unwritten)
    return `${checked}; the \`${name}\` of ${graded.called} will be graded. ${use} to check that one.`;
  const none = graded
    ? `the \`${name}\` of ${graded.called} is not written yet`
    : `the notebook has no \`${name}\``;
  const remedy = own === undefined ? `Write it as \`${name}\`` : `Rename \`${own}\` to \`${name}\``;
  return `${checked}, and ${none}: it will not be graded. ${remedy} in the answer's cell.`;
}

/** The name that a function was written with, where it is another. */
function ownName(value: unknown, name: string): string | undefined {
  if (typeof value !== "function") return undefined;
  const own: unknown = Object.getOwnPropertyDescriptor(value, "name")?.value;
  return typeof own === "string" && own !== name && /^[\p{L}\p{N}_$]{1,40}$/u.test(own) ? own : undefined;
}
