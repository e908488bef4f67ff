import { offTape } from "../../engine/tape/off-tape.ts";
import { tf } from "../../engine/tf.ts";

/** Mean and variance of each channel, [channels]. */
export interface ChannelMoments {
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
}

/**
 * Mean and variance of the last axis' entries over all other axes: the variance keeps its digits however far from 0 the
 * numbers lie.
 *
 * Of numbers around 10⁷, float32 knows a sum to some units only. So a first mean is taken away from them, without which
 * they are small; what is left of the mean and the variance are those of the rest.
 *
 * @param x [...batch, channels].
 */
export function channelMoments(x: tf.Tensor): ChannelMoments {
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  // Any number near the mean will do, so it counts as a constant: the gradient goes through the rest.
  const near = offTape(() => tf.mean(x, axes));
  const rest = tf.sub(x, near);
  const correction = tf.mean(rest, axes);
  return {
    mean: tf.add(near, correction),
    variance: tf.mean(tf.square(tf.sub(rest, correction)), axes),
  };
}
