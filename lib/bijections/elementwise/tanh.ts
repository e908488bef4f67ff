import { clip } from "../../engine/clip.ts";
import { tf } from "../../engine/tf.ts";
import type { Bijection } from "../bijection.ts";
import { bijection } from "../building/builder.ts";
import { checkDomain } from "../domain.ts";

/** Nearest float32 number inside of the open interval: 1 itself would have an infinite inverse. */
const OUTERMOST = 1 - 2 ** -24;

/**
 * Hyperbolic tangent, from the real line to the open interval from −1 to 1, element by element.
 *
 * x = tanh z;  logDet = log(1 − tanh² z) = 2·log 2 − softplus(2z) − softplus(−2z) nats for each element, also where
 * tanh² z is rounded to 1; −∞ at z = ±∞.
 * Back: z = (log(1 + x) − log(1 − x))/2, after ±1 have been moved to the nearest numbers inside.
 *
 * @throws RangeError from `inverse`, if a number is outside [−1, 1], or NaN; reading it costs a wait for the backend.
 */
export function tanh(): Bijection {
  return bijection({
    name: "tanh",
    config: { type: "tanh" },
    event: [],
    forward: (z) => ({
      value: clip(tf.tanh(z), -OUTERMOST, OUTERMOST),
      logDet: tf.sub(2 * Math.LN2, tf.add(tf.softplus(tf.mul(z, 2)), tf.softplus(tf.mul(z, -2)))),
    }),
    inverse: (x) => {
      const supported = checkDomain("inverse of tanh", x, [-1, 1]);
      const inside = clip(x, -OUTERMOST, OUTERMOST);
      const [above, below] = [tf.log1p(inside), tf.log1p(tf.neg(inside))];
      return { value: tf.mul(tf.sub(above, below), 0.5), logDet: supported(tf.neg(tf.add(above, below))) };
    },
    lipschitz: (direction) => (direction === "forward" ? 1 : Infinity),
  });
}
