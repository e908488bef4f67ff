import { tf } from "../../engine/tf.ts";

/** Applies a map of rows, [n, D] → [n, D], to the vectors [...batch, D] of any batch. */
export function mapRows(input: tf.Tensor, map: (rows: tf.Tensor2D) => tf.Tensor): tf.Tensor {
  const dimensions = input.shape[input.rank - 1];
  const rows = tf.reshape(input, [input.size / dimensions, dimensions]) as tf.Tensor2D;
  return tf.reshape(map(rows), input.shape);
}
