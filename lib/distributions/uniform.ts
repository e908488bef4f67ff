import { tf } from "../engine/tf.ts";
import { aNumber, checkKind } from "../ground/arguments/kinds.ts";
import { sumEvent } from "../ground/sum-event.ts";
import { checkDraw } from "./count.ts";
import type { Distribution } from "./distribution.ts";
import { sizeOfEvent } from "./event-shape.ts";
import { pointsOf } from "./points.ts";

/**
 * Uniform distribution with independent components on [low, high].
 *
 * log p(z) = −Σ_i log(high − low) nats inside, −∞ outside, NaN of NaN; entropy log(high − low) nats for each component.
 *
 * @param eventShape Shape of one event; [] (a number) if left out.
 * @throws RangeError if low is not below high, or one is not finite, in float32.
 */
export function uniform(low = 0, high = 1, eventShape: readonly number[] = []): Distribution {
  checkKind("uniform", "low", low, aNumber);
  checkKind("uniform", "high", high, aNumber);
  if (!(Math.fround(low) < Math.fround(high) && Math.fround(high - low) < Infinity)) {
    throw new RangeError(
      `uniform: expected bounds with low < high that are finite and different in float32; got low ${low} and high ${high}`,
    );
  }
  const size = sizeOfEvent("uniform", eventShape);
  return {
    eventShape,
    entropy: size * Math.log(high - low),
    config: { type: "uniform", low, high, eventShape },
    logProb: (z) =>
      tf.tidy(() => {
        const points = pointsOf("uniform", z, eventShape);
        const outside = tf.logicalOr(tf.less(points, low), tf.greater(points, high));
        // z − z is 0, but for what is not a number.
        const logDensity = tf.where(outside, tf.fill(points.shape, -Infinity), tf.sub(points, points));
        return sumEvent(tf.sub(logDensity, Math.log(high - low)), eventShape.length);
      }),
    sample: (count, random) => {
      checkDraw(count, random, eventShape);
      return random.uniformTensor([count, ...eventShape], low, high);
    },
  };
}
