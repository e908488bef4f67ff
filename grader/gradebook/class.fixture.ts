/** For tests: a class that was handed in, and a run of it in a gradebook, graded without a sandbox. */

import type { ExerciseResult } from "../grading/result.ts";
import type { Submission } from "../submissions/submission.ts";
import type { Grading } from "./attempt.ts";
import type { Database } from "./database/database.ts";
import { type Enqueued, enqueue, type Regrade } from "./enqueue.ts";
import type { Attempt, Queue } from "./queue.ts";
import { openAnswers } from "./results.ts";
import { type WorkOptions, work } from "./work.ts";

export const EXERCISES = ["16.1", "16.2"] as const;

/** @param code Of an answer: of the same code it is the same answer. */
export const handedIn = (name: string, code = `// of ${name}`): Submission => ({
  name,
  sources: EXERCISES.map((exerciseId) => ({ exerciseId, code: `${code}, ${exerciseId}`, origin: name })),
  notes: [],
  files: [],
});

export const classOf = (people: number): Submission[] =>
  Array.from({ length: people }, (_, i) => handedIn(`class/learner-${i}`));

/** Which its code decides, as a real one would be. */
export const resultOf = (exercise: string, code: string): ExerciseResult => ({
  exercise,
  title: `of ${code}\0\ud800`,
  status: "partial",
  points: code.length % 3,
  maxPoints: 3,
  seed: "seed",
  checks: [],
});

export interface RunOptions {
  readonly key: string;
  readonly submissions: readonly Submission[];
  /** Of both exercises' checks. */
  readonly checks?: string;
  readonly regrade?: Regrade;
}

export const begin = (
  database: Database,
  queue: Queue,
  { key, submissions, checks = "first", regrade }: RunOptions,
): Promise<Enqueued> =>
  enqueue(
    database,
    queue,
    key,
    {
      seed: "seed",
      sandbox: "none",
      startedAt: "2026-01-02T03:04:05.000Z",
      paths: ["/class"],
      layouts: [],
      exercises: EXERCISES.map((id) => ({ id, maxPoints: 3 })),
      course: "course",
      checks: Object.fromEntries(EXERCISES.map((id) => [id, checks])),
    },
    submissions,
    regrade,
  );

export const gradingBy =
  (gradeOne: Grading["gradeOne"], checks = "first") =>
  ({ data }: Attempt): Grading => ({
    exercise: { id: data.exercise } as Grading["exercise"],
    gradeOne,
    by: { checks, sandbox: "none" },
  });

export const quickly: Grading["gradeOne"] = async ({ id }, { code }) => resultOf(id, code);

/** Works off one run. */
export const workOff = (
  database: Database,
  queue: Queue,
  run: number,
  options: Partial<WorkOptions> = {},
): Promise<void> => {
  const { signal } = new AbortController();
  return work(database, queue, {
    jobs: 3,
    runs: async () => [run],
    grading: gradingBy(quickly),
    isDone: async () => (await openAnswers(database, run)) === 0,
    finish: signal,
    abort: signal,
    ...options,
  });
};
