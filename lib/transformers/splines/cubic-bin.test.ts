import { describe, expect, test } from "vitest";
import { fastBackends } from "../../engine/backends.fixture.ts";
import { tf, useBackend } from "../../engine/tf.ts";
import { solvePosition } from "./cubic-bin.ts";

/** Slopes at the ends, from that of the flattest bin beside the steepest one to three times the bin's own. */
const ENDS = [
  1e-6, 1e-5, 1e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.2, 0.4, 0.7, 1, 1.3, 1.6, 1.9, 2, 2.3, 2.6, 2.9, 2.99, 3,
];
const SHARES = [
  1e-14, 1e-11, 1e-9, 6e-8, 1e-6, 1e-5, 1e-4, 1e-3, 5e-3, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4,
  0.45,
];
const ALL_SHARES = [0, ...SHARES, 0.5, ...SHARES.map((v) => 1 - v), 1];

const curve = (v: number, a: number, b: number) => a * v * (1 - v) ** 2 + (3 - b) * v * v * (1 - v) + v ** 3;
const slope = (v: number, a: number, b: number) =>
  a * (1 - v) ** 2 + 2 * (3 - a - b) * v * (1 - v) + b * v * v;

describe.each(fastBackends())("the root of a bin's cubic on %s", (backend) => {
  test("is right to a few roundings of float32, in every kind of bin", () => {
    useBackend(backend);
    const cases = ENDS.flatMap((a) =>
      ENDS.filter((b) => Math.min(a, b) <= 2).flatMap((b) =>
        ALL_SHARES.map((t) => [t, a, b].map(Math.fround)),
      ),
    );
    const [share, first, second] = [0, 1, 2].map((i) => tf.tensor1d(cases.map((one) => one[i])));
    const roots = solvePosition({ share, first, second }).dataSync();
    cases.forEach(([t, a, b], i) => {
      const root = roots[i];
      const least = 0.75 * Math.min(a, b, 2 / 9);
      // |g(ξ) − t|/min g′ is a proven bound of the error of ξ; what counts is how far it is in t.
      const residual = Math.abs(curve(root, a, b) - t);
      const message = `t = ${t}, A = ${a}, B = ${b}: ξ = ${root}, error at most ${residual / least}`;
      expect(slope(root, a, b), message).toBeGreaterThanOrEqual(least);
      // Rounding of t and of a few sums of size t, and of ξ itself, which slope makes one of t.
      expect(residual, message).toBeLessThanOrEqual(
        2 ** -24 * (8 * t + 2 * slope(root, a, b) * root) + 1e-30,
      );
    });
  });
});
