/** Gives a run the points that a person has entered: beside those of the checks, never in their place. */

import type { CheckResult, ExerciseResult, Manual, SubmissionResult } from "../grading/result.ts";
import { plural } from "../plural.ts";
import type { GradedRun } from "../record/read.ts";
import { summary } from "../record/summary.ts";
import { refuse, tooMany } from "./refused.ts";
import { type FilledRow, placeOf, type Row } from "./row.ts";
import { collectSubjects, isNothing, matchRows, type Subject } from "./subjects.ts";
import { sumByHand } from "./sum.ts";

export interface GivenRun {
  readonly run: GradedRun;
  /** The table for the next time. */
  readonly rows: readonly Row[];
  /** Of rows whose points are not counted, why. */
  readonly notes: readonly string[];
}

/**
 * Points and remark stay with a text as long as it is the same, and with a check as long as it says the same of the same code, also when it
 * is graded anew. Where that has changed it waits again, with the remark and a note of the points that the other one had; rows of somebody
 * who is not in this run are kept as they are.
 *
 * @param path What messages call the table.
 * @throws PointsError if there are more points than can be had, or a check's points have no reason; it names all such rows.
 */
export async function givePoints(
  run: GradedRun,
  filled: readonly FilledRow[],
  path: string,
): Promise<GivenRun> {
  const wrong: string[] = [];
  const subjects = await collectSubjects(run, filled);
  const by = matchRows(subjects, filled);
  const rows: Row[] = [];
  const notes: string[] = [];
  const given = new Map<number, Map<string, Given>>();
  for (const subject of subjects) {
    const { index, submission, exercise, check, text, best, key } = subject;
    const name = placeOf(subject);
    const row = by.get(name);
    if (!row && (check !== "" || isNothing(subject))) continue;
    by.delete(name);
    if (row && isIdle(row) && (check !== "" || isNothing(subject))) continue;
    const { remark = "", note = "", others = {}, criteria, reviewer } = row ?? {};
    const base = {
      ...{ submission, exercise, check, of: best, remark, text, key, others },
      ...(criteria !== undefined && { criteria }),
      ...(reviewer !== undefined && { reviewer }),
    };
    if (row?.points !== undefined) wrong.push(...faultsOf(row, subject));
    if (row?.points === undefined) rows.push({ ...base, note });
    else if (row.key === key || (check !== "" && row.key === "")) {
      const { points } = row;
      rows.push({ ...base, points, note: "" });
      const own = given.get(index) ?? new Map<string, Given>();
      given.set(index, own.set(name, { points, ...(remark.trim() !== "" && { remark }) }));
    } else {
      const other = check === "" ? "another text" : `“${check}” for other code or another verdict`;
      const changed = `${plural(row.points, "point")} given to ${other}; it has changed since`;
      rows.push({ ...base, note: changed });
      notes.push(
        `${path}, row ${row.number}: ${submission}, ${exercise}: ${changed}. It waits again: read it, and enter its points`,
      );
    }
  }
  refuse(path, wrong);
  for (const { number, ...row } of by.values()) {
    if (isIdle(row)) continue;
    const { submission, exercise, check, points } = row;
    rows.push({ ...row, note: "not in this run", text: "" });
    if (points === undefined) continue;
    const of = check === "" ? "answer" : "check";
    notes.push(
      `${path}, row ${number}: ${plural(points, "point")} of ${submission} for ${exercise} not counted: no such ${of} is in this run. If it should be, correct submission and ${check === "" ? "exercise" : "check"}`,
    );
  }
  const submission = async (index: number) =>
    withPoints(await run.submission(index), given.get(index) ?? new Map());
  const summaries = await Promise.all(
    run.summaries.map(async (brief, index) => (given.has(index) ? summary(await submission(index)) : brief)),
  );
  return { run: { about: run.about, summaries, submission }, rows, notes };
}

/** What a person has given a text or a check. */
interface Given {
  readonly points: number;
  readonly remark?: string;
}

/** Nobody has written anything in it. */
const isIdle = ({ points, remark, others = {} }: Row): boolean =>
  points === undefined && [remark, ...Object.values(others)].every((text) => text === "");

function faultsOf({ number, points = 0, remark }: FilledRow, subject: Subject): string[] {
  const { exercise, check, best } = subject;
  const of = check === "" ? exercise : `“${check}” of ${exercise}`;
  if (points > best) return [tooMany(number, of, points, best)];
  if (check === "" || remark.trim() !== "") return [];
  return [
    `row ${number}: expected a reason why “${check}” of ${exercise} gets ${plural(points, "point")}; got none. Write it in the column remark: the learner reads it`,
  ];
}

function withPoints(result: SubmissionResult, by: ReadonlyMap<string, Given>): SubmissionResult {
  if (by.size === 0) return result;
  const { submission } = result;
  const exercises = result.exercises.map((one): ExerciseResult => {
    const of = (check: string) => by.get(placeOf({ submission, exercise: one.exercise, check }));
    const text = of("");
    return {
      ...one,
      checks: one.checks.map((check) => withReason(check, of(check.name))),
      ...(one.manual && text && { manual: withRemark(one.manual, text) }),
    };
  });
  const pointsByHand = exercises.reduce((sum, exercise) => sum + (sumByHand(exercise) ?? 0), 0);
  return { ...result, exercises, pointsByHand };
}

const withRemark = (manual: Manual, { points, remark }: Given): Manual => ({
  ...manual,
  given: points,
  ...(remark !== undefined && { remark }),
});

const withReason = (check: CheckResult, given: Given | undefined): CheckResult =>
  given ? { ...check, byHand: { points: given.points, reason: given.remark ?? "" } } : check;
