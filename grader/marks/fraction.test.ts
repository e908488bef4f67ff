import fc from "fast-check";
import { expect, test } from "vitest";
import {
  add,
  compare,
  divide,
  fraction,
  fractionText,
  isShown,
  multiply,
  subtract,
  sum,
} from "./fraction.ts";

test("what decimals cannot hold adds up", () => {
  expect(fractionText(add(fraction(0.1), fraction(0.2)), 30)).toBe("0.3");
  const third = divide(fraction(1), fraction(3));
  expect(fractionText(sum([third, third, third]))).toBe("1");
  expect(isShown(third)).toBe(false);
  expect(isShown(fraction(2.25))).toBe(true);
});

test("halves go away from zero, zeros at the end are left out, and nothing is minus zero", () => {
  const text = (value: number, decimals?: number) => fractionText(fraction(value), decimals);
  expect([text(1.005), text(-1.005), text(2.5), text(3), text(0.004), text(-0.004)]).toEqual([
    ..."1.01 -1.01 2.5 3 0 0".split(" "),
  ]);
  expect([text(2.5, 0), text(1e21, 0), text(1e-7, 7)]).toEqual(["3", "1000000000000000000000", "0.0000001"]);
});

test("the laws of a field, and the order of numbers", () => {
  const some = fc.double({ min: -1000, max: 1000, noNaN: true });
  fc.assert(
    fc.property(some, some, some, (x, y, z) => {
      const [a, b, c] = [fraction(x), fraction(y), fraction(z)];
      expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
      expect(subtract(add(a, b), b)).toEqual(a);
      expect(Math.sign(compare(a, b))).toBe(Math.sign(x - y));
      if (y !== 0) expect(multiply(divide(a, b), b)).toEqual(a);
    }),
    { numRuns: 300, seed: 5 },
  );
  expect(() => divide(fraction(1), fraction(0))).toThrow(/something other than 0/);
  expect(() => fraction(Number.NaN)).toThrow(/finite/);
});
