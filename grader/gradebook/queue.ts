/** The queues of answers to grade, one for each run: pg-boss, in the gradebook's own database. */

import { setTimeout as sleep } from "node:timers/promises";
import { type Job, PgBoss } from "pg-boss";
import { type Database, NoDatabase } from "./database/database.ts";
import type { Row, Statements, Transaction } from "./database/transaction.ts";

const SCHEMA = "flowlab_queue";
/** Of the tables that the pinned pg-boss makes. Itself, it starts on those of a newer one without complaint. */
const SCHEMA_VERSION = 46;

/** A worker that gives no sign for so long is taken for dead, and its answer goes to another one. */
const HEARTBEAT_SECONDS = 10;
/** No answer takes longer, whatever its exercise trains. */
const EXPIRE_SECONDS = 3600;
/** Who takes an answer decides when to give it up, with a result; a job that pg-boss gave up would have none. */
const RETRIES = 1_000_000;
/** pg-boss drops what nobody has taken for two weeks; here it waits until its command is given again. */
const WAITS_SECONDS = 10 * 366 * 24 * 3600;

/** Which answer is to be graded. */
export interface Task extends Row {
  readonly run: number;
  readonly index: number;
  readonly exercise: string;
}

export interface NewJob {
  readonly id: string;
  readonly data: Task;
  /** The larger, the earlier. */
  readonly priority?: number;
}

/** One attempt to grade one answer: when it has gone elsewhere, its `retryCount` is no longer the job's. */
export type Attempt = Pick<Job<Task>, "id" | "retryCount" | "data">;

/** The attempt is no longer this worker's: it took too long, was done elsewhere, or was withdrawn. */
export class StaleAttempt extends Error {
  override readonly name = "StaleAttempt";
}

export interface Queue {
  /** How often a sign of life is due, at most. */
  readonly heartbeatSeconds: number;
  /** Makes a run's queue, if it is not there. Before anything else is asked about the run, and outside of a transaction. */
  prepare(run: number): Promise<void>;
  /** Takes up to so many answers of a run, the first first; none if there is nothing to do now. */
  fetch(run: number, count: number): Promise<readonly Attempt[]>;
  /** Says that this attempt is being worked on. @throws StaleAttempt */
  touch(attempt: Attempt): Promise<void>;
  /** Ends an attempt without a result, so that the answer is tried again; one that is stale is left alone. */
  giveBack(attempt: Attempt, why: string): Promise<void>;
  /** Gives back attempts that were not begun, as if they had not been taken: they do not count as tries. Stale ones are left alone. */
  putBack(attempts: readonly Attempt[]): Promise<void>;
  /** Gives back all that is taken of a run. Only where whoever took it is known to have ended: the holder of an embedded database. */
  giveBackAll(run: number, why: string): Promise<void>;
  /** Jobs of a run that wait or are being worked on. */
  alive(run: number, statements: Statements): Promise<ReadonlySet<string>>;
  /** The queue's calls as part of a transaction. */
  queueInside(transaction: Transaction): QueueInside;
  /** Gives back to others what workers that died had taken; pg-boss does so by itself as well, once in a while. */
  supervise(run: number): Promise<void>;
  stop(): Promise<void>;
}

export interface QueueInside {
  add(run: number, jobs: readonly NewJob[]): Promise<void>;
  /** @throws StaleAttempt, by which the transaction keeps nothing */
  complete(attempt: Attempt): Promise<void>;
}

export interface QueueOptions {
  /** Told what goes wrong beside any call, such as a server that is away for a while. */
  readonly onError: (error: Error) => void;
  readonly heartbeatSeconds?: number;
  /** How often dead workers are looked for. */
  readonly superviseSeconds?: number;
}

const nameOf = (run: number): string => `run-${run}`;

