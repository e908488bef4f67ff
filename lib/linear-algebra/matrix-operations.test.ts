import { describe, expect, test } from "vitest";
import { everyBackend } from "../engine/backends.fixture.ts";
import { gradientByDifferences } from "../engine/differences.ts";
import { tf, useBackend } from "../engine/tf.ts";
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

/** The determinant of a matrix of float32 numbers, exactly: by Bareiss's elimination of whole numbers. */
function exactLogAbsDet(matrix: readonly number[], n: number): number {
  const digits = 149;
  // Every float32 number is a whole multiple of 2⁻¹⁴⁹.
  const rows = Array.from({ length: n }, (_, i) =>
    matrix.slice(i * n, (i + 1) * n).map((v) => BigInt(v * 2 ** 100) << BigInt(digits - 100)),
  );
  let previous = 1n;
  for (let k = 0; k < n - 1; k++) {
    const pivot = rows.findIndex((row, i) => i >= k && row[k] !== 0n);
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    for (let i = k + 1; i < n; i++)
      for (let j = k + 1; j < n; j++)
        rows[i][j] = (rows[k][k] * rows[i][j] - rows[i][k] * rows[k][j]) / previous;
    previous = rows[k][k];
  }
  const size = rows[n - 1][n - 1] < 0n ? -rows[n - 1][n - 1] : rows[n - 1][n - 1];
  const bits = size.toString(2).length;
  const leading = Number(size >> BigInt(Math.max(0, bits - 60)));
  return Math.log(leading) + (Math.max(0, bits - 60) - n * digits) * Math.LN2;
}

/** Nearly singular: rows that are nearly multiples of the first, whose condition is about 1/distance. */
function nearlySingular(n: number, distance: number): number[] {
  const stream = random(5);
  const first = stream.normal(n);
  return Array.from({ length: n }, (_, i) => {
    const noise = stream.normal(n);
    return first.map((v, j) => Math.fround(i === 0 ? v : v * (0.5 + i / n) + distance * noise[j]));
  }).flat();
}

describe.each(everyBackend())("on %s", (backend) => {
  test.each([1e-2, 1e-4, 1e-6, 3e-7])("log |det| %d from a singular matrix is exact", (distance) => {
    useBackend(backend);
    for (const size of [2, 4, 8, 16]) {
      const matrix = nearlySingular(size, distance);
      const exact = exactLogAbsDet(matrix, size);
      expect(Number.isFinite(exact)).toBe(true);
      close(logAbsDet(tf.tensor2d(matrix, [size, size])).dataSync(), [exact], 1e-6);
      // A row times the inverse is that of the identity, as far as rounding the inverse to float32 lets it.
      const inverse = Array.from(matrixInverse(tf.tensor2d(matrix, [size, size])).dataSync());
      const largest = Math.max(...inverse.map(Math.abs));
      for (let i = 0; i < size; i++)
        for (let j = 0; j < size; j++) {
          let sum = i === j ? -1 : 0;
          for (let k = 0; k < size; k++) sum += matrix[i * size + k] * inverse[k * size + j];
          expect(Math.abs(sum)).toBeLessThan(4e-7 * size * largest);
        }
    }
  });

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

test("plain numbers in place of a tensor are named", () => {
  for (const [wrong, got] of [
    [null, "null"],
    [undefined, "undefined"],
    [
      [
        [1, 2],
        [3, 4],
      ],
      "an array",
    ],
  ] as const) {
    const given = wrong as unknown as tf.Tensor;
    for (const [who, operation] of Object.entries({ logAbsDet, matrixInverse })) {
      expect(() => operation(given)).toThrow(`${who}: expected a tensor, e.g. ${who}(tf.tensor2d(`);
      expect(() => operation(given)).toThrow(got);
    }
  }
});
