import { plainNumbers } from "../ground/arguments/plain-numbers.ts";
import { tf } from "./tf.ts";

/**
 * Numbers as a float32 tensor; what is one already stays the same object.
 *
 * Whole numbers and truth values (`tf.oneHot` gives int32, a comparison bool) are converted, since libtensorflow
 * computes nothing from tensors of two types; so are numbers in double precision.
 *
 * @param who What messages begin with.
 * @throws TypeError if something in it is no number. @throws ShapeError if rows differ in length.
 */
export function asFloat(x: tf.Tensor | tf.TensorLike | Float64Array, who?: string): tf.Tensor {
  const front = who === undefined ? "" : `${who}: `;
  if (x instanceof tf.Tensor) {
    if (x.dtype === "float32") return x;
    if (x.dtype === "int32" || x.dtype === "bool") return tf.cast(x, "float32");
    throw new TypeError(`${front}expected a tensor of numbers; got one of type ${x.dtype}`);
  }
  const { values, shape } = plainNumbers(x, front);
  return tf.tensor(values, shape, "float32");
}
