/** The card as plain text: for terminals, and for readers that show no HTML. */

import type { CheckResult, ExerciseResult, Failure } from "../../grading/result.ts";
import { plural } from "../../plural.ts";
import { advice } from "../advice.ts";
import { plainMarkdown } from "../plain-math.ts";
import { CHECK_SIGN, inputBeside, pointsText, STATUS } from "../points.ts";
import { printable } from "../printable.ts";

export function cardText(result: ExerciseResult): string {
  const { exercise, title, status, points, maxPoints, checks, manual } = result;
  const { sign, word } = STATUS[status];
  const best = maxPoints - (manual?.maxPoints ?? 0);
  const head = `${sign} ${exercise} · ${title}: ${word}${status === "unsolved" ? "" : `, ${pointsText(points)} of ${plural(best, "point")}`}`;
  const byHand = manual
    ? [
        `  * ${plural(manual.maxPoints, "more point")} will be given by a person, for the text`,
        ...(manual.missing === undefined ? [] : [`    No text has come: ${manual.missing}`]),
      ]
    : [];
  const warning = result.warning ? [`  ! ${result.warning}`] : [];
  if (status === "unsolved") {
    const todo = `${head}. Write your answer in the cell above, run it, then run this cell again.`;
    return printable([todo, ...warning, ...byHand].join("\n"));
  }
  return printable([head, ...warning, ...checkLines(checks), ...byHand].join("\n"));
}

/** Each check with what it found, in lines; what several checks have in common is said once. */
export function checkLines(checks: readonly CheckResult[]): string[] {
  const said = new Set<string>();
  const once = (text: string | undefined, again: string | undefined): string | undefined => {
    if (text === undefined || !said.has(text)) {
      if (text !== undefined) said.add(text);
      return text;
    }
    return again;
  };
  return checks.flatMap(({ name, status, points, earned, failure, found }) => {
    const line = `  ${CHECK_SIGN[status]} ${name} (${pointsText(earned)}/${pointsText(points)})`;
    if (!failure || status === "unsolved") return [line, ...indent([found])];
    if (status === "skipped")
      return [line, ...indent([once(failure.message, "not run, for the same reason")])];
    const input = inputBeside(failure);
    return [
      line,
      ...indent([
        failure.message,
        once(failure.trace, undefined),
        input && `on ${input}`,
        failure.expected && `expected ${failure.expected}`,
        failure.got && `got ${failure.got}`,
        ...adviceLines(failure, said),
      ]),
    ];
  });
}

function adviceLines(failure: Failure, said: Set<string>): string[] {
  const all = advice(failure);
  const fresh = all.filter(({ text }) => !said.has(text));
  for (const { text } of fresh) said.add(text);
  if (fresh.length === 0) return all.length > 0 ? ["The cause is the one named above."] : [];
  return fresh.map(({ kind, text }) => (kind === "hint" ? "Hint: " : "") + plainMarkdown(text));
}

const indent = (texts: readonly (string | undefined)[]): string[] =>
  texts.filter((text) => text).flatMap((text) => `${text}`.split("\n").map((line) => `      ${line}`));
