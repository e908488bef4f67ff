import { tf } from "../../engine/tf.ts";
import { checkParameters } from "../../ground/arguments/most-numbers.ts";
import type { Config } from "../../ground/config.ts";
import type { Transformer } from "../../transformers/transformer.ts";
import type { Bijection } from "../bijection.ts";
import { bijection } from "../building/builder.ts";
import { concernsOutside } from "../building/concerns.ts";
import { eventFor } from "../building/event.ts";

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
  const event = eventFor(name, shape);
  checkParameters(name, [...shape, transformer.parameters]);
  const params = tf.tidy(() => tf.variable(tf.zeros([...shape, transformer.parameters])));
  return bijection({
    name,
    config,
    event,
    ...(transformer.forwardKind && { forwardKind: transformer.forwardKind }),
    forward: (z) => transformer.forward(z, params),
    inverse: (x) => transformer.inverse(x, params),
    ...concernsOutside(transformer.interval),
    variables: { params },
  });
}
