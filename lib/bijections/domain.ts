import { isRecording } from "../engine/compile/recording.ts";
import { tf } from "../engine/tf.ts";
import { DomainError } from "../ground/errors.ts";

/**
 * Makes sure that numbers are where a map is defined; reading them costs a wait for the backend.
 *
 * A compiled graph cannot stop with an error. There, and in {@link withoutDomainErrors}, the log-determinant becomes
 * −∞ instead: the density of a point that no base point leads to is 0. {@link flow} and {@link fit} see that, and
 * compute it once more for the error.
 *
 * @returns What to apply to the log-determinant.
 * @throws DomainError if a number is outside of [low, high], or none at all.
 */
export function checkDomain(
  name: string,
  x: tf.Tensor,
  [low, high]: readonly [number, number],
): (logDet: tf.Tensor) => tf.Tensor {
  if (excused || isRecording()) return (logDet) => tf.where(isInside(x, low, high), logDet, -Infinity);
  if (x.size === 0) return (logDet) => logDet;
  const [smallest, largest] = [tf.min, tf.max].map((end) => tf.tidy(() => end(x)));
  const ends = [smallest, largest].map((end) => end.dataSync()[0]);
  tf.dispose([smallest, largest]);
  if (ends[0] >= low && ends[1] <= high) return (logDet) => logDet;
  const wanted = high === Infinity ? `of at least ${short(low)}` : `from ${short(low)} to ${short(high)}`;
  const remedy = ends.some(Number.isNaN)
    ? "look for what is not a number in the input"
    : "move and scale them there first, by an affine() for instance";
  throw new DomainError(
    `${name}: expected numbers ${wanted}; got ${ends.map(short).join(" to ")}: ${remedy}`,
  );
}

/** Rounded to as many digits as float32 is sure of. */
function short(value: number): number {
  return Number(value.toPrecision(6));
}

let excused = false;

/**
 * Runs a training step, in which a map has the log-determinant −∞ where it is not defined, instead of an error: as in
 * a graph, and without a wait for the backend in each layer.
 */
export function withoutDomainErrors<T>(run: () => T): T {
  const before = excused;
  excused = true;
  try {
    return run();
  } finally {
    excused = before;
  }
}

function isInside(x: tf.Tensor, low: number, high: number): tf.Tensor {
  return tf.logicalAnd(tf.greaterEqual(x, low), tf.lessEqual(x, high));
}
