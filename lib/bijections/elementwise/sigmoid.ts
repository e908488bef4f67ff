import { clip } from "../../engine/clip.ts";
import { tf } from "../../engine/tf.ts";
import type { Bijection } from "../bijection.ts";
import { bijection } from "../building/builder.ts";
import { invert } from "../composition/invert.ts";
import { checkDomain } from "../domain.ts";

/** Nearest float32 numbers inside the open interval: 0 and 1 themselves have an infinite logit. */
const [INNERMOST, OUTERMOST] = [2 ** -126, 1 - 2 ** -24];

/**
 * Logistic sigmoid, from the real line to the open unit interval, element by element.
 *
 * x = 1/(1 + exp(−z));  logDet = −softplus(z) − softplus(−z) nats, for each element.
 * Back: z = log x − log(1 − x), after 0 and 1 have been moved to the nearest numbers inside.
 *
 * @throws RangeError from `inverse`, if a number is outside [0, 1], or NaN; reading it costs a wait for the backend.
 * @see Prince, Understanding Deep Learning, equation 16.28.
 */
export function sigmoid(): Bijection {
  return bijection({
    name: "sigmoid",
    config: { type: "sigmoid" },
    event: [],
    forward: (z) => ({
      value: clip(tf.sigmoid(z), INNERMOST, OUTERMOST),
      logDet: tf.neg(tf.add(tf.softplus(z), tf.softplus(tf.neg(z)))),
    }),
    inverse: (x) => {
      const supported = checkDomain("logit", x, [0, 1]);
      const inside = clip(x, INNERMOST, OUTERMOST);
      const [logX, logRest] = [tf.log(inside), tf.log1p(tf.neg(inside))];
      return { value: tf.sub(logX, logRest), logDet: supported(tf.neg(tf.add(logX, logRest))) };
    },
    lipschitz: (direction) => (direction === "forward" ? 1 / 4 : Infinity),
  });
}

/**
 * Logit, from the unit interval to the real line: {@link sigmoid} with its directions exchanged.
 *
 * x = log z − log(1 − z);  logDet = −log z − log(1 − z) nats, for each element.
 *
 * @throws RangeError from `forward`, if a number is outside [0, 1], or NaN; reading it costs a wait for the backend.
 */
export function logit(): Bijection {
  return { ...invert(sigmoid()), name: "logit", config: { type: "logit" } };
}
