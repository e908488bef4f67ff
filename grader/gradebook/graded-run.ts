/** A run of the gradebook as reports read it: everybody in brief, and each as a whole when asked for. */

import type { SubmissionResult } from "../grading/result.ts";
import { assembleRecord } from "../record/assemble.ts";
import type { Outcome, SubmissionLine } from "../record/lines.ts";
import type { GradedRun } from "../record/read.ts";
import { type SubmissionSummary, summary } from "../record/summary.ts";
import type { Database } from "./database/database.ts";
import { fromJson } from "./database/json-values.ts";
import type { Row } from "./database/transaction.ts";
import { openAnswers } from "./results.ts";
import type { Run } from "./run.ts";

/** Submissions that are read at a time. */
const AT_ONCE = 100;
const UNFINISHED = "the run was interrupted; the same command goes on";

export async function gradedRun(database: Database, run: Run): Promise<GradedRun> {
  const indices = await indicesOf(database, run.id);
  const summaries: SubmissionSummary[] = [];
  for (let from = 0; from < indices.length; from += AT_ONCE)
    for (const result of await submissionsOf(database, run, indices.slice(from, from + AT_ONCE)))
      summaries.push(summary(result));
  const { seed, startedAt, exercises, layouts } = run;
  const spent = summaries.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return {
    about: {
      version: 1,
      seed,
      sandbox: await sandboxesOf(database, run),
      startedAt,
      milliseconds: run.milliseconds > 0 ? run.milliseconds : spent,
      exercises,
      layouts,
      ...((await openAnswers(database, run.id)) > 0 && { interrupted: true as const }),
    },
    summaries,
    async submission(index) {
      const [result] = await submissionsOf(database, run, [indices[index] as number]);
      return result as SubmissionResult;
    },
  };
}

async function indicesOf({ query }: Database, run: number): Promise<readonly number[]> {
  const rows = await query<{ index: number }>(
    "SELECT index FROM flowlab.submission WHERE run_id = $1 AND place IS NOT NULL ORDER BY place",
    [run],
  );
  return rows.map(({ index }) => index);
}

/** Of all that graded for it; machines may have different ones. */
async function sandboxesOf({ query }: Database, { id, sandbox }: Run): Promise<string> {
  const rows = await query<{ sandbox: string }>(
    "SELECT DISTINCT sandbox FROM flowlab.standing WHERE run_id = $1 AND sandbox IS NOT NULL ORDER BY sandbox",
    [id],
  );
  return rows.length === 0 ? sandbox : rows.map((row) => row.sandbox).join(", ");
}

interface StandingRow extends Row {
  readonly index: number;
  readonly exercise: string;
  readonly checks: string;
  readonly outcome: unknown;
}

/** In the order of these indices. */
export async function submissionsOf(
  { query }: Database,
  { id, exercises, checks }: Run,
  indices: readonly number[],
): Promise<SubmissionResult[]> {
  const values = [id, JSON.stringify(indices)];
  const chosen = "index IN (SELECT value::integer FROM json_array_elements_text($2::json) AS value)";
  const handedIn = await query<{ index: number; handed_in: unknown }>(
    `SELECT index, handed_in FROM flowlab.submission WHERE run_id = $1 AND ${chosen}`,
    values,
  );
  const standing = await query<StandingRow>(
    `SELECT index, exercise, checks, outcome FROM flowlab.standing
     WHERE run_id = $1 AND ${chosen} AND outcome IS NOT NULL`,
    values,
  );
  const lines = new Map(handedIn.map((row) => [row.index, fromJson(row.handed_in) as SubmissionLine]));
  const outcomes = Map.groupBy(standing, ({ index }) => index);
  return indices.map((index) => {
    const answers = (outcomes.get(index) ?? []).map((row) => ({
      index,
      exercise: row.exercise,
      ...markStale(fromJson(row.outcome) as Outcome, row.checks !== checks[row.exercise]),
    }));
    return assembleRecord(exercises, lines.get(index) as SubmissionLine, answers, UNFINISHED);
  });
}

const markStale = (outcome: Outcome, stale: boolean): Outcome =>
  stale && "result" in outcome ? { ...outcome, result: { ...outcome.result, stale: true } } : outcome;
