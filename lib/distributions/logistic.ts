import { tf } from "../engine/tf.ts";
import { checkOptions } from "../ground/arguments/check-options.ts";
import { aNumber, anything, either, listOf } from "../ground/arguments/kinds.ts";
import type { Distribution } from "./distribution.ts";
import { type LocationScale, locationScale } from "./location-scale.ts";

/**
 * Logistic distribution with independent components; its distribution function is the sigmoid.
 *
 * log p(z) = Σ_i u_i − 2 log(1 + exp u_i) − log scale_i nats with u_i = (z_i − mean_i)/scale_i; entropy
 * Σ_i 2 + log scale_i nats.
 * The tails fall as exp(−|u|): heavier than normal, and what a sigmoid turns into the uniform distribution.
 *
 * @throws RangeError if a mean is not finite, or a scale not positive and finite.
 * @throws ShapeError if a list of means or scales does not have one number for each component.
 * @see Dinh, Krueger, Bengio 2014, "NICE", arXiv:1410.8516v6 (as the base of a flow).
 */
export function logistic(options: LocationScale = {}): Distribution {
  checkOptions("logistic", options, "logistic({ scale: 2 })", {
    mean: either(aNumber, listOf(aNumber)),
    scale: either(aNumber, listOf(aNumber)),
    eventShape: anything,
  });
  const standard = {
    // In −|u|, which has the same density: u − 2 log(1 + exp u) would be ∞ − ∞ where u overflows.
    logDensity: (u: tf.Tensor) => {
      const below = tf.neg(tf.abs(u));
      return tf.sub(below, tf.mul(tf.softplus(below), 2));
    },
    draw: (count: number, random: { uniform(count: number): number[] }) => random.uniform(count).map(logit),
    entropy: 2,
  };
  return locationScale(standard, options, { type: "logistic" });
}

/** A uniform number may be 0 (it stands for all up to 2⁻⁵³), which would give −∞. */
function logit(u: number): number {
  const p = Math.max(u, 2 ** -54);
  return Math.log(p) - Math.log1p(-p);
}
