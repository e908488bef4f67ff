/** Brings what was handed in into the gradebook, and asks for what is not graded yet. */

import { createHash, randomUUID } from "node:crypto";
import { digestOf, handedInBy } from "../record/write.ts";
import type { Source, Submission } from "../submissions/submission.ts";
import type { Database } from "./database/database.ts";
import { toJson } from "./database/json-values.ts";
import type { Row, Transaction } from "./database/transaction.ts";
import type { NewJob, Queue } from "./queue.ts";
import { type Asked, beginRun, type Conditions, type Run } from "./run.ts";
import { plainSource } from "./source-json.ts";

/** A graded answer that may be graded anew. */
export interface GradedAnswer {
  /** Its submission's name. */
  readonly submission: string;
  readonly exercise: string;
  /** Its checks have changed since. */
  readonly stale: boolean;
}

export interface Regrade {
  /** By which the same wish is known again, so that a command that was killed goes on and does not begin anew. */
  readonly text: string;
  has(answer: GradedAnswer): boolean;
}

export interface Enqueued {
  readonly run: Run;
  /** The answers of this class that are asked for. */
  readonly answers: number;
  /** How many of them have a verdict already, and are not graded again. */
  readonly graded: number;
}

/** Submissions that are compared and written at a time. */
const AT_ONCE = 100;

/**
 * All or nothing: a command that is killed meanwhile is given again and begins anew.
 *
 * @param key Of the command: see `runKey`.
 */
export async function enqueue(
  database: Database,
  queue: Queue,
  key: string,
  begun: Conditions & Asked,
  submissions: readonly Submission[],
  regrade?: Regrade,
): Promise<Enqueued> {
  const { layouts, exercises, course, checks, numbers, ...conditions } = begun;
  const asked: Asked = { layouts, exercises, course, checks, ...(numbers && { numbers }) };
  // On its own, so that the queue, which is made outside of transactions, can have its number.
  const run = await database.transaction((tx) => beginRun(tx, key, conditions, asked));
  await queue.prepare(run.id);
  const counted = await database.transaction(async (tx) => {
    const [locked] = await tx.query<{ regrade: string | null; open: boolean }>(
      `SELECT regrade, EXISTS (SELECT FROM flowlab.standing WHERE run_id = run.id AND open) AS open
       FROM flowlab.run WHERE id = $1 FOR UPDATE`,
      [run.id],
    );
    const alive = await queue.alive(run.id, tx);
    const goesOn = locked?.open === true && locked.regrade === regrade?.text;
    const wanted = goesOn ? undefined : regrade;
    if (wanted) await tx.query("UPDATE flowlab.run SET regrade = $2 WHERE id = $1", [run.id, wanted.text]);
    const keys = new Set(exercises.map(({ id }) => id));
    const total = { answers: 0, graded: 0 };
    await tx.query("UPDATE flowlab.submission SET place = NULL WHERE run_id = $1", [run.id]);
    for (let from = 0; from < submissions.length; from += AT_ONCE) {
      const some = submissions.slice(from, from + AT_ONCE);
      const indices = await placeSubmissions(tx, run.id, some, from);
      const answers = some.flatMap(({ name, sources }, i) =>
        sources
          .filter(({ exerciseId }) => keys.has(exerciseId))
          .map((source) => ({ name, source, index: indices[i] as number, place: from + i })),
      );
      const { graded, jobs } = await askFor(tx, run, answers, alive, wanted);
      await queue.queueInside(tx).add(run.id, jobs);
      total.answers += answers.length;
      total.graded += graded;
    }
    await withdraw(tx, run.id);
    return total;
  });
  return { run, ...counted };
}

/** @returns Their indices, which stay theirs for as long as there is the run. */
async function placeSubmissions(
  { query }: Transaction,
  run: number,
  submissions: readonly Submission[],
  from: number,
): Promise<number[]> {
  const rows = submissions.map((submission, i) => ({
    key: createHash("sha256").update(submission.name).digest("base64url"),
    place: from + i,
    handed_in: handedInBy(submission),
  }));
  const placed = await query<{ key: string; index: number }>(
    `INSERT INTO flowlab.submission (run_id, index, key, place, handed_in)
     SELECT $1, (SELECT coalesce(max(index), -1) FROM flowlab.submission WHERE run_id = $1) + row_number() OVER (ORDER BY place),
            key, place, handed_in
     FROM json_to_recordset($2::json) AS named (key text, place integer, handed_in json)
     ON CONFLICT (run_id, key) DO UPDATE SET place = EXCLUDED.place, handed_in = EXCLUDED.handed_in
     RETURNING key, index`,
    [run, toJson(rows)],
  );
  const by = new Map(placed.map(({ key, index }) => [key, index]));
  return rows.map(({ key }) => by.get(key) as number);
}

