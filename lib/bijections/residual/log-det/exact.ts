import type { Linearized } from "../../../conditioners/contraction/contraction.ts";
import { tf } from "../../../engine/tf.ts";

/**
 * log det(I + J) in nats at each of n points, from all D columns of J, by elimination. Cost: D products with J, and D³.
 *
 * No pivot is looked for: as |J| < 1, xᵀ(I + J)x > 0 for every x ≠ 0, so that each is positive, and the determinant, too.
 *
 * @param event Lengths of an event's axes.
 * @returns Shape [n].
 */
export function exactLogDet({ push, value }: Linearized, event: readonly number[]): tf.Tensor {
  const size = event.reduce((product, length) => product * length, 1);
  const [points] = value.shape;
  const units = tf.reshape(tf.eye(size), [size, 1, ...event]);
  // Entry [j, point, i] is ∂f_i/∂z_j: the transpose, which has the same determinant.
  const columns = tf.reshape(push(units), [size, points, size]);
  let rest: tf.Tensor = tf.add(columns, tf.reshape(tf.eye(size), [size, 1, size]));
  let logDet: tf.Tensor | undefined;
  for (let left = size; left > 0; left--) {
    const pivot = tf.slice(rest, [0, 0, 0], [1, points, 1]);
    const own = tf.log(tf.reshape(pivot, [points]));
    logDet = logDet ? tf.add(logDet, own) : own;
    if (left === 1) break;
    const row = tf.slice(rest, [0, 0, 1], [1, points, left - 1]);
    const column = tf.slice(rest, [1, 0, 0], [left - 1, points, 1]);
    const inner = tf.slice(rest, [1, 0, 1], [left - 1, points, left - 1]);
    rest = tf.sub(inner, tf.mul(tf.div(column, pivot), row));
  }
  return logDet as tf.Tensor;
}
