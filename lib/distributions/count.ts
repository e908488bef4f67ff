import { checkHas } from "../ground/arguments/check-options.ts";
import { checkAmount } from "../ground/arguments/most-numbers.ts";
import { plural } from "../ground/plural.ts";
import type { Random } from "../random/random.ts";

const STREAM = ["uniform", "normal", "integers", "shuffle", "uniformTensor", "normalTensor", "fork"];

/**
 * Checks a number of events that are to be drawn.
 *
 * @param size Numbers of an event.
 * @throws RangeError if it is no whole number ≥ 0, or the events are too many numbers for the memory of one draw.
 */
export function checkCount(count: number, size: number): void {
  if (!Number.isInteger(count) || count < 0) {
    throw new RangeError(`sample: expected a count ≥ 0 of events, a whole number; got ${count}`);
  }
  const each = size === 1 ? "one number" : `${size} numbers`;
  checkAmount(
    count * size,
    `${plural(count, "event")} of ${each}`,
    "draw them in parts from one stream, const stream = random(7), e.g. sample(100000, stream) again and again",
  );
}

/**
 * Checks what a distribution is asked to draw. The types ask for a stream already; a call from JavaScript, or after a
 * cast, does not.
 *
 * @throws RangeError if `count` is no whole number ≥ 0, or too large.
 * @throws TypeError if there is no stream of random numbers: a seed alone is none.
 */
export function checkDraw(count: number, random: Random, eventShape: readonly number[]): void {
  checkCount(
    count,
    eventShape.reduce((product, length) => product * length, 1),
  );
  if (typeof random === "object" && random !== null) {
    checkHas("sample", random, STREAM, "a stream of random numbers, such as random(7)");
    return;
  }
  const seed = typeof random === "number" || typeof random === "string" ? JSON.stringify(random) : "7";
  throw new TypeError(
    `sample: needs a stream of random numbers, started from a seed, e.g. sample(${count}, random(${seed})); ` +
      `got ${random === undefined ? "none" : typeof random}`,
  );
}
