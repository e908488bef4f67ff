import { NoInverseError } from "../../ground/errors.ts";
import type { Solution } from "../../ground/solution.ts";
import { findQuantile, type Mixture } from "./find-quantile.ts";

/**
 * The x at which the distribution function F of a mixture of logistic distributions has a given logit:
 * log F(x) − log(1 − F(x)) = y.
 *
 * @returns x, and a proven bound of its error: see {@link findQuantile}.
 * @throws NoInverseError if a number is not finite.
 */
export function logisticQuantile(y: number, mixture: Mixture): { x: number } & Solution {
  const found = findQuantile(y, mixture, (x) => {
    const { value, slope } = logitAt(x, mixture);
    return { difference: value - y, slope, size: Math.abs(value) };
  });
  if (found) return found;
  throw new NoInverseError(
    `mixtureLogisticCdf: found no x whose logit(F(x)) is ${y}; expected finite numbers`,
  );
}

/**
 * log F − log(1 − F) and its slope, Σ_k (r_k·(1 − σ_k) + r̄_k·σ_k)/s_k, with σ_k = σ((x − μ_k)/s_k) and the shares r_k and
 * r̄_k that component k has of F and of 1 − F.
 */
function logitAt(x: number, { logWeights, means, scales }: Mixture): { value: number; slope: number } {
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
