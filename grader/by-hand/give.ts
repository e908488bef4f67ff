/** Gives a run the points that a person has entered: beside those of the checks, never in their place. */

import type { ExerciseResult, Manual, SubmissionResult } from "../grading/result.ts";
import { plural } from "../plural.ts";
import type { GradedRun } from "../record/read.ts";
import { summary } from "../record/summary.ts";
import { pointsText } from "../report/points.ts";
import { type FilledRow, keyOf, PointsError, type Row } from "./table.ts";

export interface GivenRun {
  readonly run: GradedRun;
  /** The table for the next time. */
  readonly rows: readonly Row[];
  /** Of rows whose points are not counted, why. */
  readonly notes: readonly string[];
}

/**
 * Points and remark stay with a text as long as it is the same, also when it is graded anew. Where it has changed it waits again, with the
 * remark and a note of the points that the other text had; rows of somebody who is not in this run are kept as they are.
 *
 * @param path What messages call the table.
 * @throws PointsError if there are more points than can be had, or two rows disagree.
 */
export async function givePoints(
  run: GradedRun,
  filled: readonly FilledRow[],
  path: string,
): Promise<GivenRun> {
  const texts = await textsOf(run);
  const by = matchRows(texts, uniqueRows(filled, path));
  const rows: Row[] = [];
  const notes: string[] = [];
  const given = new Map<number, Map<string, Given>>();
  for (const { index, submission, exercise, manual, key } of texts) {
    const name = place(submission, exercise);
    const row = by.get(name);
    if (manual.answer.trim() === "" && row?.points === undefined && !row?.remark) continue;
    by.delete(name);
    const { remark = "", note = "", others = {} } = row ?? {};
    const base = { submission, exercise, of: manual.maxPoints, remark, text: manual.answer, key, others };
    if (row?.points !== undefined && row.points > manual.maxPoints)
      throw new PointsError(
        `${path}, row ${row.number}: expected at most ${plural(manual.maxPoints, "point")} for ${exercise}; got ${pointsText(row.points)}. Correct the column points`,
      );
    if (row?.points === undefined) rows.push({ ...base, note });
    else if (row.key === key) {
      const { points } = row;
      rows.push({ ...base, points, note: "" });
      const own = given.get(index) ?? new Map<string, Given>();
      given.set(index, own.set(exercise, { given: points, ...(remark.trim() !== "" && { remark }) }));
    } else {
      const changed = `${plural(row.points, "point")} given to another text; it has changed since`;
      rows.push({ ...base, note: changed });
      notes.push(
        `${path}, row ${row.number}: ${submission}, ${exercise}: ${changed}. It waits again: read it, and enter its points`,
      );
    }
  }
  for (const { submission, exercise, points, remark, key, others = {}, number } of by.values()) {
    if (points === undefined && [remark, ...Object.values(others)].every((text) => text === "")) continue;
    const kept = { submission, exercise, remark, note: "not in this run", text: "", key, others };
    rows.push({ ...kept, ...(points !== undefined && { points }) });
    if (points === undefined) continue;
    notes.push(
      `${path}, row ${number}: ${plural(points, "point")} of ${submission} for ${exercise} not counted: no such answer is in this run. If it should be, correct submission and exercise`,
    );
  }
  const submission = async (index: number) =>
    withPoints(await run.submission(index), given.get(index) ?? new Map());
  const summaries = await Promise.all(
    run.summaries.map(async (brief, index) => (given.has(index) ? summary(await submission(index)) : brief)),
  );
  return { run: { about: run.about, summaries, submission }, rows, notes };
}

/** What a person has given a text. */
type Given = Required<Pick<Manual, "given">> & Pick<Manual, "remark">;

const place = (submission: string, exercise: string): string => JSON.stringify([submission, exercise]);

interface Text {
  /** Of its submission in the run. */
  readonly index: number;
  readonly submission: string;
  readonly exercise: string;
  readonly manual: Manual;
  readonly key: string;
}

async function textsOf(run: GradedRun): Promise<Text[]> {
  const texts: Text[] = [];
  for (const [index, { exercises }] of run.summaries.entries()) {
    if (!exercises.some(({ manual }) => manual)) continue;
    const { submission, exercises: whole } = await run.submission(index);
    for (const { exercise, manual } of whole)
      if (manual) texts.push({ index, submission, exercise, manual, key: keyOf(manual) });
  }
  return texts;
}

/** Rows by the texts they stand for: a spreadsheet may take spaces off a name, or make a date of 16.11, and the key tells the text all the same. */
function matchRows(texts: readonly Text[], rows: Map<string, FilledRow>): Map<string, FilledRow> {
  const alike = ({ submission, key }: Pick<Text, "submission" | "key">) => place(submission.trim(), key);
  const without = texts.filter(({ submission, exercise }) => !rows.has(place(submission, exercise)));
  const known = new Set(texts.map(({ submission, exercise }) => place(submission, exercise)));
  const by = new Map(rows);
  for (const [name, row] of rows) {
    if (known.has(name)) continue;
    const [text, other] = without.filter((one) => alike(one) === alike(row));
    if (!text || other || by.has(place(text.submission, text.exercise))) continue;
    by.delete(name);
    by.set(place(text.submission, text.exercise), row);
  }
  return by;
}

function uniqueRows(filled: readonly FilledRow[], path: string): Map<string, FilledRow> {
  const by = new Map<string, FilledRow>();
  for (const row of filled) {
    const name = place(row.submission, row.exercise);
    const before = by.get(name);
    if (before)
      throw new PointsError(
        `${path}, rows ${before.number} and ${row.number}: expected one row for ${row.submission} and ${row.exercise}; got two. Remove one`,
      );
    by.set(name, row);
  }
  return by;
}

function withPoints(result: SubmissionResult, by: ReadonlyMap<string, Given>): SubmissionResult {
  if (by.size === 0) return result;
  const exercises = result.exercises.map((one): ExerciseResult => {
    const own = by.get(one.exercise);
    return own && one.manual ? { ...one, manual: { ...one.manual, ...own } } : one;
  });
  return { ...result, exercises, pointsByHand: [...by.values()].reduce((sum, { given }) => sum + given, 0) };
}
