import { NoInverseError } from "../../ground/errors.ts";
import { normalCdf } from "../../ground/functions/normal-functions.ts";
import type { Solution } from "../../ground/solution.ts";
import { findQuantile, type Mixture } from "./find-quantile.ts";

/**
 * The x at which the distribution function of a mixture of normal distributions is that of the standard one at z: F(x) = Φ(z).
 *
 * The logarithms of the smaller tails are compared, in which Newton's steps are short of the mark at worst.
 *
 * @returns x, and a proven bound of its error: see {@link findQuantile}.
 * @throws NoInverseError if a number is not finite.
 */
export function normalMixtureQuantile(z: number, mixture: Mixture): { x: number } & Solution {
  // Above the middle, all is seen in a mirror.
  const mirror = z < 0 ? 1 : -1;
  const target = logCdf(mirror * z).value;
  const found = findQuantile(z, mixture, (x) => {
    const { value, slope } = logTailAt(x, mirror, mixture);
    return { difference: mirror * (value - target), slope, size: Math.abs(target) };
  });
  if (found) return found;
  throw new NoInverseError(`mixtureNormalCdf: found no x with F(x) = Φ(${z}); expected finite numbers`);
}

/** log F(x), or in the mirror log(1 − F(x)), and the size of its slope. */
function logTailAt(x: number, mirror: number, { logWeights, means, scales }: Mixture) {
  const parts = Array.from(means, (mean, k) => {
    const { value, slope } = logCdf((mirror * (x - mean)) / scales[k]);
    return { value: logWeights[k] + value, slope: slope / scales[k] };
  });
  const largest = Math.max(...parts.map(({ value }) => value));
  const shares = parts.map(({ value }) => Math.exp(value - largest));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const slope = parts.reduce((sum, part, k) => sum + (shares[k] / total) * part.slope, 0);
  return { value: largest + Math.log(total), slope };
}

/** log Φ(v) and its slope φ(v)/Φ(v). */
function logCdf(v: number): { value: number; slope: number } {
  const logDensity = (-v * v) / 2 - 0.5 * Math.log(2 * Math.PI);
  if (v > -30) {
    const value = v > 0 ? Math.log1p(-normalCdf(-v)) : Math.log(normalCdf(v));
    return { value, slope: Math.exp(logDensity - value) };
  }
  // Mills' ratio far out: Φ(−a) = φ(a)/(a + 1/(a + 2/(a + …))), of which six terms are left at a = 30.
  const hazard = [6, 5, 4, 3, 2, 1].reduce((rest, n) => -v + n / rest, -v);
  return { value: logDensity - Math.log(hazard), slope: hazard };
}
