import { tf } from "../../engine/tf.ts";

/** Two earlier steps of an iteration: how its point has moved, and how its residual has changed by that. All [n, ...event]. */
export type History = readonly [
  moved: tf.Tensor,
  changed: tf.Tensor,
  movedBefore: tf.Tensor,
  changedBefore: tf.Tensor,
];

/** No steps. */
export const noHistory = (like: tf.Tensor): History => {
  const none = tf.zerosLike(like);
  return [none, none, none, none];
};

/** ΔRᵀΔR has to have a condition below this for both steps to be told apart in float32. */
const LEAST_ANGLE = 1e-5;

/**
 * Anderson's acceleration of a fixed-point iteration z ← g(z), of depth 2, for each event by itself.
 *
 * With the residual r = g(z) − z, and Δz_j, Δr_j of the last two steps: γ = argmin |r − Σ_j γ_j·Δr_j|, and the next point is
 * z + r − Σ_j γ_j·(Δz_j + Δr_j). Of a map that is nearly linear that is where r would be least. Without steps γ is 0: it is
 * the plain iteration.
 *
 * @returns The next point to try; nothing is proven of it.
 * @see Walker and Ni 2011, "Anderson Acceleration for Fixed-Point Iterations", SIAM Journal on Numerical Analysis 49 (4).
 */
export function extrapolate(z: tf.Tensor, r: tf.Tensor, history: History): tf.Tensor {
  const [moved, changed, movedBefore, changedBefore] = history;
  const [a, b, c] = [dot(changed, changed), dot(changed, changedBefore), dot(changedBefore, changedBefore)];
  const [p, q] = [dot(changed, r), dot(changedBefore, r)];
  const determinant = tf.sub(tf.mul(a, c), tf.square(b));
  const isTwo = tf.greater(determinant, tf.mul(tf.mul(a, c), LEAST_ANGLE));
  const ratio = (above: tf.Tensor, below: tf.Tensor) =>
    tf.where(tf.greater(tf.abs(below), 1e-36), tf.div(above, tf.maximum(tf.abs(below), 1e-36)), 0);
  const first = tf.where(isTwo, ratio(tf.sub(tf.mul(c, p), tf.mul(b, q)), determinant), ratio(p, a));
  const second = tf.where(isTwo, ratio(tf.sub(tf.mul(a, q), tf.mul(b, p)), determinant), 0);
  const taken = tf.add(
    tf.mul(first, tf.add(moved, changed)),
    tf.mul(second, tf.add(movedBefore, changedBefore)),
  );
  return tf.sub(tf.add(z, r), taken);
}

/** The inner product of each event, [n, 1, …]: so that it spreads over the event. */
function dot(one: tf.Tensor, other: tf.Tensor): tf.Tensor {
  const axes = Array.from({ length: one.rank - 1 }, (_, axis) => axis + 1);
  return tf.sum(tf.mul(one, other), axes, true);
}
