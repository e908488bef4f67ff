import { type RationalQuadraticOptions, rationalQuadratic } from "../transformers/rational-quadratic.ts";
import type { Bijection } from "./bijection.ts";
import { learnedElementwise } from "./learned-elementwise.ts";

/**
 * Learned rational-quadratic spline of each element: K bins inside of an interval, the identity outside; or, with
 * `circular`, of the circle of angles from −π to π onto itself.
 *
 * Formulas: {@link rationalQuadratic}. logDet is the log-slope of each element. It starts as the identity.
 *
 * @param options.shape Of the elements with parameters of their own, broadcasting with the event; [] if left out.
 * @throws RangeError if the bins or the interval make no sense.
 * @see Durkan et al., "Neural Spline Flows", arXiv:1906.04032, section 3.1.
 */
export function rationalQuadraticSpline(
  options: RationalQuadraticOptions & { readonly shape?: readonly number[] } = {},
): Bijection {
  const { shape = [], ...rest } = options;
  const transformer = rationalQuadratic(rest);
  const config = { ...transformer.config, type: "rationalQuadraticSpline", shape };
  return learnedElementwise("rational-quadratic spline", transformer, shape, config);
}
