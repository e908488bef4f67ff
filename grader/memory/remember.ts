/** What has been checked, over the end of a kernel. */

import type { AnyExercise } from "../exercise.ts";
import type { ExerciseResult } from "../grading/result.ts";
import { exerciseForm } from "./entry.ts";
import { createMemory } from "./memory.ts";
import { exerciseVersion } from "./version.ts";

const memory = createMemory(exerciseForm, "What you pass", "the next check");

/** What is remembered of all exercises, and what is in the way of it. */
export const { recall } = memory;

/**
 * Remembers the result of a check. An untouched stub tells nothing, and changes nothing.
 *
 * @returns What a learner should know about it, once.
 */
export function remember(
  exercise: AnyExercise,
  { status, points, maxPoints }: ExerciseResult,
): string | undefined {
  if (status === "unsolved") return undefined;
  const at = new Date().toISOString();
  return memory.change(exercise.id, (before) => {
    const passed = before?.passed ?? (status === "passed" ? at : undefined);
    return {
      points,
      maxPoints,
      at,
      version: exerciseVersion(exercise),
      ...(passed !== undefined && { passed }),
      failures: (before?.failures ?? 0) + (status === "passed" ? 0 : 1),
    };
  });
}

/** The exercise was put back: it has no points now. That it was passed, and how often it failed, stays. */
export function rememberPutBack({ id }: AnyExercise): string | undefined {
  return memory.change(
    id,
    (before) => before && { ...before, points: 0, putBack: true, at: new Date().toISOString() },
  );
}
