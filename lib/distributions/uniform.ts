import { tf } from "../engine/tf.ts";
import { sumEvent } from "../ground/sum-event.ts";
import { checkDraw } from "./count.ts";
import type { Distribution } from "./distribution.ts";

/**
 * Uniform distribution with independent components on [low, high].
 *
 * log p(z) = −Σ_i log(high − low) nats inside, −∞ outside; entropy log(high − low) nats for each component.
 *
 * @param eventShape Shape of one event; [] (a number) if left out.
 * @throws RangeError if low is not below high, or one is not finite.
 */
export function uniform(low = 0, high = 1, eventShape: readonly number[] = []): Distribution {
  if (!(low < high && high - low < Infinity)) {
    throw new RangeError(`expected finite bounds with low < high; got low ${low} and high ${high}`);
  }
  const size = eventShape.reduce((product, length) => product * length, 1);
  return {
    eventShape,
    entropy: size * Math.log(high - low),
    config: { type: "uniform", low, high, eventShape },
    logProb: (z) =>
      tf.tidy(() => {
        const inside = tf.logicalAnd(tf.greaterEqual(z, low), tf.lessEqual(z, high));
        const logDensity = tf.where(inside, tf.zerosLike(z), tf.fill(z.shape, -Infinity));
        return sumEvent(tf.sub(logDensity, Math.log(high - low)), eventShape.length);
      }),
    sample: (count, random) => {
      checkDraw(count, random);
      return random.uniformTensor([count, ...eventShape], low, high);
    },
  };
}
