/** One exercise's checks on functions of this very process, within a notebook's limits, with a line that says what is done. */

import { notebookHost } from "flowlab/notebook";
import type { AnyExercise } from "../exercise.ts";
import { type GradeOptions, gradeExercise } from "../grading/grade-exercise.ts";
import type { ExerciseResult } from "../grading/result.ts";
import { withoutStandIns } from "../own-code/stand-in.ts";
import type { Rerun } from "../repair/search.ts";
import { type AtWork, atWork } from "./at-work.ts";
import { inProcessSession } from "./in-process.ts";
import { limitInNotebook } from "./notebook-limits.ts";

export interface Run extends Pick<GradeOptions, "seed" | "words"> {
  /** Where a wrong answer's place can be looked for. */
  readonly rerun?: (work: AtWork) => Rerun | undefined;
}

export async function runInNotebook(
  exercise: AnyExercise,
  implementation: Readonly<Record<string, unknown>>,
  { seed, words = "all", rerun }: Run,
): Promise<ExerciseResult> {
  const { id, checks, signatures } = exercise;
  const step = (i: number) => `Checking ${id}: ${i + 1} of ${checks.length}`;
  const work = atWork(step(0));
  const limits = limitInNotebook(id, notebookHost());
  let done = 0;
  try {
    return await withoutStandIns(() =>
      gradeExercise(
        exercise,
        async () => work.watch(await inProcessSession({ ...implementation }, signatures, limits)),
        {
          seed,
          words,
          rerun: rerun?.(work),
          onCheck: () => work.now(step(Math.min(++done, checks.length - 1))),
        },
      ),
    );
  } finally {
    work.done();
    limits?.done();
  }
}
