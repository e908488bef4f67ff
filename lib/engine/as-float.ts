import { tf } from "./tf.ts";

/**
 * Numbers as a float32 tensor; what is one already stays the same object.
 *
 * Whole numbers and truth values (`tf.oneHot` gives int32, a comparison bool) are converted, since libtensorflow
 * computes nothing from tensors of two types; so are numbers in double precision.
 */
export function asFloat(x: tf.Tensor | tf.TensorLike | Float64Array): tf.Tensor {
  if (x instanceof tf.Tensor) return x.dtype === "float32" ? x : tf.cast(x, "float32");
  return tf.tensor(x instanceof Float64Array ? Float32Array.from(x) : x, undefined, "float32");
}
