import { NoInverseError } from "../ground/errors.ts";
import type { Solution } from "../ground/solution.ts";

/** A mixture of logistic distributions in double precision, component by component. */
export interface LogisticMixture {
  readonly logWeights: ArrayLike<number>;
  readonly means: ArrayLike<number>;
  readonly scales: ArrayLike<number>;
}

/** Of the solution, as a share of numbers beyond 1. */
const TOLERANCE = 1e-12;
const ROUNDING = 2 ** -53;

/**
 * The x at which a mixture's distribution function F has a given logit: log F(x) − log(1 − F(x)) = y.
 *
 * It lies between the component's own quantiles, μ_k + s_k·y. Newton steps from there, each going on by a trifle beyond
 * where it leads, so that the root ends up between two points that have been tried; where a step leaves the bracket, or
 * the last one has not halved the difference, the bracket is halved instead.
 *
 * @returns x, and a proven bound of its error: the width of the bracket, and what rounding in double precision may have
 *   made of the sign at its ends.
 * @throws NoInverseError if a number is not finite.
 */
export function mixtureQuantile(y: number, mixture: LogisticMixture): { x: number } & Solution {
  let [low, high] = bracketOf(y, mixture);
  let x = low + (high - low) / 2;
  let previous = Infinity;
  for (let iterations = 1; iterations <= 200; iterations++) {
    const { value, slope } = logitAt(x, mixture);
    const difference = value - y;
    if (Number.isNaN(difference)) break;
    if (difference > 0) high = x;
    else low = x;
    const limit = TOLERANCE * Math.max(1, Math.abs(x));
    if (high - low <= limit) {
      const rounding = (16 * ROUNDING * Math.max(1, Math.abs(value))) / slope;
      return { x, iterations, residual: Math.abs(difference), errorBound: high - low + rounding };
    }
    const beyond = Math.sign(-difference) * limit * 0.25;
    const newton = x - difference / slope + beyond;
    const converging = Math.abs(difference) < previous / 2;
    previous = Math.abs(difference);
    x = converging && newton > low && newton < high ? newton : low + (high - low) / 2;
  }
  throw new NoInverseError(
    `mixtureLogisticCdf: found no x whose logit(F(x)) is ${y}; expected finite numbers`,
  );
}

/** A little wider than the quantiles: those at its ends may be rounded inwards. */
function bracketOf(y: number, { means, scales }: LogisticMixture): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let k = 0; k < means.length; k++) {
    const quantile = means[k] + scales[k] * y;
    low = Math.min(low, quantile);
    high = Math.max(high, quantile);
  }
  const more = 8 * ROUNDING * Math.max(Math.abs(low), Math.abs(high), 1);
  return [low - more, high + more];
}

/**
 * log F − log(1 − F) and its slope, Σ_k (r_k·(1 − σ_k) + r̄_k·σ_k)/s_k, with σ_k = σ((x − μ_k)/s_k) and the shares r_k and
 * r̄_k that component k has of F and of 1 − F.
 */
function logitAt(
  x: number,
  { logWeights, means, scales }: LogisticMixture,
): { value: number; slope: number } {
  const count = means.length;
  let [largestBelow, largestAbove] = [-Infinity, -Infinity];
  for (let k = 0; k < count; k++) {
    const v = (x - means[k]) / scales[k];
    // log σ(−|v|) + |v| = log σ(|v|).
    const near = -Math.log1p(Math.exp(-Math.abs(v)));
    below[k] = logWeights[k] + near + Math.min(v, 0);
    above[k] = logWeights[k] + near - Math.max(v, 0);
    largestBelow = Math.max(largestBelow, below[k]);
    largestAbove = Math.max(largestAbove, above[k]);
  }
  let [sumBelow, sumAbove, slopeBelow, slopeAbove] = [0, 0, 0, 0];
  for (let k = 0; k < count; k++) {
    const v = (x - means[k]) / scales[k];
    const tail = Math.exp(-Math.abs(v));
    const [small, large] = [tail / (1 + tail), 1 / (1 + tail)];
    const [own, rest] = v < 0 ? [small, large] : [large, small];
    const [p, q] = [Math.exp(below[k] - largestBelow), Math.exp(above[k] - largestAbove)];
    sumBelow += p;
    sumAbove += q;
    slopeBelow += (p * rest) / scales[k];
    slopeAbove += (q * own) / scales[k];
  }
  return {
    value: largestBelow - largestAbove + Math.log(sumBelow / sumAbove),
    slope: slopeBelow / sumBelow + slopeAbove / sumAbove,
  };
}

/** Filled anew by each call, so that none has to make them. */
const [below, above]: number[][] = [[], []];
