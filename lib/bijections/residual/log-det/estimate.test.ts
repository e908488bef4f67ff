import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Linearized } from "../../../conditioners/contraction/contraction.ts";
import { tf } from "../../../engine/tf.ts";
import { random } from "../../../random/random.ts";
import { logAbsDet, type Matrix, product } from "../../contract/float64/matrix.ts";
import { exactLogDet } from "./exact.ts";
import { logDetOf } from "./method.ts";
import { drawNoise, type NoiseKind } from "./noise.ts";
import { powerSeriesLogDet } from "./power-series.ts";

beforeEach(() => tf.engine().startScope());
afterEach(() => tf.engine().endScope());

const DRAWS = 20_000;
const NORM = 0.8;

/** A matrix that is not symmetric, of spectral norm 0.8, rounded to float32. */
function jacobian(size: number): Matrix {
  const entries = random(11)
    .fork(`${size}`)
    .normal(size * size);
  const rows = Array.from({ length: size }, (_, i) => entries.slice(i * size, (i + 1) * size));
  const gram = product(
    rows[0].map((_, j) => rows.map((row) => row[j])),
    rows,
  );
  let v = rows.map(() => [1]);
  for (let k = 0; k < 200; k++) {
    const next = product(gram, v);
    const length = Math.hypot(...next.flat());
    v = next.map(([one]) => [one / length]);
  }
  const norm = Math.hypot(...product(rows, v).flat());
  return rows.map((row) => row.map((one) => Math.fround((NORM * one) / norm)));
}

/** A linear map, J at each of so many points. */
function linear(matrix: Matrix, points: number): Linearized {
  const size = matrix.length;
  const times = (isTransposed: boolean) => (v: tf.Tensor) => {
    const rows = tf.reshape(v, [-1, size]) as tf.Tensor2D;
    const result = tf.matMul(rows, tf.tensor2d(matrix), false, isTransposed);
    return tf.mul(tf.reshape(result, v.shape), tf.ones([1, points, 1]));
  };
  return { value: tf.zeros([points, size]), push: times(true), pull: times(false) };
}

/** Σ_{k≤K} (−1)^(k−1)/k·J^k in double precision. */
function seriesOf(matrix: Matrix, terms: number): Matrix {
  let power = matrix;
  let sum = matrix.map((row) => row.map(() => 0));
  for (let k = 1; k <= terms; k++) {
    if (k > 1) power = product(power, matrix);
    sum = sum.map((row, i) => row.map((v, j) => v + ((k % 2 === 1 ? 1 : -1) / k) * power[i][j]));
  }
  return sum;
}

const trace = (matrix: Matrix) => matrix.reduce((sum, row, i) => sum + row[i], 0);
const plusIdentity = (matrix: Matrix) => matrix.map((row, i) => row.map((v, j) => v + Number(i === j)));

/** Var εᵀAε = 2‖S‖² of normal numbers, and of signs without the diagonal, S being the symmetric part of A. */
function varianceOf(matrix: Matrix, kind: NoiseKind): number {
  let sum = 0;
  matrix.forEach((row, i) => {
    row.forEach((v, j) => {
      if (kind === "normal" || i !== j) sum += 2 * ((v + matrix[j][i]) / 2) ** 2;
    });
  });
  return sum;
}

/** So many estimates with vectors of their own, by the method that a training step uses. */
function estimates(matrix: Matrix, terms: number, noise: NoiseKind, samples = 1): number[] {
  const method = logDetOf("test", { terms, noise, samples }, [matrix.length]);
  const drawn = method.noise?.draw(DRAWS, random(5).fork(noise));
  return Array.from(method.at(linear(matrix, DRAWS), drawn).dataSync());
}

const meanOf = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const spreadOf = (values: number[]) => {
  const mean = meanOf(values);
  return meanOf(values.map((v) => (v - mean) ** 2));
};

test.each([1, 2, 3, 7])(
  "the exact log-determinant of I + J is that of an LU decomposition, D = %d",
  (size) => {
    const matrix = jacobian(size);
    const exact = logAbsDet(plusIdentity(matrix));
    const given = exactLogDet(linear(matrix, 2), [size]).dataSync();
    expect(given).toHaveLength(2);
    for (const one of given) expect(Math.abs(one - exact)).toBeLessThan(2e-6);
  },
);

