import { checkOptions } from "../../ground/arguments/check-options.ts";
import { inNameOf } from "../../ground/arguments/in-name-of.ts";
import { aFew, aFlag, aNumber, listOf } from "../../ground/arguments/kinds.ts";
import {
  type RationalQuadraticOptions,
  rationalQuadratic,
} from "../../transformers/splines/rational-quadratic.ts";
import type { Bijection } from "../bijection.ts";
import { learnedElementwise } from "./learned-elementwise.ts";

/**
 * Learned rational-quadratic spline of each element: K bins inside of an interval, the identity outside; or, with
 * `circular`, of the circle of angles from −π to π onto itself.
 *
 * Formulas: {@link rationalQuadratic}. logDet: the log-slope of each element, in nats. It starts as the identity. On the
 * circle ±π stays where it is: a {@link rotation} before or after the spline moves it.
 *
 * @param options.shape Of the elements with parameters of their own, the last axes of an event, over which logDet is then
 *   summed; [] if left out.
 * @throws RangeError if the bins, the interval or the shape make no sense.
 * @throws ShapeError when applied to events that the shape does not fit.
 * @see Durkan, Bekasov, Murray, Papamakarios 2019, "Neural Spline Flows", arXiv:1906.04032v2, equations 4 to 8.
 */
export function rationalQuadraticSpline(
  options: RationalQuadraticOptions & { readonly shape?: readonly number[] } = {},
): Bijection {
  checkOptions("rationalQuadraticSpline", options, "rationalQuadraticSpline({ bins: 8 })", {
    bins: aFew,
    interval: listOf(aNumber),
    circular: aFlag,
    shape: listOf(aNumber),
  });
  const { shape = [], ...rest } = options;
  const transformer = inNameOf("rationalQuadraticSpline", () => rationalQuadratic(rest));
  const config = { ...transformer.config, type: "rationalQuadraticSpline", shape };
  return learnedElementwise("rational-quadratic spline", transformer, shape, config);
}
