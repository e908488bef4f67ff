import { beforeEach, describe, expect, test } from "vitest";
import { fastBackends } from "../engine/backends.fixture.ts";
import { tf, useBackend } from "../engine/tf.ts";
import { nonlinearSquared, solve } from "./nonlinear-squared.ts";

/** Where u + k/(1 + u²) would stop increasing. */
const LIMIT = (8 * Math.sqrt(3)) / 9;

const range = (low: number, high: number, count: number) =>
  Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));

describe.each(fastBackends())("a nonlinear squared map on %s", (backend) => {
  beforeEach(() => void useBackend(backend));

  test("has its cubic's root to a few roundings, where it is nearly threefold and far out too", () => {
    // Just below the limit, the root at T = √3 is nearly threefold.
    const targets = [
      ...range(-9, 9, 181),
      ...range(Math.sqrt(3) - 0.05, Math.sqrt(3) + 0.05, 101),
      ...[1e-6, 30, 1e3, 1e6, -1e6].flatMap((v) => [v, -v]),
    ].map(Math.fround);
    const bumps = range(-0.99, 0.99, 67).map((share) => Math.fround(share * LIMIT));
    const cases = targets.flatMap((target) => bumps.map((bump) => [target, bump]));
    const [target, bump] = [0, 1].map((i) => tf.tensor1d(cases.map((one) => one[i])));
    const roots = solve({ target, bump }).dataSync();
    cases.forEach(([T, k], i) => {
      const u = roots[i];
      const residual = Math.abs(u + k / (1 + u * u) - T);
      // The slope is at least 0.01, so the error of u is proven to be at most a hundred times as large.
      const message = `T = ${T}, k = ${k}: u = ${u}, error at most ${residual / (1 - Math.abs(k) / LIMIT)}`;
      expect(residual, message).toBeLessThanOrEqual(2 ** -24 * (6 + 2 * Math.abs(T)));
    });
  });

  test("has a hundredth of its line's slope at the least, and increases everywhere", () => {
    // tanh of 20 is 1 in float32: as steep a dent as there may be.
    for (const sign of [1, -1]) {
      const z = [...range(-4, 4, 4001), sign / Math.sqrt(3)];
      const params = tf.tensor2d([[0, 0, sign * 20, 0, 0]]);
      const { value, logDet } = nonlinearSquared().forward(tf.tensor1d(z), params);
      const slopes = Array.from(logDet.dataSync(), Math.exp);
      expect(Math.min(...slopes)).toBeCloseTo(0.01, 5);
      expect(slopes.at(-1)).toBeCloseTo(0.01, 5);
      const x = value.dataSync();
      // A step of z is 2e-3, one of x 2e-5 at least.
      for (let i = 1; i < 4001; i++) expect(x[i] - x[i - 1]).toBeGreaterThan(1e-5);
    }
  });
});
