/** What came of an answer: kept once, together with the end of its job. */

import type { Outcome } from "../record/lines.ts";
import { boundOutcome } from "../record/write.ts";
import type { Source } from "../submissions/submission.ts";
import type { Database } from "./database/database.ts";
import { toJson } from "./database/json-values.ts";
import { type Attempt, type Queue, StaleAttempt } from "./queue.ts";
import { sourceFrom } from "./source-json.ts";

/**
 * What an attempt is to grade.
 *
 * @returns undefined if the answer was withdrawn since, or replaced by another.
 */
export async function sourceOf(database: Database, attempt: Attempt): Promise<Source | undefined> {
  const [row] = await database.query<{ source: unknown }>(
    "SELECT source FROM flowlab.answer WHERE job_id = $1",
    [attempt.id],
  );
  return row && sourceFrom(row.source);
}

/** By what an answer was graded, and where. */
export interface GradedBy {
  /** Of its exercise's checks. */
  readonly checks: string;
  readonly sandbox: string;
}

/**
 * Keeps what came of an attempt and ends its job: both or nothing.
 *
 * @throws StaleAttempt if the answer has gone to another worker, or has its result; nothing is changed then.
 */
export async function recordOutcome(
  database: Database,
  queue: Queue,
  attempt: Attempt,
  outcome: Outcome,
  { checks, sandbox }: GradedBy,
): Promise<void> {
  await database.transaction(async (transaction) => {
    const kept = await transaction.query(
      `INSERT INTO flowlab.result (job_id, run_id, index, exercise, digest, checks, sandbox, fault, outcome)
       SELECT job_id, run_id, index, exercise, digest, $2, $3, $4, $5::json
       FROM flowlab.answer WHERE job_id = $1
       ON CONFLICT (job_id) DO NOTHING RETURNING id`,
      [attempt.id, checks, sandbox, "fault" in outcome, toJson(boundOutcome(outcome))],
    );
    if (kept.length !== 1)
      throw new StaleAttempt(`the answer of job ${attempt.id} has a result already, or was withdrawn`);
    await queue.queueInside(transaction).complete(attempt);
  });
}

/** Ends the job of an answer that was withdrawn, without a result. */
export async function dropAttempt(database: Database, queue: Queue, attempt: Attempt): Promise<void> {
  await database.transaction((transaction) => queue.queueInside(transaction).complete(attempt));
}

/** How many answers a run has, graded or not. */
export async function answersOf(database: Database, run: number): Promise<number> {
  const [row] = await database.query<{ n: number }>(
    "SELECT count(*) AS n FROM flowlab.answer WHERE run_id = $1",
    [run],
  );
  return row?.n ?? 0;
}

/** How many answers of a run have been asked for and have no result yet, whoever works on them. */
export async function openAnswers(database: Database, run: number): Promise<number> {
  const [row] = await database.query<{ n: number }>(
    "SELECT count(*) AS n FROM flowlab.standing WHERE run_id = $1 AND open",
    [run],
  );
  return row?.n ?? 0;
}
