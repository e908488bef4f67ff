/** What is to be graded, and what came of it: each answer is asked for once, and its result is kept once. */

import { randomUUID } from "node:crypto";
import type { Database } from "./database.ts";
import { fromJson, toJson } from "./json-values.ts";
import { type Attempt, type Queue, StaleAttempt, type Task } from "./queue.ts";

/** Rows that one statement brings: far fewer than a statement may have values. */
const ROWS_AT_ONCE = 500;

/**
 * Asks for answers to be graded. Those that were asked for before, graded or not, are left as they are, so that a command that is given
 * again after it was killed goes on.
 *
 * @returns How many are new.
 */
export async function enqueue(database: Database, queue: Queue, tasks: readonly Task[]): Promise<number> {
  let added = 0;
  for (let from = 0; from < tasks.length; from += ROWS_AT_ONCE) {
    const some = tasks.slice(from, from + ROWS_AT_ONCE).map((data) => ({ id: randomUUID(), data }));
    added += await database.transaction(async (transaction) => {
      const rows = some.map(({ id, data }) => ({ ...data, id }));
      const fresh = await transaction.query<{ id: string }>(
        `INSERT INTO flowlab.answer (run_id, index, exercise, job_id)
         SELECT run, index, exercise, id
         FROM json_to_recordset($1::json) AS asked (run bigint, index integer, exercise text, id uuid)
         ON CONFLICT (run_id, index, exercise) DO NOTHING
         RETURNING job_id::text AS id`,
        [toJson(rows)],
      );
      const ids = new Set(fresh.map(({ id }) => id));
      await queue.queueInside(transaction).add(some.filter(({ id }) => ids.has(id)));
      return ids.size;
    });
  }
  return added;
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
  outcome: unknown,
): Promise<void> {
  await database.transaction(async (transaction) => {
    const kept = await transaction.query(
      "UPDATE flowlab.answer SET outcome = $2, graded_at = now() WHERE job_id = $1 AND outcome IS NULL RETURNING index",
      [attempt.id, toJson(outcome)],
    );
    if (kept.length !== 1)
      throw new StaleAttempt(`the answer of job ${attempt.id} has a result already, or was withdrawn`);
    await queue.queueInside(transaction).complete(attempt);
  });
}

export interface Outcome {
  readonly index: number;
  readonly exercise: string;
  readonly outcome: unknown;
}

/** All results of a run, in the order of its submissions. */
export async function outcomesOf(database: Database, run: number): Promise<readonly Outcome[]> {
  const rows = await database.query<{ index: number; exercise: string; outcome: unknown }>(
    `SELECT index, exercise, outcome FROM flowlab.answer
     WHERE run_id = $1 AND outcome IS NOT NULL ORDER BY index, exercise`,
    [run],
  );
  return rows.map((row) => ({ ...row, outcome: fromJson(row.outcome) }));
}
