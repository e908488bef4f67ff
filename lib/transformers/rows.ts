import { tf } from "../engine/tf.ts";
import type { Transformed } from "./transformer.ts";

/**
 * Applies a map of numbers, [1, ...shape], and their parameters, [P, ...shape], to numbers of any shape.
 *
 * The parameters of all numbers lie in P long rows, not in many short ones: what a sum over the parameters or a cut
 * through them goes along is then contiguous, which is several times as fast. The numbers spread over the first axis
 * as they are, and so do gradients.
 *
 * @param input Any shape.
 * @param params [...shape of the input, P], or what broadcasts with it.
 */
export function inRows(
  input: tf.Tensor,
  params: tf.Tensor,
  map: (row: tf.Tensor, params: tf.Tensor) => Transformed,
): Transformed {
  const { shape, size } = input;
  const parameters = params.shape[params.rank - 1];
  const isOwn = params.rank === shape.length + 1 && shape.every((length, i) => length === params.shape[i]);
  const lengths = isOwn ? [size] : shape;
  const missing = lengths.length + 1 - params.rank;
  const table = isOwn
    ? tf.reshape(params, [size, parameters])
    : tf.reshape(params, [...new Array<number>(missing).fill(1), ...params.shape]);
  const { value, logDet, ...rest } = map(tf.reshape(input, [1, ...lengths]), lastAxisFirst(table));
  return { value: tf.reshape(value, shape), logDet: tf.reshape(logDet, shape), ...rest };
}

function lastAxisFirst(tensor: tf.Tensor): tf.Tensor {
  const axes = tensor.shape.map((_, i) => i);
  return tf.transpose(tensor, [...axes.slice(-1), ...axes.slice(0, -1)]);
}