interface Answer {
  readonly name: string;
  readonly source: Source;
  readonly index: number;
  readonly place: number;
}

interface Standing extends Row {
  readonly index: number;
  readonly exercise: string;
  /** What the gradebook has is this very answer. */
  readonly same: boolean;
  /** The job by which it was asked for, if it has no result yet. */
  readonly job: string | null;
  /** Of the last result for this very answer. */
  readonly checks: string | null;
  readonly fault: boolean | null;
}

async function askFor(
  tx: Transaction,
  { id: run, checks }: Pick<Run, "id" | "checks">,
  answers: readonly Answer[],
  alive: ReadonlySet<string>,
  regrade: Regrade | undefined,
): Promise<{ readonly graded: number; readonly jobs: readonly NewJob[] }> {
  const rows = answers.map(({ index, source }) => ({
    index,
    exercise: source.exerciseId,
    digest: digestOf(source),
  }));
  const standings = await standingsOf(tx, run, rows);
  const jobs: NewJob[] = [];
  const changed: object[] = [];
  let graded = 0;
  for (const [i, { name, source, index, place }] of answers.entries()) {
    const exercise = source.exerciseId;
    const found = standings.get(keyOf(index, exercise));
    const waits = found?.same === true && found.job !== null && alive.has(found.job);
    const verdict = found?.fault === false;
    const stale = verdict && found.checks !== checks[exercise];
    const again = verdict && regrade?.has({ submission: name, exercise, stale }) === true;
    const asks = !waits && (!verdict || again);
    if (verdict && !asks && !waits) graded += 1;
    const job = asks ? randomUUID() : null;
    if (job) jobs.push({ id: job, data: { run, index, exercise }, priority: -place });
    if (asks || !found?.same) changed.push({ ...rows[i], source: plainSource(source), job });
  }
  await tx.query(
    `INSERT INTO flowlab.answer (run_id, index, exercise, digest, source, job_id)
     SELECT $1, index, exercise, digest, source, job
     FROM json_to_recordset($2::json) AS asked (index integer, exercise text, digest text, source json, job uuid)
     ON CONFLICT (run_id, index, exercise) DO UPDATE
       SET digest = EXCLUDED.digest, source = EXCLUDED.source, job_id = EXCLUDED.job_id`,
    [run, toJson(changed)],
  );
  return { graded, jobs };
}

async function standingsOf(
  { query }: Transaction,
  run: number,
  rows: readonly { readonly index: number; readonly exercise: string; readonly digest: string }[],
): Promise<ReadonlyMap<string, Standing>> {
  const found = await query<Standing>(
    `SELECT asked.index, asked.exercise, coalesce(answer.digest = asked.digest, false) AS same,
            CASE WHEN NOT EXISTS (SELECT FROM flowlab.result WHERE result.job_id = answer.job_id)
                 THEN answer.job_id::text END AS job,
            last.checks, last.fault
     FROM json_to_recordset($2::json) AS asked (index integer, exercise text, digest text)
     LEFT JOIN flowlab.answer ON answer.run_id = $1 AND answer.index = asked.index AND answer.exercise = asked.exercise
     LEFT JOIN LATERAL (
       SELECT checks, fault FROM flowlab.result
       WHERE result.run_id = $1 AND result.index = asked.index AND result.exercise = asked.exercise
         AND result.digest = asked.digest
       ORDER BY fault, id DESC LIMIT 1
     ) AS last ON true`,
    [run, toJson(rows)],
  );
  return new Map(found.map((one) => [keyOf(one.index, one.exercise), one]));
}

const keyOf = (index: number, exercise: string): string => `${index} ${exercise}`;

/** Answers that are no longer handed in: their jobs find nothing to do, their results stay. */
async function withdraw({ query }: Transaction, run: number): Promise<void> {
  await query(
    `DELETE FROM flowlab.answer USING flowlab.submission
     WHERE answer.run_id = $1 AND submission.run_id = $1 AND submission.index = answer.index
       AND (submission.place IS NULL OR NOT EXISTS (
         SELECT FROM json_array_elements(submission.handed_in -> 'sources') AS source
         WHERE source ->> 'exerciseId' = answer.exercise
       ))`,
    [run],
  );
}
