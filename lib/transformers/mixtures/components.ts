import { offTape } from "../../engine/tape/off-tape.ts";
import { tf } from "../../engine/tf.ts";

/** Components of a mixture, constrained, [K, ...]. */
export interface Components {
  readonly logWeights: tf.Tensor;
  readonly means: tf.Tensor;
  readonly logScales: tf.Tensor;
}

/** Logarithms of scales stay within so much of 0. */
const SCALE_BOUND = 4;

/**
 * The components of K parameters each, [K, ...]: π = softmax(a), μ_k = b_k·(½ + k/(K − 1)) for k from 0 (1 for K = 1),
 * scales exp(4·tanh(c_k/4)).
 *
 * The factors of the means let components that begin as the same one part from each other, as training would move all of them
 * alike.
 */
export function componentsOf(weights: tf.Tensor, means: tf.Tensor, scales: tf.Tensor): Components {
  const [count, ...more] = weights.shape;
  const factors = Array.from({ length: count }, (_, k) => (count === 1 ? 1 : 0.5 + k / (count - 1)));
  const column = tf.tensor(factors, [count, ...more.fill(1)]);
  return {
    logWeights: tf.sub(weights, logSumOfPowers(weights)),
    means: tf.mul(means, column),
    logScales: keepWithin(scales, SCALE_BOUND),
  };
}

/** b·tanh(a/b). */
export const keepWithin = (raw: tf.Tensor, bound: number): tf.Tensor =>
  tf.mul(tf.tanh(tf.mul(raw, 1 / bound)), bound);

/** log Σ_k exp(a_k), [1, ...]. */
export function logSumOfPowers(values: tf.Tensor): tf.Tensor {
  // The largest makes no difference to the result, nor to a gradient.
  const largest = offTape(() => tf.max(values, 0, true));
  return tf.add(tf.log(tf.sum(tf.exp(tf.sub(values, largest)), 0, true)), largest);
}
