import { describe, expect, test } from "vitest";
import { tf } from "../engine/tf.ts";
import { NoInverseError, ShapeError } from "../ground/errors.ts";
import type { Bijection } from "./bijection.ts";
import { solveIncreasing } from "./building/solve-increasing.ts";
import { chain } from "./composition/chain.ts";
import { invert } from "./composition/invert.ts";
import { affine } from "./elementwise/affine.ts";
import { leakyRelu } from "./elementwise/leaky-relu.ts";
import { monotone } from "./elementwise/monotone.ts";
import { sigmoid } from "./elementwise/sigmoid.ts";

/** A bijection of the plane, as a learner would write it: doubles and exchanges the coordinates. */
const plane: Bijection = {
  eventRank: 1,
  inverseKind: "analytic",
  variables: [],
  forward: (z) => ({
    value: tf.mul(tf.reverse(z, -1), 2),
    logDet: tf.fill(z.shape.slice(0, -1), Math.log(4)),
  }),
  inverse: (x) => ({
    value: tf.div(tf.reverse(x, -1), 2),
    logDet: tf.fill(x.shape.slice(0, -1), -Math.log(4)),
  }),
};

describe("chain", () => {
  test("applies the first part first, forwards, and last, backwards", () => {
    const both = chain([affine({ scale: 2 }), affine({ shift: 1 })]);
    expect(both.forward(tf.scalar(3)).value.dataSync()[0]).toBe(7);
    expect(both.inverse(tf.scalar(7)).value.dataSync()[0]).toBe(3);
  });

  test("sums an elementwise part's log-determinant over the axes of the larger events", () => {
    const mixed = chain([affine({ scale: [3, 5] }), plane]);
    expect(mixed.eventRank).toBe(1);
    const { value, logDet } = mixed.forward(
      tf.tensor2d([
        [1, 2],
        [0, 1],
        [1, 1],
      ]),
    );
    expect(Array.from(value.dataSync())).toEqual([20, 6, 10, 0, 10, 6].map((v) => expect.closeTo(v, 4)));
    expect(logDet.shape).toEqual([3]);
    expect(logDet.dataSync()[0]).toBeCloseTo(Math.log(4 * 15), 5);
  });

  test("is as hard to invert as its hardest part, and lists each shared variable once", () => {
    const shared = affine();
    const chained = chain([shared, invert(monotone()), shared]);
    expect(chained.inverseKind).toBe("iterative");
    expect(chained.forwardKind).toBe("analytic");
    expect(chained.variables).toHaveLength(2 + 5);
    expect(invert(chained).inverseKind).toBe("analytic");
    expect(invert(chained).parts?.map((part) => part.inverseKind)).toEqual([
      "analytic",
      "analytic",
      "analytic",
    ]);
  });

  test("refuses what it cannot do", () => {
    expect(() => chain([])).toThrow(RangeError);
    expect(() => chain([plane]).forward(tf.scalar(1))).toThrow(ShapeError);
  });
});

test("parameters without a meaning are refused by value", () => {
  expect(() => leakyRelu(0)).toThrow(/slope; got 0/);
  expect(() => monotone({ steps: 0 })).toThrow(/one step; got 0/);
  expect(() => monotone({ interval: [1, 1] })).toThrow(/got \[1, 1\]/);
});

test("a logit outside of the unit interval is an error, not a number", () => {
  expect(() => sigmoid().inverse(tf.tensor1d([0.2, 1.5]))).toThrow(/from 0 to 1; got .* to 1.5/);
  expect(() => sigmoid().inverse(tf.tensor1d([-0.1, 0.5]))).toThrow(RangeError);
});

describe("solveIncreasing", () => {
  const cubic = (x: number) => ({ value: x ** 3 + 0.01 * x, slope: 3 * x * x + 0.01 });

  test.each([-8.02, -1e-5, 0, 0.3, 500])("x³ + 0.01 x = %d, where Newton alone would overshoot", (target) => {
    const { x, residual, errorBound, iterations } = solveIncreasing(
      cubic,
      target,
      { low: -10, high: 9 },
      0.01,
    );
    expect(Math.abs(cubic(x).value - target)).toBe(residual);
    expect(errorBound).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(x)));
    expect(iterations).toBeLessThan(60);
  });

  test.each([
    ["low", 0, { low: 0, high: 1 }],
    ["high", 1, { low: 0, high: 1 }],
    ["low, far from the other,", -3, { low: -3, high: 1e40 }],
    ["high, far from the other,", 2e-3, { low: -1e60, high: 2e-3 }],
    ["only", 0.5, { low: 0.5, high: 0.5 }],
  ])("a solution at the %s end of the bracket is found", (_, end, bracket) => {
    // The bound of the slope is far below the slope, as it is in general: the residual alone proves nothing.
    const { x, residual, errorBound } = solveIncreasing((v) => ({ value: v, slope: 1 }), end, bracket, 1e-9);
    expect(Math.abs(x - end)).toBeLessThanOrEqual(1e-12);
    expect(residual).toBe(Math.abs(x - end));
    expect(errorBound).toBeLessThanOrEqual(1e-12);
  });

  test("a step function's foot at an end of the bracket is found to its bound", () => {
    const steep = (v: number) => ({ value: Math.tanh(1e9 * v), slope: 1e9 * (1 - Math.tanh(1e9 * v) ** 2) });
    for (const [low, high] of [
      [0, 1],
      [-1, 0],
      [0, 1e9],
    ]) {
      const { x, errorBound } = solveIncreasing(steep, 0, { low, high }, 1e-300);
      expect(Math.abs(x)).toBeLessThanOrEqual(errorBound);
      expect(errorBound).toBeLessThanOrEqual(1e-12);
    }
  });

  test.each([
    ["below", -1e-3, { low: 0, high: 1 }],
    ["above", 1.001, { low: 0, high: 1 }],
    ["far below", -5, { low: 0, high: 1e60 }],
    ["not a number", Number.NaN, { low: 0, high: 1 }],
    ["infinite", Infinity, { low: Infinity, high: Infinity }],
  ])("a target that is %s has no solution", (_, target, bracket) => {
    const line = (v: number) => ({ value: v, slope: 1 });
    expect(() => solveIncreasing(line, target, bracket, 1e-3)).toThrow(NoInverseError);
  });

  test("a wrong bracket is an error that names it", () => {
    expect(() => solveIncreasing(cubic, 5000, { low: -10, high: 9 }, 0.01)).toThrow(/5000.*-10 and 9/);
  });
});
