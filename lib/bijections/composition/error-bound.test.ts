import { describe, expect, test } from "vitest";
import { tf } from "../../engine/tf.ts";
import type { Bijection } from "../bijection.ts";
import { affine } from "../elementwise/affine.ts";
import { leakyRelu } from "../elementwise/leaky-relu.ts";
import { monotone } from "../elementwise/monotone.ts";
import { sigmoid } from "../elementwise/sigmoid.ts";
import { plu } from "../linear/plu.ts";
import { batchNorm } from "../normalization/batch-norm.ts";
import { chain } from "./chain.ts";
import { invert } from "./invert.ts";

/** x = z + error: as if an iteration for x = z had stopped that far away, and knew it. */
function inexact(error: number, iterations = 3): Bijection {
  return {
    eventRank: 0,
    inverseKind: "iterative",
    forwardKind: "iterative",
    forward: (z) => ({ value: tf.add(z, error), logDet: tf.zerosLike(z), solution: solutionOf(error) }),
    inverse: (x) => ({ value: tf.sub(x, error), logDet: tf.zerosLike(x), solution: solutionOf(error) }),
    lipschitz: () => 1,
    variables: [],
  };
  function solutionOf(residual: number) {
    return { iterations, residual, errorBound: Math.abs(residual) };
  }
}

/** The chain's forward direction at some points, beside the exact result and what it says about its error. */
function compared(parts: readonly Bijection[], z: tf.Tensor = tf.tensor1d([-0.7, 0.1, 0.9])) {
  const { value, solution } = chain(parts).forward(z);
  const exact = chain(parts.filter(({ forwardKind }) => forwardKind !== "iterative")).forward(z).value;
  const error = tf.max(tf.abs(tf.sub(value, exact))).dataSync()[0];
  return { error, solution };
}

describe("the error of a chain", () => {
  test("is that of each iterative part, stretched by the parts that follow it", () => {
    const { error, solution } = compared([
      inexact(0.01, 7),
      affine({ scale: [-20] }),
      inexact(0.002),
      leakyRelu(3),
      affine({ scale: 0.5 }),
    ]);
    const bound = (0.01 * 20 + 0.002) * 3 * 0.5;
    expect(solution?.errorBound).toBeCloseTo(bound, 6);
    expect([solution?.iterations, solution?.residual]).toEqual([7, 0.01]);
    expect(error).toBeLessThanOrEqual(bound);
    // Neither the worst nor the sum of the parts' own bounds would have been true.
    expect(error).toBeGreaterThan(0.01 + 0.002);
  });

  test("is reached where every part stretches as much as it can", () => {
    const { error, solution } = compared([inexact(0.01), affine({ scale: 20 }), inexact(0.002)]);
    expect(error).toBeCloseTo(0.202, 5);
    expect(solution?.errorBound).toBeCloseTo(0.202, 5);
  });

  test("mixes numbers as a matrix does", () => {
    const map = plu({ dimensions: 2, permutation: [1, 0] });
    map.variables[0].assign(tf.tensor2d([0, 0, 3, 0], [2, 2]));
    map.variables[1].assign(tf.tensor2d([0, -2, 0, 0], [2, 2]));
    // L (U + D) = [[1, −2], [3, −5]]: the sizes in its rows sum to 3 and 8, an error of the same sign to 1 and 2.
    const { error, solution } = compared([inexact(0.01), map], tf.tensor2d([[1, -1]]));
    expect(solution?.errorBound).toBeCloseTo(0.08, 6);
    expect(error).toBeCloseTo(0.02, 5);
  });

  test("is unknown if a part after an iterative one may stretch without bound, not if it comes before", () => {
    const unbounded: Bijection = { ...affine({ scale: 1e3 }), lipschitz: () => Infinity };
    const { lipschitz: _none, ...silent } = affine();
    for (const part of [unbounded, silent, invert(sigmoid()), invert(silent), chain([silent])]) {
      expect(compared([inexact(0.01), part], tf.tensor1d([0.2, 0.6])).solution?.errorBound).toBe(Infinity);
      expect(compared([part, inexact(0.01)], tf.tensor1d([0.2, 0.6])).solution?.errorBound).toBe(0.01);
    }
    expect(compared([affine(), silent]).solution).toBeUndefined();
  });

  test("is unknown in training behind statistics of the batch, and known in evaluation", () => {
    const model = chain([batchNorm({ dimensions: 1, epsilon: 1 }), inexact(0.01)]);
    const x = tf.tensor2d([1, 2, 4], [3, 1]);
    expect(model.trainingInverse?.(x).solution?.errorBound).toBe(Infinity);
    // The variance starts as 1, and ε is 1.
    expect(model.inverse(x).solution?.errorBound).toBeCloseTo(0.01 / Math.SQRT2, 6);
  });

  test("is tiny for many monotone layers, in a chain of chains and in its inverse", () => {
    const layers = Array.from({ length: 4 }, () => monotone({ steps: 3 }));
    const model = chain([chain(layers.slice(0, 2)), affine({ scale: 2 }), ...layers.slice(2)]);
    for (const solution of [
      model.forward(tf.tensor1d([-1, 2])).solution,
      invert(model).inverse(tf.tensor1d([-1, 2])).solution,
    ]) {
      // Each of four is solved to 1e-12 relative to numbers of size 10 at most, and stretched 4 times at most.
      expect(solution?.errorBound).toBeGreaterThan(0);
      expect(solution?.errorBound).toBeLessThan(1e-9);
    }
  });
});
