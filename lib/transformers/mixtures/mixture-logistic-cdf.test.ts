import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { fastBackends } from "../../engine/backends.fixture.ts";
import { tf, useBackend } from "../../engine/tf.ts";
import { NoInverseError } from "../../ground/errors.ts";
import type { Mixture } from "./find-quantile.ts";
import { logisticQuantile } from "./logistic-quantile.ts";
import { mixtureLogisticCdf } from "./mixture-logistic-cdf.ts";

const SEED = Number(process.env.FLOWLAB_TEST_SEED ?? 20261128);

/** log F − log(1 − F), by sums of positive numbers: of each tail its own. */
function logitOf(x: number, { logWeights, means, scales }: Mixture): number {
  const sum = (side: 1 | -1) =>
    Array.from(means).reduce(
      (all, mean, k) => all + Math.exp(logWeights[k]) / (1 + Math.exp((-side * (x - mean)) / scales[k])),
      0,
    );
  return Math.log(sum(1)) - Math.log(sum(-1));
}

describe("the quantile of a mixture", () => {
  const component = fc.record({
    weight: fc.double({ min: 0.01, max: 1, noNaN: true }),
    mean: fc.double({ min: -10, max: 10, noNaN: true }),
    scale: fc.double({ min: 0.02, max: 5, noNaN: true }),
  });
  const mixtures = fc.array(component, { minLength: 1, maxLength: 6 }).map((parts): Mixture => {
    const total = parts.reduce((sum, { weight }) => sum + weight, 0);
    return {
      logWeights: parts.map(({ weight }) => Math.log(weight / total)),
      means: parts.map(({ mean }) => mean),
      scales: parts.map(({ scale }) => scale),
    };
  });

  test(`is within its bound, in the gaps between peaks and in the tails too (seed ${SEED})`, () => {
    fc.assert(
      fc.property(mixtures, fc.double({ min: -40, max: 40, noNaN: true }), (mixture, y) => {
        const { x, errorBound, iterations } = logisticQuantile(y, mixture);
        // An increasing function is below its target on one side of the root, and above on the other.
        const rounding = 1e-13 * Math.max(1, Math.abs(y));
        expect(logitOf(x - errorBound, mixture)).toBeLessThanOrEqual(y + rounding);
        expect(logitOf(x + errorBound, mixture)).toBeGreaterThanOrEqual(y - rounding);
        expect(iterations).toBeLessThan(120);
      }),
      { numRuns: 1000, seed: SEED },
    );
  });

  test("is usually found in a few steps, to twelve digits", () => {
    const mixture = { logWeights: [0.3, 0.7].map(Math.log), means: [-2, 1], scales: [0.3, 0.5] };
    for (const y of [-20, -3, -1, 0, 0.5, 3, 20, 1e4]) {
      const { iterations, errorBound, x } = logisticQuantile(y, mixture);
      expect(iterations).toBeLessThan(25);
      expect(errorBound).toBeLessThan(1e-11 * Math.max(1, Math.abs(x)));
    }
  });

  test.each([Number.NaN, Infinity, -Infinity])("there is none at %s", (y) => {
    expect(() => logisticQuantile(y, { logWeights: [0], means: [0], scales: [1] })).toThrow(NoInverseError);
  });
});

describe.each(fastBackends())("a mixture of logistics on %s", (backend) => {
  beforeEach(() => void useBackend(backend));

  /** Weights ¼ and ¾, means −2 and 3, scales ½ and 1: as raw parameters, the means' factors ½ and 1½ taken off. */
  const rawScale = (scale: number) => 4 * Math.atanh(Math.log(scale) / 4);
  const raw = [Math.log(0.25), Math.log(0.75), -4, 2, rawScale(0.5), 0, 0, 0];
  const mixture = { logWeights: [0.25, 0.75].map(Math.log), means: [-2, 3], scales: [0.5, 1] };
  const transformer = mixtureLogisticCdf({ components: 2 });
  const apply = (direction: "forward" | "inverse", numbers: number[]) => {
    const params = tf.tile(tf.tensor2d([raw]), [numbers.length, 1]);
    const { value, logDet } = transformer[direction](tf.tensor1d(numbers), params);
    return { value: Array.from(value.dataSync()), logDet: Array.from(logDet.dataSync()) };
  };

  test("makes the mixture's own density of a logistic one, log-densities in the far tails included", () => {
    const x = [-60, -20, -5, -2, 0, 1, 3, 6, 30, 90].map(Math.fround);
    const { value, logDet } = apply("inverse", x);
    // log of a logistic density at z, as log σ(z) + log σ(−z).
    const densities = value.map((z, i) => -Math.abs(z) - 2 * Math.log1p(Math.exp(-Math.abs(z))) + logDet[i]);
    densities.forEach((density, i) => {
      const parts = mixture.means.map((mean, k) => {
        const v = Math.abs(x[i] - mean) / mixture.scales[k];
        return mixture.logWeights[k] - Math.log(mixture.scales[k]) - v - 2 * Math.log1p(Math.exp(-v));
      });
      const largest = Math.max(...parts);
      const exact = largest + Math.log(parts.reduce((sum, v) => sum + Math.exp(v - largest), 0));
      expect(Math.abs(density - exact)).toBeLessThan(3e-6 * Math.max(1, Math.abs(exact)));
    });
  });

  test("has slopes as exact where F is 1 in float32 as in the middle", () => {
    // The wider component has all of both tails: z rises as (x − 3)/1 does.
    const { value, logDet } = apply("inverse", [90, 1e4, -60, -1e4]);
    expect(logDet).toEqual([0, 0, 0, 0].map((v) => expect.closeTo(v, 5)));
    expect(value[0]).toBeCloseTo(87 - Math.log(0.75), 4);
    expect(value[1] / 1e4).toBeCloseTo(0.9997, 4);
  });

  test("comes back where the density between peaks is nearly nothing, by the bound that it gives", () => {
    const wide = mixtureLogisticCdf({ components: 2 });
    // Means ±8, scales 0.1: at 0, F has the slope e⁻⁸⁰.
    const params = tf.tensor2d([[0, 0, -16, 16 / 3, rawScale(0.1), rawScale(0.1), 0, 0]]);
    for (const z of [-30, -1, -1e-6, 1e-6, 1, 30]) {
      const { value, logDet, solution } = wide.forward(tf.tensor1d([z]), params);
      const x = value.dataSync()[0];
      expect(Math.sign(x)).toBe(Math.sign(z));
      expect(Number.isFinite(logDet.dataSync()[0])).toBe(true);
      expect(solution?.errorBound).toBeLessThan(1e-8);
      expect(Math.abs(wide.inverse(value, params).value.dataSync()[0] - z)).toBeLessThan(
        1e-5 * Math.max(1, Math.abs(z)),
      );
    }
  });
});

test.each([0, -1, 1.5, Number.NaN])("%s components are refused", (components) => {
  expect(() => mixtureLogisticCdf({ components })).toThrow(
    `expected components ≥ 1, a whole number; got ${components}`,
  );
});
