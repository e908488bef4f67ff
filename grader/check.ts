/** `await check("16.1", { density })`: the check cell of a notebook. */

import { randomBytes } from "node:crypto";
import { exerciseById } from "./course.ts";
import { inProcessSession } from "./drivers/in-process.ts";
import { gradeExercise } from "./grade-exercise.ts";
import { cardHTML, cardText } from "./report/card.ts";
import type { ExerciseResult } from "./result.ts";

const display: unique symbol = Symbol.for("Jupyter.display") as never;

/** A result that shows itself as a card. */
export interface Checked extends ExerciseResult {
  [display](): { "text/html": string; "text/plain": string };
}

/**
 * Runs an exercise's checks on the functions given, in this process, with fresh random numbers.
 *
 * @param seed Repeats an earlier run; every result carries its own.
 * @throws RangeError if the course has no such exercise. A learner's mistake never throws: it is a failed check.
 */
export async function check(
  id: string,
  implementation: Readonly<Record<string, unknown>>,
  { seed = randomBytes(4).toString("hex") }: { seed?: string } = {},
): Promise<Checked> {
  const exercise = exerciseById(id);
  const open = () => inProcessSession({ ...implementation }, exercise.signatures);
  const result = await gradeExercise(exercise, open, { seed });
  return {
    ...result,
    [display]: () => ({
      "text/html": cardHTML(result, { hints: exercise.hints }),
      "text/plain": plainText(result),
    }),
  };
}

/** nbgrader takes a cell's points from its result's plain text, and full points if that is no number. */
function plainText(result: ExerciseResult): string {
  return process.env.NBGRADER_EXECUTION ? String(result.points) : cardText(result);
}
