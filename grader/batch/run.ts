/**
 * Grades many submissions at a time. What goes wrong in one costs only that one.
 */

import pLimit from "p-limit";
import { type AnyExercise, maxPoints } from "../exercise.ts";
import type { BatchResult, ExerciseResult, SubmissionResult } from "../result.ts";
import type { Source, Submission } from "../submissions/submission.ts";

/** Grades one answer; ends soon after `signal` does. @throws whatever a defect of the grader throws */
export type GradeOne = (
  exercise: AnyExercise,
  source: Source,
  signal: AbortSignal,
) => Promise<ExerciseResult>;

export interface BatchOptions {
  readonly course: readonly AnyExercise[];
  readonly gradeOne: GradeOne;
  /** Answers graded at the same time. */
  readonly jobs: number;
  readonly seed: string;
  readonly sandbox: string;
  /** Ends the run; what is not graded by then is reported so. */
  readonly signal?: AbortSignal;
  /** Called once for each submission, in the order in which they are finished. */
  readonly onSubmission?: (result: SubmissionResult) => void;
}

/** Exercises that the run is about: those that anybody handed in, in the course's order. */
export function exercisesAsked(
  submissions: readonly Submission[],
  course: readonly AnyExercise[],
): AnyExercise[] {
  const handedIn = new Set(submissions.flatMap(({ sources }) => sources.map(({ exerciseId }) => exerciseId)));
  return course.filter(({ id }) => handedIn.has(id));
}

/**
 * Every submission is measured by the same exercises: one that somebody else handed in counts zero where it is missing.
 *
 * @returns Results in the order of `submissions`, whatever order they were finished in.
 */
export async function runBatch(
  submissions: readonly Submission[],
  options: BatchOptions,
): Promise<BatchResult> {
  const { jobs, seed, sandbox, signal = new AbortController().signal } = options;
  const started = performance.now();
  const startedAt = new Date().toISOString();
  const asked = exercisesAsked(submissions, options.course);
  const limit = pLimit(jobs);
  const one = async (submission: Submission): Promise<SubmissionResult> => {
    const result = await gradeSubmission(submission, asked, limit, signal, options.gradeOne);
    if (!signal.aborted) options.onSubmission?.(result);
    return result;
  };
  const results = await Promise.all(submissions.map(one));
  const milliseconds = performance.now() - started;
  return {
    version: 1,
    seed,
    sandbox,
    startedAt,
    milliseconds,
    ...(signal.aborted && { interrupted: true as const }),
    submissions: results,
  };
}

type Outcome =
  | { readonly result: ExerciseResult; readonly milliseconds: number }
  | { readonly problem: string };

async function gradeSubmission(
  { name, sources, notes, problem }: Submission,
  asked: readonly AnyExercise[],
  limit: ReturnType<typeof pLimit>,
  signal: AbortSignal,
  gradeOne: GradeOne,
): Promise<SubmissionResult> {
  const outcomes = await Promise.all(
    asked.flatMap((exercise) => {
      const source = sources.find(({ exerciseId }) => exerciseId === exercise.id);
      return source ? [limit(() => graded(exercise, source, signal, gradeOne))] : [];
    }),
  );
  const done = outcomes.filter((outcome) => "result" in outcome);
  const exercises = done.map(({ result }) => result);
  const problems = [
    ...new Set([
      ...(problem ? [problem] : []),
      ...outcomes.flatMap((o) => ("problem" in o ? [o.problem] : [])),
    ]),
  ];
  return {
    submission: name,
    points: exercises.reduce((sum, { points }) => sum + points, 0),
    maxPoints: asked.reduce((sum, exercise) => sum + maxPoints(exercise), 0),
    exercises,
    ...(sources.length > 0 && { sources }),
    ...(notes.length > 0 && { notes }),
    ...(problems.length > 0 && { problem: problems.join("; ") }),
    milliseconds: done.reduce((sum, outcome) => sum + outcome.milliseconds, 0),
  };
}

const INTERRUPTED = "not graded: the run was interrupted";

async function graded(
  exercise: AnyExercise,
  source: Source,
  signal: AbortSignal,
  gradeOne: GradeOne,
): Promise<Outcome> {
  if (signal.aborted) return { problem: INTERRUPTED };
  const started = performance.now();
  try {
    const result = await gradeOne(exercise, source, signal);
    // A session that was ended under the checks is no verdict on the code.
    return signal.aborted ? { problem: INTERRUPTED } : { result, milliseconds: performance.now() - started };
  } catch (error) {
    if (signal.aborted) return { problem: INTERRUPTED };
    return { problem: `${exercise.id} could not be graded, by a fault of the grader: ${described(error)}` };
  }
}

const described = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
