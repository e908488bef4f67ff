import { tf } from "../../engine/tf.ts";
import type { Config } from "../../ground/config.ts";
import { sumEvent } from "../../ground/sum-event.ts";
import { nameVariables } from "../../ground/variable-names.ts";
import type { Transformer } from "../../transformers/transformer.ts";
import type { Bijection, Mapped } from "../bijection.ts";
import { concernsOutside } from "../building/concerns.ts";
import { unconditional } from "../building/context.ts";
import { checkElements, eventRankOf } from "./element-parameters.ts";

/**
 * A transformer with learned parameters that depend on nothing: an elementwise map.
 *
 * x_i = f(z_i; φ_i);  logDet = Σ_i log f′(z_i; φ_i) nats over the axes of `shape`: with shape [] one for each element.
 * It starts as the identity, φ = 0.
 *
 * @param shape Of the elements that have parameters of their own, the last axes of an event; [] shares one set.
 * @throws RangeError if the shape is none.
 * @throws ShapeError when applied to events that the shape does not fit.
 * @see Prince, Understanding Deep Learning, equations 16.10 and 16.11.
 */
export function learnedElementwise(
  name: string,
  transformer: Transformer,
  shape: readonly number[],
  config: Config,
): Bijection {
  const eventRank = eventRankOf(name, shape);
  const params = tf.tidy(() => tf.variable(tf.zeros([...shape, transformer.parameters])));
  const applyMap = (input: tf.Tensor, map: Transformer["forward"]): Mapped => {
    checkElements(name, input, shape);
    if (eventRank === 0) return map(input, params);
    return tf.tidy(() => {
      const { value, logDet } = map(input, params);
      return { value, logDet: sumEvent(logDet, eventRank) };
    });
  };
  return unconditional({
    name,
    config,
    eventRank,
    inverseKind: "analytic",
    forward: (z) => applyMap(z, transformer.forward),
    inverse: (x) => applyMap(x, transformer.inverse),
    ...concernsOutside(transformer.interval),
    variables: nameVariables({ params }),
  });
}
