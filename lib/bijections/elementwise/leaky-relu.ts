import { asFloat } from "../../engine/as-float.ts";
import { tf } from "../../engine/tf.ts";
import { aNumber, checkKind } from "../../ground/arguments/kinds.ts";
import type { Bijection } from "../bijection.ts";
import { bijection } from "../building/builder.ts";

/**
 * Leaky ReLU: the identity above 0, a smaller slope below.
 *
 * x = z for z ≥ 0, α·z for z < 0;  logDet = 0 or log α nats, for each element.
 *
 * @param slope α, positive; 0.1 if left out.
 * @throws RangeError if the slope is not a positive number.
 * @see Prince, Understanding Deep Learning, section 16.3.2, and equation 16.31 with α = 0.1.
 */
export function leakyRelu(slope = 0.1): Bijection {
  checkKind("leakyRelu", "slope", slope, aNumber);
  if (!(slope > 0 && slope < Infinity))
    throw new RangeError(`leakyRelu: expected a positive slope; got ${slope}`);
  // Both directions keep the sign, so that one function serves them.
  const bend = (input: tf.Tensor, below: number) => {
    const negative = asFloat(tf.less(input, 0));
    return {
      value: tf.mul(input, tf.add(1, tf.mul(negative, below - 1))),
      logDet: tf.mul(negative, Math.log(below)),
    };
  };
  return bijection({
    name: "leaky ReLU",
    config: { type: "leakyRelu", slope },
    event: [],
    forward: (z) => bend(z, slope),
    inverse: (x) => bend(x, 1 / slope),
    lipschitz: (direction) => Math.max(1, direction === "forward" ? slope : 1 / slope),
  });
}
