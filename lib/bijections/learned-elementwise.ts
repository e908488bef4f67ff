import { tf } from "../engine/tf.ts";
import type { Transformer } from "../transformers/transformer.ts";
import type { Bijection, Config } from "./bijection.ts";

/**
 * A transformer with learned parameters that depend on nothing: an elementwise map.
 *
 * x_i = f(z_i; φ_i);  logDet = log f′(z_i; φ_i) nats for each element. It starts as the identity, φ = 0.
 *
 * @param shape Of the elements that have parameters of their own, broadcasting with the event; [] shares one set.
 * @see Prince, Understanding Deep Learning, equations 16.10 and 16.11.
 */
export function learnedElementwise(
  name: string,
  transformer: Transformer,
  shape: readonly number[],
  config: Config,
): Bijection {
  const params = tf.tidy(() => tf.variable(tf.zeros([...shape, transformer.parameters])));
  return {
    name,
    config,
    eventRank: 0,
    inverseKind: "analytic",
    forward: (z) => transformer.forward(z, params),
    inverse: (x) => transformer.inverse(x, params),
    variables: [params],
  };
}
