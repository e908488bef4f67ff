/** In a kit that is one learner's: the exercises with her numbers. */

import type { AnyExercise } from "../exercise.ts";
import { kitManifest } from "../kit/manifest.ts";
import { withNumbers } from "./varied.ts";

/** In the course itself, and in a kit that is the same for everybody, they stay as they are. */
export function withKitNumbers(exercises: readonly AnyExercise[]): readonly AnyExercise[] {
  const own = kitManifest()?.exercises;
  if (own === undefined) return exercises;
  return exercises.map((exercise) => {
    const kept = own[exercise.id]?.variant;
    return kept && exercise.variants ? withNumbers(exercise, kept.numbers) : exercise;
  });
}
