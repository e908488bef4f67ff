import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";

/** Sums over the axes along which an input of this shape was broadcast. */
export function sumTo(tf: TensorFlow, shape: number[], value: Tensor): Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, value.shape);
  return tf.reshape(axes.length > 0 ? tf.sum(value, axes) : value, shape);
}
