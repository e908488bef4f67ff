import { clip } from "../../engine/clip.ts";
import { tf } from "../../engine/tf.ts";
import { checkOptions, dropAbsent } from "../../ground/arguments/check-options.ts";
import { aNumber } from "../../ground/arguments/kinds.ts";
import type { Bijection } from "../bijection.ts";
import { bijection } from "../building/builder.ts";
import { checkDomain } from "../domain.ts";

/**
 * The logit transform for images: from the real line to the unit interval and a little beyond, so that a density on
 * the real line can describe bounded pixels.
 *
 * inverse: z = logit(α + (1 − 2α)·x), which keeps x = 0 and x = 1 at the finite logit(α) and −logit(α).
 * forward: x = (σ(z) − α)/(1 − 2α);  logDet = −softplus(z) − softplus(−z) − log(1 − 2α) nats for each number.
 * The image of the real line is (−α/(1 − 2α), 1 + α/(1 − 2α)).
 *
 * @param options.alpha α, between 0 and ½; 0.05 if left out.
 * @throws RangeError if α is not between 0 and ½, or, from `inverse`, if a number is beyond the image of the real
 *   line, such as a pixel from 0 to 255; reading it costs a wait for the backend.
 * @see Dinh, Sohl-Dickstein, Bengio 2017, arXiv:1605.08803v3, section 4.1, which has 1 − α for 1 − 2α; with 1 − 2α
 *   Papamakarios, Pavlakou, Murray 2017, arXiv:1705.07057v4.
 */
export function logitTransform(options: { alpha?: number } = {}): Bijection {
  checkOptions("logitTransform", options, "logitTransform({ alpha: 0.05 })", { alpha: aNumber });
  const { alpha } = { alpha: 0.05, ...dropAbsent(options) };
  if (!(alpha > 0 && alpha < 0.5))
    throw new RangeError(`logitTransform: expected alpha between 0 and 0.5; got ${alpha}`);
  const [width, logWidth] = [1 - 2 * alpha, Math.log(1 - 2 * alpha)];
  // `forward` rounds, at the ends by a few parts in 10⁷.
  const beyond = alpha / width + 1e-6 * (1 + alpha / width);
  return bijection({
    name: "logit transform",
    event: [],
    forward: (z) => ({
      value: tf.mul(tf.sub(tf.sigmoid(z), alpha), 1 / width),
      logDet: tf.sub(tf.neg(tf.add(tf.softplus(z), tf.softplus(tf.neg(z)))), logWidth),
    }),
    inverse: (x) => {
      const supported = checkDomain("logit transform", x, [-beyond, 1 + beyond]);
      const p = clip(tf.add(tf.mul(x, width), alpha), SMALLEST, LARGEST);
      const [logP, logRest] = [tf.log(p), tf.log1p(tf.neg(p))];
      return { value: tf.sub(logP, logRest), logDet: supported(tf.sub(logWidth, tf.add(logP, logRest))) };
    },
    lipschitz: (direction) => (direction === "forward" ? 0.25 / width : Infinity),
    config: { type: "logitTransform", alpha },
  });
}

/** Nearest float32 numbers inside the open unit interval: 0 and 1 themselves have an infinite logit. */
const [SMALLEST, LARGEST] = [2 ** -126, 1 - 2 ** -24];
