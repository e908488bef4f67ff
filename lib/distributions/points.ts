import { asFloat } from "../engine/as-float.ts";
import type { tf } from "../engine/tf.ts";
import { ShapeError } from "../ground/errors.ts";

/**
 * What a distribution is asked the density of, as a float32 tensor [...batch, ...event].
 *
 * @throws TypeError if it is no numbers.
 * @throws ShapeError if the last axes are not one event: others would be repeated, and counted as several.
 */
export function pointsOf(
  who: string,
  z: tf.Tensor | tf.TensorLike,
  eventShape: readonly number[],
): tf.Tensor {
  const points = asFloat(z, `${who}, logProb`);
  const own = points.shape.slice(points.rank - eventShape.length);
  if (points.rank >= eventShape.length && eventShape.every((length, axis) => length === own[axis]))
    return points;
  throw new ShapeError(
    `${who}, logProb: expected events of shape [${eventShape}] after the batch axes; got shape [${points.shape}]`,
  );
}