describe.each(["rademacher", "normal"] as const)("with %s vectors", (kind) => {
  const size = 5;

  test.each([1, 2, 6])("the estimate of %d terms is unbiased: z-test", (terms) => {
    const matrix = jacobian(size);
    const values = estimates(matrix, terms, kind);
    const z = (meanOf(values) - trace(seriesOf(matrix, terms))) / Math.sqrt(spreadOf(values) / DRAWS);
    // Of a right one, more than 4 comes once in 16,000 times; the seed makes it always the same.
    expect(Math.abs(z)).toBeLessThan(4);
    // The test can tell: without the 1/k the second term would be twice as large.
    if (terms === 1) return;
    const printed = trace(seriesOf(matrix, 1)) - trace(product(matrix, matrix));
    expect(Math.abs(meanOf(values) - printed) / Math.sqrt(spreadOf(values) / DRAWS)).toBeGreaterThan(20);
  });

  test("its variance is that of its law, and falls with the number of vectors", () => {
    const matrix = jacobian(size);
    const law = varianceOf(seriesOf(matrix, 6), kind);
    // The deviation of an empirical variance is √((κ − 1)/N) of it, for a kurtosis κ up to 15: 3%. Four times that.
    expect(Math.abs(spreadOf(estimates(matrix, 6, kind)) / law - 1)).toBeLessThan(0.12);
    expect(Math.abs(spreadOf(estimates(matrix, 6, kind, 4)) / (law / 4) - 1)).toBeLessThan(0.12);
  });
});

test("signs have the lower variance, by the diagonal's part", () => {
  const matrix = seriesOf(jacobian(5), 6);
  expect(varianceOf(matrix, "rademacher")).toBeLessThan(varianceOf(matrix, "normal"));
});

test("what the truncation leaves out is within its bound, and falls as the bound does", () => {
  const matrix = jacobian(4);
  const exact = logAbsDet(plusIdentity(matrix));
  const bases = tf.tensor([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], [4, 1, 4]);
  const biases = [1, 3, 6, 12, 24].map((terms) => {
    // The mean over the unit vectors, times D, is the trace itself.
    const series = 4 * powerSeriesLogDet(linear(matrix, 1), bases, terms).dataSync()[0];
    expect(Math.abs(series - trace(seriesOf(matrix, terms)))).toBeLessThan(3e-6);
    let rest = 0;
    for (let k = terms + 1; k < 400; k++) rest += NORM ** k / k;
    const bias = Math.abs(series - exact);
    expect(bias).toBeLessThan(4 * rest + 3e-6);
    return bias;
  });
  expect(biases[0]).toBeGreaterThan(0.05);
  expect(biases[4]).toBeLessThan(1e-3);
});

test("vectors are ±1 or normal, independent of each other, and the seed's", () => {
  const signs = drawNoise("rademacher", 64_000, random(3));
  expect([...new Set(signs)].sort()).toEqual([-1, 1]);
  // Deviation 1/√64000 = 0.004, also of the product with a neighbour, the next word and the same place in another draw.
  const products = (lag: number) => meanOf(Array.from(signs.subarray(lag), (v, i) => v * signs[i]));
  for (const lag of [1, 2, 31, 32, 33]) expect(Math.abs(products(lag))).toBeLessThan(0.016);
  expect(Math.abs(meanOf(Array.from(signs)))).toBeLessThan(0.016);
  expect(drawNoise("rademacher", 100, random(3))).toEqual(signs.slice(0, 100));
  expect(Math.abs(spreadOf(Array.from(drawNoise("normal", 64_000, random(3)))) - 1)).toBeLessThan(0.023);
});

test("a method that makes no sense is refused", () => {
  expect(() => logDetOf("residual", "exact", [8, 8, 2])).toThrow(/at most 64 numbers.*got 128/);
  expect(() => logDetOf("residual", { terms: 0 }, [3])).toThrow(/expected terms ≥ 1/);
  expect(() => logDetOf("residual", { terms: 3, noise: "cauchy" as "normal" }, [3])).toThrow(/noise/);
  expect(() => logDetOf("residual", "roulette" as "exact", [3])).toThrow(/"exact"/);
});
