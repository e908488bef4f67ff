import { checkOptions } from "../../ground/arguments/check-options.ts";
import { aFew, aNumber, listOf } from "../../ground/arguments/kinds.ts";
import type { Interval } from "../../transformers/splines/bins.ts";
import { piecewiseLinearTransformer } from "../../transformers/splines/piecewise-linear.ts";
import type { Bijection } from "../bijection.ts";
import { learnedElementwise } from "./learned-elementwise.ts";

/**
 * Learned piecewise linear map of each element: K bins inside of an interval, the identity outside.
 *
 * h′ = Σ_{k≤b} φ_k + (K·h − b)·φ_{b+1} with h the position in the interval, b = ⌊K·h⌋, φ_k > 0 and Σ φ_k = 1;
 * logDet = log(K·φ_{b+1}) nats for each element. It starts as the identity.
 *
 * @param options.bins K, from 2; 8 if left out.
 * @param options.interval [−3, 3] if left out.
 * @param options.shape Of the elements with parameters of their own, the last axes of an event, over which logDet is then
 *   summed; [] if left out.
 * @throws RangeError if the bins, the interval or the shape make no sense.
 * @throws ShapeError when applied to events that the shape does not fit.
 * @see Prince, Understanding Deep Learning, equation 16.12, and {@link piecewiseLinearTransformer}.
 */
export function piecewiseLinear(
  options: { bins?: number; interval?: Interval; shape?: readonly number[] } = {},
): Bijection {
  checkOptions("piecewiseLinear", options, "piecewiseLinear({ bins: 8 })", {
    bins: aFew,
    interval: listOf(aNumber),
    shape: listOf(aNumber),
  });
  const { shape = [], ...rest } = options;
  const transformer = piecewiseLinearTransformer(rest);
  return learnedElementwise("piecewise linear", transformer, shape, { ...transformer.config, shape });
}
