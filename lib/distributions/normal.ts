import { withGradient } from "../engine/tape/with-gradient.ts";
import { tf } from "../engine/tf.ts";
import { checkOptions } from "../ground/arguments/check-options.ts";
import { aNumber, anything, either, listOf } from "../ground/arguments/kinds.ts";
import { sumEvent } from "../ground/sum-event.ts";
import { checkDraw } from "./count.ts";
import type { Distribution } from "./distribution.ts";
import { sizeOfEvent } from "./event-shape.ts";
import { type LocationScale, locationScale } from "./location-scale.ts";
import { pointsOf } from "./points.ts";
import { saturate } from "./saturate.ts";

const LOG_TWO_PI = Math.log(2 * Math.PI);

/**
 * Normal distribution with independent components of standard deviation `scale`.
 *
 * log p(z) = −½ Σ_i (((z_i − mean_i)/scale_i)² + log 2π) − Σ_i log scale_i; entropy Σ_i ½ log 2πe + log scale_i nats.
 *
 * @throws RangeError if a mean is not finite, or a scale not positive and finite.
 * @throws ShapeError if a list of means or scales does not have one number for each component.
 * @see Prince, Understanding Deep Learning, equation 16.27, for one component with mean 0 and scale 1.
 */
export function normal(options: LocationScale = {}): Distribution {
  checkOptions("normal", options, "normal({ scale: 2 })", {
    mean: either(aNumber, listOf(aNumber)),
    scale: either(aNumber, listOf(aNumber)),
    eventShape: anything,
  });
  const standard = {
    logDensity: (u: tf.Tensor, logSize?: tf.Tensor) => logDensity(logSize ? saturate(u) : u),
    draw: (count: number, random: { normal(count: number): number[] }) => random.normal(count),
    entropy: (1 + LOG_TWO_PI) / 2,
  };
  return locationScale(standard, options, { type: "normal" });
}

/**
 * −½(u² + log 2π). Its gradient −u is given, since TensorFlow.js computes it by way of 2u, which float32 may not hold: it
 * would be infinite, and where a mixture takes nothing of it, 0 · ∞.
 */
function logDensity(u: tf.Tensor): tf.Tensor {
  return withGradient(
    { u },
    (own) => [tf.mul(tf.add(tf.square(own.u), LOG_TWO_PI), -0.5)],
    (own, [dy]) => ({ u: tf.mul(dy, tf.neg(own.u)) }),
  )[0];
}

/**
 * Standard normal distribution with independent components.
 *
 * log p(z) = −½ Σ_i (z_i² + log 2π) nats; entropy ½ log 2πe nats for each component.
 *
 * @param eventShape Shape of one event; [] (a number) if left out.
 * @see Prince, Understanding Deep Learning, equation 16.27, for one component.
 */
export function standardNormal(eventShape: readonly number[] = []): Distribution {
  const size = sizeOfEvent("standardNormal", eventShape);
  return {
    eventShape,
    entropy: (size * (1 + LOG_TWO_PI)) / 2,
    config: { type: "standardNormal", eventShape },
    logProb: (z) =>
      tf.tidy(() => {
        const points = pointsOf("standardNormal", z, eventShape);
        return sumEvent(logDensity(points), eventShape.length);
      }),
    sample: (count, random) => {
      checkDraw(count, random, eventShape);
      return random.normalTensor([count, ...eventShape]);
    },
  };
}
