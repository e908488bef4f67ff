/**
 * Recognises a known wrong answer: a misconception explains a failed check if it answers every call of that check as the
 * learner's code did.
 */

import { inProcessSession } from "./drivers/in-process.ts";
import type { AnyExercise, Misconception } from "./exercise.ts";
import { type Tolerance, within } from "./expect.ts";
import { needsTensors } from "./harness/conversion.ts";
import { LearnerError, type Session } from "./session.ts";
import type { Call } from "./transcript.ts";

/** Answers that differ by less came from the same formula: another order of summation, in the arithmetic that was used. */
const SAME_DOUBLE: Required<Tolerance> = { absolute: 1e-12, relative: 1e-9 };
const SAME_FLOAT: Required<Tolerance> = { absolute: 1e-5, relative: 1e-4 };

export async function recognise(
  exercise: AnyExercise,
  calls: readonly Call[],
): Promise<Misconception | undefined> {
  if (calls.length === 0) return undefined;
  for (const misconception of exercise.misconceptions) {
    if (await answersAlike(exercise, misconception, calls)) return misconception;
  }
  return undefined;
}

async function answersAlike(
  exercise: AnyExercise,
  misconception: Misconception,
  calls: readonly Call[],
): Promise<boolean> {
  const session = await inProcessSession(
    misconception.implementation as Record<string, unknown>,
    exercise.signatures,
  );
  const same = needsTensors(exercise.signatures) ? SAME_FLOAT : SAME_DOUBLE;
  let compared = 0;
  for (const call of calls) {
    // An export that the misconception leaves out is right in it, so it has nothing to say about this call.
    if ("export" in call.target && !(call.target.export in misconception.implementation)) continue;
    if (!(await answersAs(session, call, same))) return false;
    compared += 1;
  }
  return compared > 0;
}

async function answersAs(
  session: Session,
  { target, inputs, answer }: Call,
  same: Tolerance,
): Promise<boolean> {
  try {
    const value = await session.call(target, inputs);
    return "value" in answer && alike(value, answer.value, same);
  } catch (error) {
    if (!(error instanceof LearnerError)) throw error;
    return "threw" in answer && answer.threw.trouble === error.trouble;
  }
}

function alike(a: unknown, b: unknown, same: Tolerance): boolean {
  if (typeof a === "number" && typeof b === "number")
    return (Number.isNaN(a) && Number.isNaN(b)) || within(a, b, same);
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => alike(item, b[i], same));
  if (a !== null && b !== null && typeof a === "object" && typeof b === "object") {
    const names = Object.keys(a);
    return (
      names.length === Object.keys(b).length &&
      names.every((n) => alike((a as never)[n], (b as never)[n], same))
    );
  }
  return a === b;
}
