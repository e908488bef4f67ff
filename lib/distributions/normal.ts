import { sumEvent } from "../bijections/event.ts";
import { tf } from "../engine/tf.ts";
import type { Distribution } from "./distribution.ts";

/**
 * Standard normal distribution with independent components.
 *
 * log p(z) = −½ Σ_i (z_i² + log 2π).
 *
 * @param eventShape Shape of one event; [] (a number) if left out.
 * @see Textbook, appendix C.3.2.
 */
export function standardNormal(eventShape: readonly number[] = []): Distribution {
  const logNormalizer = Math.log(2 * Math.PI);
  return {
    eventShape,
    logProb: (z) =>
      tf.tidy(() => sumEvent(tf.mul(tf.add(tf.square(z), logNormalizer), -0.5), eventShape.length)),
    sample: (count, random) => random.normalTensor([count, ...eventShape]),
  };
}
