import type { Solution } from "../../ground/solution.ts";

/** A mixture in double precision, component by component. */
export interface Mixture {
  readonly logWeights: ArrayLike<number>;
  readonly means: ArrayLike<number>;
  readonly scales: ArrayLike<number>;
}

/** How far a point is from the one that is looked for, by a function that increases there. */
export interface Trial {
  readonly difference: number;
  readonly slope: number;
  /** The size of what was subtracted, which was rounded. */
  readonly size: number;
}

/** Of the solution, as a share of numbers beyond 1. */
const TOLERANCE = 1e-12;
const ROUNDING = 2 ** -53;
const MOST_ITERATIONS = 300;

/**
 * A quantile of a mixture. Of one component of mean 0 and scale 1 it would be q, so it lies between the components' own,
 * μ_k + s_k·q.
 *
 * Newton steps from there, each going on by a trifle beyond where it leads, so that the root ends up between two points that
 * have been tried; where a step leaves the bracket, or the last one has not halved the difference, the bracket is halved
 * instead.
 *
 * @param standard q.
 * @returns x, and a proven bound of its error: the width of the bracket, and what rounding in double precision may have
 *   made of the sign at its ends. Undefined if a number is not finite.
 */
export function findQuantile(
  standard: number,
  mixture: Mixture,
  trial: (x: number) => Trial,
): ({ x: number } & Solution) | undefined {
  let [low, high] = bracketOf(standard, mixture);
  let x = low + (high - low) / 2;
  let previous = Infinity;
  for (let iterations = 1; iterations <= MOST_ITERATIONS; iterations++) {
    const { difference, slope, size } = trial(x);
    if (Number.isNaN(difference)) return undefined;
    if (difference > 0) high = x;
    else low = x;
    const limit = TOLERANCE * Math.max(1, Math.abs(x));
    if (high - low <= limit) {
      const rounding = (16 * ROUNDING * Math.max(1, size)) / slope;
      return { x, iterations, residual: Math.abs(difference), errorBound: high - low + rounding };
    }
    const newton = x - difference / slope - Math.sign(difference) * limit * 0.25;
    const converges = Math.abs(difference) < previous / 2;
    previous = Math.abs(difference);
    x = converges && newton > low && newton < high ? newton : low + (high - low) / 2;
  }
  return undefined;
}

/** A little wider than the quantiles: those at its ends may be rounded inwards. */
function bracketOf(standard: number, { means, scales }: Mixture): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let k = 0; k < means.length; k++) {
    const quantile = means[k] + scales[k] * standard;
    low = Math.min(low, quantile);
    high = Math.max(high, quantile);
  }
  const more = 8 * ROUNDING * Math.max(Math.abs(low), Math.abs(high), 1);
  return [low - more, high + more];
}
