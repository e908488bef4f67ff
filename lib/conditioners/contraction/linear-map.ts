import { tf } from "../../engine/tf.ts";
import { convolution, convolve } from "../convolution.ts";
import { dense } from "../dense.ts";
import { convolutionNormBound, matrixNormBound } from "./norm-bound.ts";

/** The linear part of a layer, as a function of its weights. Rows may have any number of axes before the event's. */
export interface LinearMap {
  readonly weights: tf.Variable;
  readonly biases: tf.Variable;
  /** Shape of an event that goes in. */
  readonly event: readonly number[];
  /** W x. */
  multiply(weights: tf.Tensor, x: tf.Tensor): tf.Tensor;
  /** Wᵀ y. */
  transpose(weights: tf.Tensor, y: tf.Tensor): tf.Tensor;
  /** A proven bound of the spectral norm, a scalar. */
  bound(weights: tf.Tensor): tf.Tensor;
}

/** Up to so many numbers of an image, its convolution is looked at as one matrix. */
const SMALL_IMAGE = 256;

/** Of vectors. */
export function denseMap(inputs: number, outputs: number, start: string): LinearMap {
  const [weights, biases] = dense({ inputs, outputs, start }).variables;
  const product = (x: tf.Tensor, w: tf.Tensor, isTransposed: boolean) => {
    const length = isTransposed ? inputs : outputs;
    const rows = tf.reshape(x, [-1, isTransposed ? outputs : inputs]) as tf.Tensor2D;
    return tf.reshape(tf.matMul(rows, w as tf.Tensor2D, false, isTransposed), x.shape.with(-1, length));
  };
  return {
    weights,
    biases,
    event: [inputs],
    multiply: (w, x) => product(x, w, false),
    transpose: (w, y) => product(y, w, true),
    bound: (w) => matrixNormBound(tf.expandDims(w, 0)),
  };
}

/** Of images that are surrounded by zeros, with filters of an odd size and stride 1. */
export function convolutionMap(
  image: readonly [height: number, width: number],
  sizes: { readonly inputs: number; readonly outputs: number; readonly size: number },
  start: string,
): LinearMap {
  const { inputs, outputs, size } = sizes;
  const [weights, biases] = convolution({ ...sizes, start }).variables;
  const filter = (x: tf.Tensor, filters: tf.Tensor, length: number) => {
    const images = tf.reshape(x, [-1, ...x.shape.slice(-3)]);
    return tf.reshape(convolve(images, filters), x.shape.with(-1, length));
  };
  const pixels = image[0] * image[1];
  const bound = (w: tf.Tensor) => {
    if (size > 1 && pixels * Math.min(inputs, outputs) > SMALL_IMAGE) return convolutionNormBound(w);
    if (size === 1) return matrixNormBound(tf.reshape(w, [1, inputs, outputs]));
    const units = tf.reshape(tf.eye(pixels * inputs), [pixels * inputs, ...image, inputs]);
    return matrixNormBound(tf.reshape(filter(units, w, outputs), [1, pixels * inputs, pixels * outputs]));
  };
  return {
    weights,
    biases,
    event: [...image, inputs],
    multiply: (w, x) => filter(x, w, outputs),
    // The same sums over the pixels around, from the other end.
    transpose: (w, y) => filter(y, tf.transpose(tf.reverse(w, [0, 1]), [0, 1, 3, 2]), inputs),
    bound,
  };
}
