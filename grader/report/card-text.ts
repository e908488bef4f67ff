/** The card as plain text: for terminals, and for readers that show no HTML. */

import type { CheckResult, ExerciseResult } from "../result.ts";
import { CHECK_SIGN, inputBeside, plural, pointsText, STATUS } from "./points.ts";
import { printable } from "./printable.ts";

export function cardText(result: ExerciseResult): string {
  const { exercise, title, status, points, maxPoints, checks, manual } = result;
  const { sign, word } = STATUS[status];
  const best = maxPoints - (manual?.maxPoints ?? 0);
  const head = `${sign} ${exercise} · ${title}: ${word}${status === "unsolved" ? "" : `, ${pointsText(points)} of ${plural(best, "point")}`}`;
  if (status === "unsolved")
    return `${head}. Write your answer in the cell above, run it, then run this cell again.`;
  const lines = checks.flatMap(checkLines);
  if (manual) lines.push(`  * ${plural(manual.maxPoints, "more point")} will be given by a person`);
  return printable([head, ...lines].join("\n"));
}

function checkLines({ name, status, points, earned, failure }: CheckResult): string[] {
  const line = `  ${CHECK_SIGN[status]} ${name} (${pointsText(earned)}/${pointsText(points)})`;
  if (!failure || status === "unsolved") return [line];
  if (status === "skipped") return [line, `      not run: ${failure.message}`];
  const input = inputBeside(failure);
  const rows = [
    failure.message,
    input && `on ${input}`,
    failure.expected && `expected ${failure.expected}`,
    failure.got && `got ${failure.got}`,
    failure.misconception?.explanation ?? failure.hint,
  ];
  return [line, ...rows.filter((row) => row).map((row) => `      ${row}`)];
}
