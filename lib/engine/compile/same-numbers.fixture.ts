/** What a compiled graph owes the same computation call by call. */

import { expect } from "vitest";
import { engine } from "../tf.ts";

/**
 * Without XLA there is no difference; nor is there in a text, the message of an error. XLA contracts a·b + c and sums in another order: each operation differs by a few
 * 2⁻²⁴ of its terms, a map of some tens of them by 1e-5 of its largest number. So does a training: a step moves parameters by its rate, some
 * hundredths, times a gradient of size 1, so that some dozens of them add no more than the rounding of one gradient.
 */
export function expectSameNumbers(actual: unknown, expected: unknown): void {
  if (!engine.xla || typeof expected === "string") {
    expect(actual).toEqual(expected);
    return;
  }
  const [numbers, wanted] = [actual, expected].map((one) => one as number[][]);
  for (const [i, row] of wanted.entries()) {
    const size = Math.max(1, ...row.filter(Number.isFinite).map(Math.abs));
    for (const [k, number] of row.entries()) {
      if (Number.isFinite(number)) expect(Math.abs(numbers[i][k] - number)).toBeLessThan(1e-5 * size);
      else expect(numbers[i][k]).toBe(number);
    }
  }
}
