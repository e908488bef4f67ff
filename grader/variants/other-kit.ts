/** What a result says of the learner's own numbers, and of whose kit the answer really belongs to. */

import type { AnyExercise, Check } from "../exercise.ts";
import type { ExerciseResult, OtherKit } from "../grading/result.ts";
import type { Call } from "../grading/transcript.ts";
import type { Random } from "../random.ts";
import type { GivenNumbers } from "../submissions/submission.ts";
import { type LearnersNumbers, whoseNumbers } from "./whose.ts";

/** More names say no more. */
const MOST_NAMES = 5;

/** @param exercise With the learner's own numbers. */
export async function withOtherKit(
  exercise: AnyExercise,
  result: ExerciseResult,
  { values, kitOf }: GivenNumbers,
  calls: readonly Call[],
  others: readonly LearnersNumbers[],
  random: (check: Check) => Random,
): Promise<ExerciseResult> {
  const failed = result.checks.flatMap(({ name, status }) => (status === "failed" ? [name] : []));
  const found = failed.length > 0 ? await whoseNumbers(exercise, failed, calls, others, random) : [];
  const otherKit: OtherKit = {
    ...(kitOf !== undefined && { writtenIn: kitOf }),
    ...(found.length > 0 && { rightFor: found.slice(0, MOST_NAMES) }),
  };
  return { ...result, numbers: values, ...(Object.keys(otherKit).length > 0 && { otherKit }) };
}
