import { describe, expect, test } from "vitest";
import { standardNormal } from "../../distributions/normal.ts";
import { tf } from "../../engine/tf.ts";
import { NoInverseError } from "../../ground/errors.ts";
import { normalCdf, normalDensity } from "../../ground/functions/normal-functions.ts";
import { mixtureNormalCdf } from "./mixture-normal-cdf.ts";
import { normalMixtureQuantile } from "./normal-quantile.ts";

const [WEIGHTS, MEANS, SCALES] = [
  [0.2, 0.5, 0.3],
  [-3, 0.5, 4],
  [0.3, 1.2, 0.05],
];
const own = { logWeights: WEIGHTS.map(Math.log), means: MEANS, scales: SCALES };
/** The raw parameters of this mixture. */
const raw = [
  ...own.logWeights,
  ...MEANS.map((mean, k) => mean / (0.5 + k / 2)),
  ...SCALES.map((scale) => 4 * Math.atanh(Math.log(scale) / 4)),
];

describe("a mixture of normals", () => {
  test("has on a standard normal base the density of the mixture itself, in the tails as in the middle", () => {
    const x = Array.from({ length: 121 }, (_, i) => -9 + 0.15 * i).map(Math.fround);
    const { value, logDet } = mixtureNormalCdf({ components: 3 }).inverse(
      tf.tensor1d(x),
      tf.tensor2d(x.map(() => raw)),
    );
    const found = tf.add(standardNormal().logProb(value), logDet).dataSync();
    for (const [i, at] of x.entries()) {
      const density = WEIGHTS.reduce(
        (sum, weight, k) => sum + (weight * normalDensity((at - MEANS[k]) / SCALES[k])) / SCALES[k],
        0,
      );
      // z²/2 and the log-slope cancel up to 32 of their size, each rounded to 6e-8; the float32 parameters, divided by 0.05.
      expect(Math.abs(found[i] - Math.log(density)), `at ${at}`).toBeLessThan(3e-5);
    }
  });

  test("its quantiles have the probability that was asked for, and say how near they are", () => {
    for (const z of [-7, -2.5, -0.4, 0, 1e-9, 0.7, 1.2, 3, 6]) {
      const { x, errorBound } = normalMixtureQuantile(z, own);
      expect(errorBound).toBeLessThan(1e-11);
      const below = WEIGHTS.reduce(
        (sum, weight, k) => sum + weight * normalCdf((x - MEANS[k]) / SCALES[k]),
        0,
      );
      const above = WEIGHTS.reduce(
        (sum, weight, k) => sum + weight * normalCdf((MEANS[k] - x) / SCALES[k]),
        0,
      );
      const [found, wanted] = z < 0 ? [below, normalCdf(z)] : [above, normalCdf(-z)];
      expect(Math.abs(found / wanted - 1), `at ${z}`).toBeLessThan(1e-9);
    }
    expect(() => normalMixtureQuantile(Number.NaN, own)).toThrow(NoInverseError);
    // Far out only the widest component counts: F(x) ≈ ½·Φ((x − 0.5)/1.2).
    expect(normalMixtureQuantile(-1e4, own).x).toBeCloseTo(0.5 - 1.2e4, 3);
  });

  test("begins as the identity", () => {
    const z = tf.tensor1d([-8, -1, 0, 0.5, 6]);
    const { value, logDet } = mixtureNormalCdf().inverse(z, tf.zeros([5, 12]));
    value.dataSync().forEach((v, i) => void expect(Math.abs(v - z.dataSync()[i])).toBeLessThan(2e-6));
    logDet.dataSync().forEach((v) => void expect(Math.abs(v)).toBeLessThan(2e-6));
  });
});
