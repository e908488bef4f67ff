import fc from "fast-check";
import { expect, test } from "vitest";
import { exp } from "./table-exp.ts";

test("is exp to fourteen digits", () => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
      // Math.exp has an error of one bit, and x itself, rounded, one of |x|·2⁻⁵³.
      expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-14);
    }),
    { seed: 20261128, numRuns: 2000 },
  );
});

test("is exact at 0, and has the limits of exp", () => {
  expect([0, -Infinity, Infinity, -800, 800].map(exp)).toEqual([1, 0, Infinity, 0, Infinity]);
  expect(exp(Number.NaN)).toBeNaN();
  // Both sides of where the table ends.
  for (const x of [64, -64, 64.000001, -64.000001]) expect(exp(x) / Math.exp(x)).toBeCloseTo(1, 13);
});