/** @throws NoDatabase if the queue's tables were made by another pg-boss than this kit can migrate. */
export async function startQueue(database: Database, options: QueueOptions): Promise<Queue> {
  const { onError, heartbeatSeconds = HEARTBEAT_SECONDS, superviseSeconds = heartbeatSeconds } = options;
  await requireVersion(database);
  const boss = await startBoss(() => {
    const created = new PgBoss({
      ...database.forQueue,
      schema: SCHEMA,
      schedule: false,
      superviseIntervalSeconds: superviseSeconds,
      monitorIntervalSeconds: superviseSeconds,
    });
    created.on("error", onError);
    return created;
  });
  const settings = {
    expireInSeconds: EXPIRE_SECONDS,
    retryLimit: RETRIES,
    retryDelay: 0,
    retentionSeconds: WAITS_SECONDS,
    heartbeatSeconds,
  };
  const prepared = new Set<number>();
  return {
    heartbeatSeconds,
    async prepare(run) {
      if (prepared.has(run)) return;
      const name = nameOf(run);
      await boss.createQueue(name, settings);
      // It looks a queue's settings up once, on a connection of its own, which within a transaction would wait for ever.
      await boss.findJobs(name, { id: crypto.randomUUID() });
      prepared.add(run);
    },
    fetch: (run, count) => boss.fetch<Task>(nameOf(run), { batchSize: count }),
    async touch({ id, retryCount, data: { run } }) {
      requireOne(await boss.touch(nameOf(run), { id, retryCount }), id);
    },
    async giveBack({ id, retryCount, data: { run } }, why) {
      await boss.fail(nameOf(run), { id, retryCount }, { why });
    },
    async putBack(attempts) {
      // pg-boss counts a try where a job has been started before.
      for (const { id, retryCount, data } of attempts)
        await database.query(
          `UPDATE ${SCHEMA}.job SET state = 'created', started_on = NULL, heartbeat_on = NULL
           WHERE name = $1 AND id = $2 AND state = 'active' AND retry_count = $3`,
          [nameOf(data.run), id, retryCount],
        );
    },
    async giveBackAll(run, why) {
      const ids = await jobsIn(database, run, "'active'");
      if (ids.length > 0) await boss.fail(nameOf(run), ids, { why });
    },
    alive: async (run, statements) => new Set(await jobsIn(statements, run, "'created', 'retry', 'active'")),
    queueInside: ({ db }) => ({
      async add(run, jobs) {
        if (jobs.length > 0) await boss.insert(nameOf(run), [...jobs], { db });
      },
      async complete({ id, retryCount, data: { run } }) {
        requireOne(await boss.complete(nameOf(run), { id, retryCount }, null, { db }), id);
      },
    }),
    supervise: (run) => boss.supervise(nameOf(run)),
    stop: () => boss.stop({ graceful: false }),
  };
}

/** PostgreSQL's codes for a key, a schema, a table or another object that is there already. */
const THERE_ALREADY = ["23505", "42P06", "42P07", "42710"];
const STARTS = 10;

/** Of several that start pg-boss on an empty database at once, one makes its tables, and in the others that fails: they start again. */
async function startBoss(create: () => PgBoss): Promise<PgBoss> {
  for (let tries = 1; ; tries++) {
    const boss = create();
    try {
      await boss.start();
      return boss;
    } catch (error) {
      const { code = "" } = error as { readonly code?: string };
      if (!THERE_ALREADY.includes(code) || tries === STARTS) throw error;
      await boss.stop({ graceful: false }).catch(() => {});
      await sleep(100 * tries);
    }
  }
}

async function jobsIn({ query }: Statements, run: number, states: string): Promise<string[]> {
  const sql = `SELECT id::text AS id FROM ${SCHEMA}.job WHERE name = $1 AND state IN (${states})`;
  return (await query<{ id: string }>(sql, [nameOf(run)])).map(({ id }) => id);
}

/** pg-boss answers alike whether there was such an attempt or not, but for this count, which its types leave out. */
function requireOne(response: object, id: string): void {
  const affected = "affected" in response ? response.affected : undefined;
  if (affected !== 1)
    throw new StaleAttempt(`the answer's job ${id} is no longer this worker's; what it found is not kept`);
}

async function requireVersion(database: Database): Promise<void> {
  const [there] = await database.query<{ name: string | null }>("SELECT to_regclass($1)::text AS name", [
    `${SCHEMA}.version`,
  ]);
  if (!there?.name) return;
  const [row] = await database.query<{ version: number }>(`SELECT version FROM ${SCHEMA}.version`);
  if (row && row.version > SCHEMA_VERSION)
    throw new NoDatabase(
      `the queue in ${database.name} has version ${row.version}, and this kit's has ${SCHEMA_VERSION}: ` +
        "a newer kit made it; update this one",
    );
}
