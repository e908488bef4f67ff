/** A learner's own numbers, and the mark by which her kit is known again. */

import type { AnyExercise } from "../exercise.ts";
import { random } from "../random.ts";
import type { Learner } from "../roster/roster.ts";
import { MARK_DIGITS } from "./mark.ts";
import type { Secret } from "./secret.ts";

export interface OwnNumbers {
  /** Plain JSON. */
  readonly numbers: unknown;
  /** Binds them to the learner and the exercise: nobody without the secret can make it, and it tells nothing. */
  readonly mark: string;
}

/** What of a roster's row decides her numbers: the first that she has of these, so that a corrected name changes nothing. */
export const learnerKey = ({ id, login, email, canvas, name }: Learner): string =>
  (id ?? login ?? email ?? canvas ?? name).trim().toLowerCase();

/** @returns Undefined where the exercise is the same for everybody. */
export function ownNumbers(secret: Secret, learner: Learner, exercise: AnyExercise): OwnNumbers | undefined {
  const { id, variants } = exercise;
  if (!variants) return undefined;
  const who = learnerKey(learner);
  const numbers = variants.draw(random(secret.digest("numbers", who, id).toString("hex")));
  const mark = secret.digest("mark", who, id, JSON.stringify(numbers)).toString("hex");
  return { numbers, mark: mark.slice(0, MARK_DIGITS) };
}
