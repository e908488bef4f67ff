/**
 * Grades many submissions at a time. What goes wrong in one costs only that one, and what is graded is on the disk before the next answer
 * begins.
 */

import pLimit from "p-limit";
import { type AnyExercise, maxPoints } from "../exercise.ts";
import type { ExerciseResult } from "../grading/result.ts";
import { assembleRecord } from "../record/assemble.ts";
import type { Answer } from "../record/lines.ts";
import { type SubmissionSummary, summary } from "../record/summary.ts";
import { RecordError, type RunRecord } from "../record/write.ts";
import type { Source, Submission } from "../submissions/submission.ts";
import { prepareJudge } from "./prepare.ts";

export interface GradeOne {
  /**
   * Grades one answer; ends soon after `signal` does.
   *
   * @param whose Answers of one person, that of one object here, may be run in one process after another: then say when all are graded.
   * @throws whatever a defect of the grader throws
   */
  (exercise: AnyExercise, source: Source, signal: AbortSignal, whose?: object): Promise<ExerciseResult>;
  /** No more of this person's answers come. */
  finished?(whose: object): Promise<void>;
}

export interface BatchOptions {
  /** By which everybody is measured: see {@link collectExercises}. */
  readonly exercises: readonly AnyExercise[];
  readonly gradeOne: GradeOne;
  /** Answers graded at the same time. */
  readonly jobs: number;
  readonly record: Pick<RunRecord, "answer" | "end">;
  /** What an earlier run found for this very answer. */
  readonly earlier?: (submission: Submission, source: Source) => Promise<Found | undefined>;
  /** For how long that run graded. */
  readonly spent?: number;
  /** Ends the run; what is not graded by then is reported so. */
  readonly signal?: AbortSignal;
  /** Called once for each submission, in the order in which they are finished. */
  readonly onSubmission?: (result: SubmissionSummary) => void;
}

export interface Found {
  readonly result: ExerciseResult;
  readonly milliseconds: number;
}

/** Exercises that the run is about: those that anybody handed in, or has a chapter's notebook for, in the course's order. */
export function collectExercises(
  submissions: readonly Submission[],
  course: readonly AnyExercise[],
): AnyExercise[] {
  const handedIn = new Set(
    submissions.flatMap(({ sources, asked = [] }) => [
      ...asked,
      ...sources.map(({ exerciseId }) => exerciseId),
    ]),
  );
  return course.filter(({ id }) => handedIn.has(id));
}

/**
 * Every submission is measured by the same exercises: one that somebody else handed in counts zero where it is missing.
 *
 * @throws RecordError if results can no longer be kept: the run ends, and what the record holds is what was graded.
 */
export async function runBatch(submissions: readonly Submission[], options: BatchOptions): Promise<void> {
  const { jobs, record } = options;
  const started = performance.now();
  await prepareJudge(options.exercises);
  const full = new AbortController();
  const signal = AbortSignal.any([full.signal, ...(options.signal ? [options.signal] : [])]);
  let lost: RecordError | undefined;
  const keep = async (answer: Answer): Promise<void> => {
    try {
      await record.answer(answer);
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      lost ??= error;
      full.abort();
    }
  };
  // One person's answers one after another, so that they may share a room; where there are fewer people than jobs, more of them at a time.
  const people = pLimit(jobs);
  const lanes = Math.max(1, Math.floor(jobs / submissions.length));
  const one = async (submission: Submission, index: number): Promise<void> => {
    const limit = pLimit(lanes);
    const answers = await Promise.all(
      options.exercises.flatMap((exercise) => {
        const source = submission.sources.find(({ exerciseId }) => exerciseId === exercise.id);
        if (!source) return [];
        const place = { index, exercise: exercise.id };
        return [
          limit(async () => {
            const outcome = await gradeAnswer(exercise, submission, source, signal, options);
            if (outcome) await keep({ ...place, ...outcome });
            return outcome ? [{ ...place, ...outcome }] : [];
          }),
        ];
      }),
    );
    await options.gradeOne.finished?.(submission);
    if (!signal.aborted) options.onSubmission?.(finish(submission, options.exercises, answers.flat()));
  };
  await Promise.all(submissions.map((submission, index) => people(() => one(submission, index))));
  if (lost) throw lost;
  const interrupted = signal.aborted && { interrupted: true as const };
  const milliseconds = (options.spent ?? 0) + performance.now() - started;
  await record.end({ milliseconds, ...interrupted });
}

function finish(
  { name, sources, problem }: Submission,
  exercises: readonly AnyExercise[],
  answers: readonly Answer[],
): SubmissionSummary {
  const asked = exercises.map((exercise) => ({ id: exercise.id, maxPoints: maxPoints(exercise) }));
  const handedIn = { submission: name, notes: [], files: [], ...(problem !== undefined && { problem }) };
  const known = sources.map((source) => ({ ...source, digest: "" }));
  return summary(assembleRecord(asked, { ...handedIn, sources: known }, answers, "the run was interrupted"));
}

/** @returns undefined if the run was ended meanwhile: a session that was ended under the checks is no verdict on the code. */
async function gradeAnswer(
  exercise: AnyExercise,
  submission: Submission,
  source: Source,
  signal: AbortSignal,
  { gradeOne, earlier }: BatchOptions,
): Promise<Found | { readonly fault: string } | undefined> {
  if (signal.aborted) return undefined;
  const started = performance.now();
  try {
    const known = await earlier?.(submission, source);
    if (known) return known;
    const result = await gradeOne(exercise, source, signal, submission);
    return signal.aborted ? undefined : { result, milliseconds: performance.now() - started };
  } catch (error) {
    if (signal.aborted) return undefined;
    return { fault: `${exercise.id} could not be graded, by a fault of the grader: ${describe(error)}` };
  }
}

const describe = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
