import { isRecording } from "../compile/recording.ts";
import { tf } from "../engine/tf.ts";

/**
 * Makes sure that numbers are where a map is defined; reading them costs a wait for the backend.
 *
 * A compiled graph cannot stop with an error. There the log-determinant becomes −∞ instead: the density of a point
 * that no base point leads to is 0.
 *
 * @returns What to apply to the log-determinant.
 * @throws RangeError if a number is outside of [low, high].
 */
export function checkDomain(
  name: string,
  x: tf.Tensor,
  [low, high]: readonly [number, number],
): (logDet: tf.Tensor) => tf.Tensor {
  if (isRecording()) return (logDet) => tf.where(isInside(x, low, high), logDet, -Infinity);
  if (x.size === 0) return (logDet) => logDet;
  const [smallest, largest] = [tf.min, tf.max].map((end) => tf.tidy(() => end(x)));
  const ends = [smallest, largest].map((end) => end.dataSync()[0]);
  tf.dispose([smallest, largest]);
  if (ends[0] >= low && ends[1] <= high) return (logDet) => logDet;
  const wanted = high === Infinity ? `of at least ${low}` : `from ${low} to ${high}`;
  throw new RangeError(`${name}: expected numbers ${wanted}; got ${ends[0]} to ${ends[1]}`);
}

function isInside(x: tf.Tensor, low: number, high: number): tf.Tensor {
  return tf.logicalAnd(tf.greaterEqual(x, low), tf.lessEqual(x, high));
}
