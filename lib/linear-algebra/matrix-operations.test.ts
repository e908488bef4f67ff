import { describe, expect, test } from "vitest";
import { gradientByDifferences } from "../engine/differences.ts";
import { availableBackends, tf, useBackend } from "../engine/tf.ts";
import { random } from "../random/random.ts";
import { luDecomposition, luInverse, luLogAbsDet } from "./lu.ts";
import { logAbsDet, matrixInverse } from "./matrix-operations.ts";
import { SingularMatrixError } from "./singular-matrix.ts";

const close = (actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) => {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const message = `entry ${i}: got ${actual[i]}, expected ${expected[i]}`;
    expect(Math.abs(actual[i] - expected[i]), message).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(expected[i])),
    );
  }
};

/** Textbook numbers: determinant 2·(−3) of a matrix whose first pivot is 0. */
const PIVOTED = [0, 2, 1, 1, 1, 0, 2, 0, 2];

describe("LU in double precision", () => {
  test("a matrix that needs a row exchange, by hand", () => {
    // det = 0·2 − 2·(2 − 0) + 1·(0 − 2) = −6
    close([luLogAbsDet(luDecomposition(PIVOTED, 3), 3)], [Math.log(6)], 1e-15);
    const inverse = luInverse(luDecomposition(PIVOTED, 3), 3);
    close(inverse, [-1 / 3, 2 / 3, 1 / 6, 1 / 3, 1 / 3, -1 / 6, 1 / 3, -2 / 3, 1 / 3], 1e-15);
  });

  test("P, L and U multiply to the matrix, and parity is the determinant of P", () => {
    const n = 6;
    const matrix = random(3).normal(n * n);
    const { packed, order, parity } = luDecomposition(matrix, n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let product = 0;
        for (let k = 0; k <= Math.min(i, j); k++)
          product += (k === i ? 1 : packed[i * n + k]) * packed[k * n + j];
        expect(Math.abs(product - matrix[order[i] * n + j])).toBeLessThan(1e-14);
      }
    }
    const inversions = [...order].flatMap((a, i) => [...order].slice(i).filter((b) => b < a)).length;
    expect(parity).toBe(inversions % 2 === 0 ? 1 : -1);
  });

  test("a singular matrix has log |det| −∞", () => {
    expect(luLogAbsDet(luDecomposition([1, 2, 2, 4], 2), 2)).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe.each(availableBackends())("on %s", (backend) => {
  const n = 5;
  const values = random(11)
    .normal(n * n)
    .map(Math.fround);
  const double = (f: (lu: ReturnType<typeof luDecomposition>) => number) => (x: number[]) =>
    f(luDecomposition(x, n));

  test("log |det| and its gradient", () => {
    useBackend(backend);
    tf.tidy(() => {
      const { value, grad } = tf.valueAndGrad((a: tf.Tensor) => logAbsDet(a) as tf.Scalar)(
        tf.tensor2d(values, [n, n]),
      );
      const exact = double((lu) => luLogAbsDet(lu, n));
      close(value.dataSync(), [exact(values)], 1e-6);
      close(grad.dataSync(), gradientByDifferences(exact, values), 1e-5);
    });
  });

  test("the inverse and its gradient", () => {
    useBackend(backend);
    const weights = random(12)
      .normal(n * n)
      .map(Math.fround);
    tf.tidy(() => {
      const inverse = (a: tf.Tensor) => tf.mul(matrixInverse(a), tf.tensor2d(weights, [n, n]));
      const { value, grad } = tf.valueAndGrad((a: tf.Tensor) => tf.sum(inverse(a)) as tf.Scalar)(
        tf.tensor2d(values, [n, n]),
      );
      const exact = double((lu) => luInverse(lu, n).reduce((total, v, i) => total + v * weights[i], 0));
      close(value.dataSync(), [exact(values)], 1e-5);
      close(grad.dataSync(), gradientByDifferences(exact, values), 1e-4);
      close(
        matrixInverse(tf.tensor2d(PIVOTED, [3, 3])).dataSync(),
        luInverse(luDecomposition(PIVOTED, 3), 3),
        1e-6,
      );
    });
  });

  test("nothing is left behind, and other shapes and singular matrices are refused", () => {
    useBackend(backend);
    const matrix = tf.tensor2d(values, [n, n]);
    const twins = tf.tensor2d([1, 2, 2, 4], [2, 2]);
    const before = tf.memory().numTensors;
    tf.dispose([logAbsDet(matrix), matrixInverse(matrix)]);
    expect(() => matrixInverse(twins)).toThrow(SingularMatrixError);
    expect(() => matrixInverse(twins)).toThrow(
      /invertible matrix; got one of shape \[2,2\] that is singular/,
    );
    expect(tf.memory().numTensors).toBe(before);
    expect(() => logAbsDet(tf.ones([2, 3]))).toThrow(/square matrix; got shape \[2,3\]/);
  });
});
