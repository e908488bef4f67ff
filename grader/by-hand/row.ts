/** A row of the table of points, and the place of a run that it stands for. */

import { printable } from "../report/printable.ts";

export interface Row {
  readonly submission: string;
  readonly exercise: string;
  /** The check whose points these are, in place of what it gave; empty for the exercise's text. */
  readonly check: string;
  /** Undefined while it waits. */
  readonly points?: number;
  /** Undefined where the run does not hold its exercise. */
  readonly of?: number;
  /** A person's, for the learner. */
  readonly remark: string;
  /** The criteria of the rubric that it meets, by their numbers from 1: `1 3`. */
  readonly criteria?: string;
  /** Who gave points or remark last, where she has said. */
  readonly reviewer?: string;
  /** Of this program, for the person. */
  readonly note: string;
  readonly text: string;
  /** By which it is seen whether the text, or the code, is still the one that was read. */
  readonly key: string;
  /** What stands in columns that somebody has added, by their names. */
  readonly others?: Readonly<Record<string, string>>;
}

/** A row as somebody has filled it in, with its number in the file. */
export interface FilledRow extends Row {
  readonly number: number;
}

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
