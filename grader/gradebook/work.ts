/** Works off what waits in the gradebook, several answers at a time. */

import { setTimeout as sleep } from "node:timers/promises";
import type { GradeOne } from "../batch/run.ts";
import { type Ended, type Grading, gradeAttempt } from "./attempt.ts";
import { type Database, DatabaseFull, isDiskFull } from "./database/database.ts";
import { patiently } from "./database/outage.ts";
import { openHand } from "./hand.ts";
import type { Attempt, Queue } from "./queue.ts";

export interface WorkOptions {
  /** Answers graded at the same time. */
  readonly jobs: number;
  /** How many of a run's answers are taken at once, to be graded one after another: those of one person share a room. One if left out. */
  readonly together?: (run: number) => number;
  /** Runs whose answers are taken, in this order; asked each time, so keep it cheap. */
  readonly runs: () => Promise<readonly number[]>;
  /** How an answer of one of these runs is graded. */
  readonly grading: (attempt: Attempt) => Grading | Promise<Grading>;
  /** Whether nothing will ever come any more. Asked when there is nothing to take. */
  readonly isDone: () => Promise<boolean>;
  /** Takes no further answer. What is being graded is finished. */
  readonly finish: AbortSignal;
  /** Ends what is being graded, too, and gives it back. */
  readonly abort: AbortSignal;
  readonly onEnded?: (ended: Ended) => void;
  /** For how long a server may be away. */
  readonly patienceSeconds?: number;
  readonly onAway?: (error: Error) => void;
  readonly onBack?: () => void;
}

/** A server that starts anew after a crash or an update is waited for. */
export const PATIENCE_SECONDS = 120;
const LOOK_AGAIN_MS = 250;

/**
 * @throws DatabaseFull if there is no room for more; with an embedded database nothing may be asked of it then, not even to close it.
 * @throws whatever else stands in the way of asking the database. What was being graded goes to somebody else.
 */
export async function work(database: Database, queue: Queue, options: WorkOptions): Promise<void> {
  const { jobs, grading, onEnded, together = () => 1, patienceSeconds = PATIENCE_SECONDS } = options;
  const failed = new AbortController();
  const abort = AbortSignal.any([options.abort, failed.signal]);
  const finish = AbortSignal.any([options.finish, abort]);
  let away = false;
  const endure = <T>(ask: () => Promise<T>): Promise<T> =>
    patiently(ask, {
      milliseconds: patienceSeconds * 1000,
      signal: failed.signal,
      onAway(error) {
        // Of several that ask at the same time, one tells.
        if (!away) options.onAway?.(error);
        away = true;
      },
      onBack() {
        if (away) options.onBack?.();
        away = false;
      },
    });
  const take = async (): Promise<readonly Attempt[]> => {
    for (const run of await endure(options.runs)) {
      database.requireRoom();
      await endure(() => queue.prepare(run));
      const attempts = await endure(() => queue.fetch(run, Math.max(1, Math.floor(together(run)))));
      if (attempts.length > 0) return attempts;
    }
    return [];
  };
  const one = async (): Promise<void> => {
    const hand = openHand(queue);
    let gradeOne: GradeOne | undefined;
    const leave = async (): Promise<void> => {
      const person = hand.left();
      if (person) await gradeOne?.finished?.(person);
    };
    try {
      while (!finish.aborted) {
        const attempt = hand.next();
        if (attempt) {
          const how = await grading(attempt);
          gradeOne = how.gradeOne;
          const whose = hand.personOf(attempt);
          try {
            const ended = await gradeAttempt(database, queue, attempt, how, { signal: abort, endure, whose });
            onEnded?.(ended);
          } finally {
            await leave();
          }
          continue;
        }
        const attempts = await take();
        if (attempts.length > 0) hand.hold(attempts);
        else if (await endure(options.isDone)) return;
        else await sleep(LOOK_AGAIN_MS, undefined, { signal: finish }).catch(() => {});
      }
    } finally {
      // Of a server that is away nobody can ask it: a worker that gives no sign is taken for dead.
      const untouched = hand.drop();
      if (!database.isHalted()) await queue.putBack(untouched).catch(() => {});
      await leave();
    }
  };
  let failure: { readonly error: unknown } | undefined;
  const stopAll = (error: unknown): void => {
    failure ??= { error };
    // Where room is short but not out, what is being graded can still be kept.
    if (!(error instanceof DatabaseFull) || database.isHalted()) failed.abort();
  };
  await Promise.all(Array.from({ length: jobs }, () => one().catch(stopAll)));
  if (!failure) return;
  if (!isDiskFull(failure.error)) throw failure.error;
  throw new DatabaseFull(
    `the disk of the gradebook ${database.name} is full; all that was acknowledged is kept. ` +
      "Make room and run the same command again",
  );
}
