/** The queue of answers to grade: pg-boss, in the gradebook's own database. */

import { type Job, PgBoss } from "pg-boss";
import type { Database } from "./database.ts";
import type { Row, Transaction } from "./transaction.ts";

const SCHEMA = "flowlab_queue";
/** Of the tables that the pinned pg-boss makes. Itself, it starts on those of a newer one without complaint. */
const SCHEMA_VERSION = 46;

const QUEUE = "answers";
/** A worker that gives no sign for so long is taken for dead, and its answer goes to another one. */
const HEARTBEAT_SECONDS = 10;
/** No answer takes longer, whatever its exercise trains. */
const EXPIRE_SECONDS = 3600;
/** Each worker that dies over an answer costs it one attempt. */
const RETRIES = 5;

/** Which answer is to be graded. */
export interface Task extends Row {
  readonly run: number;
  readonly index: number;
  readonly exercise: string;
}

/** One attempt to grade one answer: when it has gone elsewhere, its `retryCount` is no longer the job's. */
export type Attempt = Pick<Job<Task>, "id" | "retryCount" | "data">;

/** The attempt is no longer this worker's: it took too long, was done elsewhere, or was withdrawn. */
export class StaleAttempt extends Error {
  override readonly name = "StaleAttempt";
}

export interface Queue {
  /** Takes up to so many answers, the oldest first; none if there is nothing to do now. */
  fetch(count: number): Promise<readonly Attempt[]>;
  /** Says that this attempt is being worked on. @throws StaleAttempt */
  touch(attempt: Attempt): Promise<void>;
  /** The queue's calls as part of a transaction. */
  queueInside(transaction: Transaction): QueueInside;
  /** Gives back to others what workers that died had taken; pg-boss does so by itself as well, once in a while. */
  supervise(): Promise<void>;
  stop(): Promise<void>;
}

export interface QueueInside {
  add(tasks: readonly { readonly id: string; readonly data: Task }[]): Promise<void>;
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

/** @throws Error if the queue's tables were made by another pg-boss than this kit can migrate. */
export async function startQueue(database: Database, options: QueueOptions): Promise<Queue> {
  const { onError, heartbeatSeconds = HEARTBEAT_SECONDS, superviseSeconds = HEARTBEAT_SECONDS } = options;
  await requireVersion(database);
  const boss = new PgBoss({
    ...database.forQueue,
    schema: SCHEMA,
    schedule: false,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
  });
  boss.on("error", onError);
  await boss.start();
  const settings = { expireInSeconds: EXPIRE_SECONDS, retryLimit: RETRIES, retryDelay: 0, heartbeatSeconds };
  await boss.createQueue(QUEUE, settings);
  // It looks a queue's settings up once, on a connection of its own, which within a transaction would wait for ever.
  await boss.findJobs(QUEUE, { id: crypto.randomUUID() });
  return {
    fetch: (count) => boss.fetch<Task>(QUEUE, { batchSize: count }),
    async touch({ id, retryCount }) {
      requireOne(await boss.touch(QUEUE, { id, retryCount }), id);
    },
    queueInside: ({ db }) => ({
      async add(tasks) {
        if (tasks.length > 0) await boss.insert(QUEUE, [...tasks], { db });
      },
      async complete({ id, retryCount }) {
        requireOne(await boss.complete(QUEUE, { id, retryCount }, null, { db }), id);
      },
    }),
    supervise: () => boss.supervise(QUEUE),
    stop: () => boss.stop({ graceful: false }),
  };
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
    throw new Error(
      `the queue in ${database.name} has version ${row.version}, and this kit's has ${SCHEMA_VERSION}: ` +
        "a newer kit made it; update this one",
    );
}
