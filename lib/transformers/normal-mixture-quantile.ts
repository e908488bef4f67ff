import { NoInverseError } from "../ground/errors.ts";
import { normalCdf } from "../ground/functions/normal-functions.ts";
import type { Solution } from "../ground/solution.ts";

/** A mixture of normal distributions in double precision, component by component. */
export interface NormalMixture {
  readonly logWeights: ArrayLike<number>;
  readonly means: ArrayLike<number>;
  readonly scales: ArrayLike<number>;
}

/** Of the solution, as a share of numbers beyond 1. */
const TOLERANCE = 1e-12;
const ROUNDING = 2 ** -53;

/**
 * The x at which a mixture's distribution function is that of the standard normal distribution at z: F(x) = Φ(z).
 *
 * It lies between the components' own quantiles, μ_k + σ_k·z. There the logarithms of the smaller tails are compared, in
 * which Newton's steps are short of the mark at worst; where one leaves the bracket, or has not halved the difference, the
 * bracket is halved instead. Each step goes on by a trifle, so that the root ends up between two points that were tried.
 *
 * @returns x, and a proven bound of its error: the width of the bracket, and what rounding may have made of the sign at its
 *   ends.
 * @throws NoInverseError if a number is not finite.
 */
export function normalMixtureQuantile(z: number, mixture: NormalMixture): { x: number } & Solution {
  // Above the middle, all is seen in a mirror.
  const mirror = z < 0 ? 1 : -1;
  const target = logCdf(mirror * z).value;
  let [low, high] = bracketOf(z, mixture);
  let x = low + (high - low) / 2;
  let previous = Infinity;
  for (let iterations = 1; iterations <= 300; iterations++) {
    const tail = logTailAt(x, mirror, mixture);
    const difference = mirror * (tail.value - target);
    if (Number.isNaN(difference)) break;
    if (difference > 0) high = x;
    else low = x;
    const limit = TOLERANCE * Math.max(1, Math.abs(x));
    if (high - low <= limit) {
      const rounding = (16 * ROUNDING * Math.max(1, Math.abs(target))) / tail.slope;
      return { x, iterations, residual: Math.abs(difference), errorBound: high - low + rounding };
    }
    const newton = x - difference / tail.slope - Math.sign(difference) * limit * 0.25;
    const converges = Math.abs(difference) < previous / 2;
    previous = Math.abs(difference);
    x = converges && newton > low && newton < high ? newton : low + (high - low) / 2;
  }
  throw new NoInverseError(`mixtureNormalCdf: found no x with F(x) = Φ(${z}); expected finite numbers`);
}

/** A little wider than the quantiles: those at its ends may be rounded inwards. */
function bracketOf(z: number, { means, scales }: NormalMixture): [number, number] {
  const quantiles = Array.from(means, (mean, k) => mean + scales[k] * z);
  const [low, high] = [Math.min(...quantiles), Math.max(...quantiles)];
  const more = 8 * ROUNDING * Math.max(Math.abs(low), Math.abs(high), 1);
  return [low - more, high + more];
}

/** log F(x), or in the mirror log(1 − F(x)), and the size of its slope. */
function logTailAt(x: number, mirror: number, { logWeights, means, scales }: NormalMixture) {
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
