/** Words that a person has used before, to be used again: lines of the remarks on other answers to the same exercise. */

import type { FilledRow } from "../by-hand/row.ts";

/** As many as have a key. */
const MOST = 9;

/** Most often used first, then latest. */
export function commentBank(
  rows: readonly Pick<FilledRow, "exercise" | "check" | "remark">[],
  exercise: string,
  text: boolean,
): string[] {
  const uses = new Map<string, number>();
  for (const row of rows.toReversed()) {
    if (row.exercise !== exercise || (row.check === "") !== text) continue;
    for (const line of new Set(row.remark.split("\n").map((one) => one.trim())))
      if (line !== "") uses.set(line, (uses.get(line) ?? 0) + 1);
  }
  return [...uses]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MOST)
    .map(([line]) => line);
}
