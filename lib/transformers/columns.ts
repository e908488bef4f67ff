import { tf } from "../engine/tf.ts";
import type { Transformed } from "./transformer.ts";

/**
 * Applies a map of numbers in a column, [..., 1], and their parameters, [..., P], to numbers of any shape.
 *
 * The column spreads over the parameters' axis as it is, and so do gradients: no axis has to be added or taken away in
 * between. Where each number has parameters of its own, all of it is one matrix.
 *
 * @param input Any shape.
 * @param params [...shape of the input, P], or what broadcasts with it.
 */
export function inColumns(
  input: tf.Tensor,
  params: tf.Tensor,
  map: (column: tf.Tensor, params: tf.Tensor) => Transformed,
): Transformed {
  const { shape, size } = input;
  const parameters = params.shape[params.rank - 1];
  const isOwn = params.rank === shape.length + 1 && shape.every((length, i) => length === params.shape[i]);
  const { value, logDet } = isOwn
    ? map(tf.reshape(input, [size, 1]), tf.reshape(params, [size, parameters]))
    : map(tf.expandDims(input, -1), params);
  return { value: tf.reshape(value, shape), logDet: tf.reshape(logDet, shape) };
}
