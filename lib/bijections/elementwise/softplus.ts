import { tf } from "../../engine/tf.ts";
import type { Bijection } from "../bijection.ts";
import { bijection } from "../building/builder.ts";
import { checkDomain } from "../domain.ts";

/** Smallest normal float32 number: 0 itself would have an infinite inverse. */
const INNERMOST = 2 ** -126;

/**
 * Softplus, from the real line to the positive numbers, element by element.
 *
 * x = log(1 + exp z);  logDet = −softplus(−z) nats, for each element.
 * Back: z = x + log(1 − exp(−x)), after 0 has been moved to the smallest positive number; logDet = x − z.
 *
 * @throws RangeError from `inverse`, if a number is negative, or NaN; reading it costs a wait for the backend.
 */
export function softplus(): Bijection {
  return bijection({
    name: "softplus",
    config: { type: "softplus" },
    event: [],
    forward: (z) => ({
      value: tf.maximum(tf.softplus(z), INNERMOST),
      logDet: tf.neg(tf.softplus(tf.neg(z))),
    }),
    inverse: (x) => {
      const supported = checkDomain("inverse of softplus", x, [0, Infinity]);
      const positive = tf.maximum(x, INNERMOST);
      const lacking = tf.log(tf.neg(tf.expm1(tf.neg(positive))));
      return { value: tf.add(positive, lacking), logDet: supported(tf.neg(lacking)) };
    },
    lipschitz: (direction) => (direction === "forward" ? 1 : Infinity),
  });
}
