/** Values that are close to the right ones and not equal: to how many digits, and where the fewest. */

import { isFloat32 } from "../domain/domain.ts";
import type { Pair } from "../grading/answered.ts";
import type { Feature } from "./features.ts";
import { roundText } from "./numbers.ts";
import type { Observation } from "./observation.ts";

/** Half of them are right to two digits, or they have nothing to do with the right ones. */
const CLOSE = 0.01;
const ENOUGH = 4;
/** A few roundings of float32. */
const FLOAT32 = 4 * 2 ** -23;

const PARTLY_FLOAT32 =
  "Your values are right to about 7 digits, and most of them are numbers of float32 tensors, which have no more. Where the statement lets such tensors do, *all* numbers that you return have to be of this kind: one of them times a count, worked out outside of the tensor, is not. Multiply inside, or return its `Math.fround`. Else compute in plain numbers throughout.";

export function digitsObservation(
  wrong: readonly Pair[],
  given: readonly Feature[],
): Observation | undefined {
  const errors = wrong.map((pair) => ({
    pair,
    error: Math.abs(pair.got - pair.want) / Math.abs(pair.want),
  }));
  if (errors.length < ENOUGH || errors.some(({ pair }) => !Number.isFinite(pair.got))) return undefined;
  const sorted = errors.sort((a, b) => a.error - b.error);
  const [middle, worst] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)] as [
    (typeof sorted)[number],
    (typeof sorted)[number],
  ];
  // An error of NaN, of an infinite number that was asked for, is not close either.
  if (!(middle.error <= CLOSE)) return undefined;
  if (
    middle.error <= FLOAT32 &&
    errors.filter(({ pair: { got } }) => isFloat32(got)).length > errors.length / 2
  )
    return { id: "partly-float32", text: PARTLY_FLOAT32 };
  const [feature] = given.filter(({ where }) => !where);
  const at = feature ? ` (at $${feature.name} \\approx$ ${roundText(feature.of(worst.pair))})` : "";
  return {
    id: "so-many-digits",
    text: `Your values are close to the right ones, but not exact: of those that are wrong, half are right to about ${digits(middle.error)} or more, the worst${at} to ${digits(worst.error)}. So it looks as if the way is right and something in it only approximate: a difference quotient, a small number added or cut off, a loop that ends early, a rounded constant, digits lost in a subtraction${inSingle(middle.error) ? ", or numbers that have been in a float32 tensor and go on in plain arithmetic" : ""}.`,
  };
}

/** As far off as single precision leaves a number after some steps. */
const inSingle = (error: number): boolean => error > 1e-9 && error < 1e-5;

function digits(error: number): string {
  const count = Math.floor(-Math.log10(error));
  if (!(count >= 1)) return "none";
  return count === 1 ? "one digit" : `${count} digits`;
}
