import type { Random } from "../random/random.ts";

/**
 * Checks a number of events that are to be drawn.
 *
 * @throws RangeError if it is no whole number ≥ 0.
 */
export function checkCount(count: number): void {
  if (Number.isInteger(count) && count >= 0) return;
  throw new RangeError(`expected a count ≥ 0 of events, a whole number; got ${count}`);
}

/**
 * Checks what a distribution is asked to draw. The types ask for a stream already; a call from JavaScript, or after a
 * cast, does not.
 *
 * @throws RangeError if `count` is no whole number ≥ 0.
 * @throws TypeError if there is no stream of random numbers: a seed alone is none.
 */
export function checkDraw(count: number, random: Random): void {
  checkCount(count);
  if (typeof random === "object" && random !== null && "normalTensor" in random) return;
  const seed = typeof random === "number" || typeof random === "string" ? JSON.stringify(random) : "7";
  throw new TypeError(
    `sample: needs a stream of random numbers, started from a seed, e.g. sample(${count}, random(${seed})); ` +
      `got ${random === undefined ? "none" : typeof random}`,
  );
}
