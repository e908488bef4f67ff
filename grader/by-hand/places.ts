/** The place of a run that a row of the table stands for. */

import { printable } from "../report/printable.ts";
import type { FilledRow, Row } from "./table.ts";

/** One for each place. The table shows a name as a person may read it, without what would command a terminal. */
export const placeOf = ({
  submission,
  exercise,
  check,
}: Pick<Row, "submission" | "exercise" | "check">): string =>
  JSON.stringify([printable(submission), exercise, check]);

/** Rows that stand for the same place as one above them, in words. */
export function findRepetitions(rows: readonly FilledRow[]): string[] {
  const by = new Map<string, FilledRow>();
  return rows.flatMap((row) => {
    const before = by.get(placeOf(row));
    if (!before) {
      by.set(placeOf(row), row);
      return [];
    }
    const of = row.check === "" ? row.exercise : `${row.exercise}, ${row.check}`;
    return [
      `rows ${before.number} and ${row.number}: expected one row for ${row.submission} and ${of}; got two. Remove one`,
    ];
  });
}
