/** What a person can give points to, and which row of her table stands for it. */

import { isBlank } from "../blank.ts";
import type { ExerciseResult, SubmissionResult } from "../grading/result.ts";
import type { GradedRun } from "../record/read.ts";
import { printable } from "../report/printable.ts";
import { type FilledRow, placeOf, type Row } from "./row.ts";
import { keyOf, keyOfCheck } from "./table.ts";

/** The text of an answer, or a check of it, whose points then count in place of those that it gave. */
export interface Subject extends Pick<Row, "submission" | "exercise" | "check" | "text" | "key"> {
  /** Of its submission in the run. */
  readonly index: number;
  /** The most points that can be given. */
  readonly best: number;
  /** Without a person. */
  readonly earned: number;
}

/** What a spreadsheet leaves of a name. */
const bareName = (submission: string): string => printable(submission).trim();

/** All texts of a run, and all checks of those of whom the table has a row about a check. */
export async function collectSubjects(run: GradedRun, filled: readonly FilledRow[]): Promise<Subject[]> {
  const named = new Set(
    filled.filter(({ check }) => check !== "").map(({ submission }) => bareName(submission)),
  );
  const subjects: Subject[] = [];
  for (const [index, { submission, exercises }] of run.summaries.entries()) {
    const checks = named.has(bareName(submission));
    if (!checks && !exercises.some(({ manual }) => manual)) continue;
    const whole = await run.submission(index);
    for (const result of whole.exercises) subjects.push(...subjectsOf(whole, index, result, checks));
  }
  return subjects;
}

/** @param checks Whether its checks are wanted, too. */
export function subjectsOf(
  { submission, sources = [] }: Pick<SubmissionResult, "submission" | "sources">,
  index: number,
  { exercise, manual, checks: results }: ExerciseResult,
  checks: boolean,
): Subject[] {
  const base = { index, submission, exercise };
  const text = manual && {
    ...base,
    ...{ check: "", text: manual.answer, key: keyOf(manual), best: manual.maxPoints, earned: 0 },
  };
  const code = sources.find(({ exerciseId }) => exerciseId === exercise)?.code ?? "";
  const judged = (checks ? results : []).map((result) => ({
    ...base,
    ...{ check: result.name, text: result.failure?.message ?? "", key: keyOfCheck(result, code) },
    ...{ best: result.points, earned: result.earned },
  }));
  return [...(text ? [text] : []), ...judged];
}

/** What has no text and no row is nothing that anybody could give points to. */
export const isNothing = ({ check, text }: Subject): boolean => check === "" && isBlank(text);

/** Rows by the places they stand for: a spreadsheet may take spaces off a name, or make a date of 16.11, and the key tells the place all the same. */
export function matchRows(subjects: readonly Subject[], rows: readonly FilledRow[]): Map<string, FilledRow> {
  const unique = new Map(rows.map((row) => [placeOf(row), row]));
  const alike = ({ submission, key }: Pick<Row, "submission" | "key">) =>
    JSON.stringify([bareName(submission), key]);
  const without = new Map<string, Subject[]>();
  for (const subject of subjects)
    if (!unique.has(placeOf(subject)))
      without.set(alike(subject), [...(without.get(alike(subject)) ?? []), subject]);
  const known = new Set(subjects.map(placeOf));
  const by = new Map(unique);
  for (const [name, row] of unique) {
    if (known.has(name)) continue;
    const [subject, other] = without.get(alike(row)) ?? [];
    if (!subject || other || by.has(placeOf(subject))) continue;
    by.delete(name);
    by.set(placeOf(subject), row);
  }
  return by;
}
