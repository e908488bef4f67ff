/** One attempt to grade one answer. */

import type { GradeOne } from "../batch/run.ts";
import type { AnyExercise } from "../exercise.ts";
import type { Outcome } from "../record/lines.ts";
import type { Database } from "./database/database.ts";
import { type Attempt, type Queue, StaleAttempt } from "./queue.ts";
import { dropAttempt, type GradedBy, recordOutcome, sourceOf } from "./results.ts";

/** After so many, an answer counts as one that cannot be graded: a fault, never zero points. */
export const ATTEMPTS = 5;

export interface Grading {
  readonly exercise: AnyExercise;
  readonly gradeOne: GradeOne;
  readonly by: GradedBy;
}

export interface AttemptOptions {
  /** Ends what runs, and gives the answer back. */
  readonly signal: AbortSignal;
  /** Asks the database, again if it is away: see `patiently`. */
  readonly endure: <T>(ask: () => Promise<T>) => Promise<T>;
  /** Whose answer it is: see {@link GradeOne}. */
  readonly whose: object;
}

/** `kept`: its result is in the gradebook. `elsewhere`: somebody else has it, or nobody asks for it any more. `again`: it waits anew. */
export type Ended = "kept" | "fault" | "elsewhere" | "again";

/** @throws whatever stands in the way of asking the database; the answer then goes to somebody else once its worker gives no sign. */
export async function gradeAttempt(
  database: Database,
  queue: Queue,
  attempt: Attempt,
  grading: Grading,
  options: AttemptOptions,
): Promise<Ended> {
  const { endure, signal, whose } = options;
  const { exercise, by, gradeOne } = grading;
  const keep = async (outcome: Outcome): Promise<Ended> => {
    await endure(() => recordOutcome(database, queue, attempt, outcome, by));
    return "fault" in outcome ? "fault" : "kept";
  };
  try {
    const source = await endure(() => sourceOf(database, attempt));
    if (!source) {
      await endure(() => dropAttempt(database, queue, attempt));
      return "elsewhere";
    }
    if (attempt.retryCount >= ATTEMPTS)
      return await keep({
        fault: `${exercise.id} could not be graded: ${ATTEMPTS} attempts ended before its verdict, by the end of who graded it or by a fault`,
      });
    const life = signsOfLife(queue, attempt);
    const lost = AbortSignal.any([signal, life.lost]);
    const started = performance.now();
    let failure: string | undefined;
    try {
      const result = await gradeOne(exercise, source, lost, whose);
      if (!lost.aborted) return await keep({ milliseconds: performance.now() - started, result });
    } catch (error) {
      if (!lost.aborted) failure = describe(error);
    } finally {
      life.end();
    }
    if (life.lost.aborted) return "elsewhere";
    if (failure !== undefined && attempt.retryCount + 1 >= ATTEMPTS)
      return await keep({
        fault: `${exercise.id} could not be graded, by a fault of the grader: ${failure}`,
      });
    await endure(() => queue.giveBack(attempt, failure ?? "interrupted"));
    return "again";
  } catch (error) {
    if (error instanceof StaleAttempt) return "elsewhere";
    throw error;
  }
}

/** Says at intervals that the answer is worked on, until it is somebody else's. That the server is away for once, says nothing. */
function signsOfLife(queue: Queue, attempt: Attempt) {
  const gone = new AbortController();
  const timer = setInterval(
    () => {
      queue.touch(attempt).catch((error) => {
        if (error instanceof StaleAttempt) gone.abort();
      });
    },
    (queue.heartbeatSeconds * 1000) / 4,
  );
  return { lost: gone.signal, end: () => clearInterval(timer) };
}

const describe = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
