import { checkHas, checkOptions } from "../../ground/arguments/check-options.ts";
import { aNumber, anything, listOf } from "../../ground/arguments/kinds.ts";
import type { Transformer } from "../../transformers/transformer.ts";
import type { Bijection } from "../bijection.ts";
import { learnedElementwise } from "./learned-elementwise.ts";

/**
 * Any transformer with learned parameters that depend on nothing: a map of each number by itself.
 *
 * x_i = f(z_i; φ_i);  logDet = log f′(z_i; φ_i) nats for each number, added up over the axes of `shape`. It starts as the
 * identity. [...batch, ...shape] ↔ [...batch, ...shape].
 *
 *     elementwise({ transformer: cubicSpline({ bins: 8 }) })
 *
 * @param options.transformer f: {@link quadraticSpline}, {@link mixtureLogisticCdf} …
 * @param options.shape Of the elements with parameters of their own, the last axes of an event; [] if left out: one set
 *   for all numbers.
 * @throws TypeError if there is no transformer. @throws RangeError if the shape is none.
 * @throws ShapeError when applied to events that the shape does not fit.
 * @see Prince, Understanding Deep Learning, equations 16.10 and 16.11.
 */
export function elementwise(options: {
  readonly transformer: Transformer;
  readonly shape?: readonly number[];
}): Bijection {
  checkOptions("elementwise", options, "elementwise({ transformer: cubicSpline() })", {
    transformer: anything,
    shape: listOf(aNumber),
  });
  const { transformer, shape = [] } = options;
  checkHas(
    "elementwise",
    transformer,
    ["forward", "inverse", "parameters"],
    "a transformer, such as cubicSpline()",
  );
  const config = { type: "elementwise", transformer: transformer.config, shape: [...shape] };
  return learnedElementwise(`elementwise ${transformer.config.type}`, transformer, shape, config);
}
