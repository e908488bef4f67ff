import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { refusal } from "../unsupported.ts";
import { asTensor, type Operations } from "./operation.ts";

/** a/b, and 0 where b is 0, in the gradient too: there the library's is NaN. */
export function guardedDivision(tf: TensorFlow): Operations {
  const { divNoNan } = tf;
  return {
    divNoNan: (dividend: Tensor, divisor: Tensor) => {
      const [a, b] = [asTensor(tf, dividend), asTensor(tf, divisor)];
      if ((a.dtype === "int32" && b.dtype === "int32") || a.size * b.size === 0) return divNoNan(a, b);
      const zero = tf.equal(b, 0);
      const quotient = tf.div(a, tf.where(zero, tf.onesLike(b), b));
      return tf.where(zero, tf.zerosLike(quotient), quotient);
    },
  };
}

/**
 * Batch normalization without an offset or a scale: 0 and 1 are put in.
 *
 * The library leaves them out, and its gradient then looks for what is not there.
 */
export function normalization(tf: TensorFlow): Operations {
  const { batchNorm } = tf;
  const whole = (
    x: Tensor,
    mean: Tensor,
    variance: Tensor,
    offset?: Tensor,
    scale?: Tensor,
    epsilon?: number,
  ) => {
    const { shape } = asTensor(tf, mean);
    const given = asTensor(tf, x);
    const run = (value: Tensor) =>
      batchNorm(value, mean, variance, offset ?? tf.zeros(shape), scale ?? tf.ones(shape), epsilon);
    if (!(given?.rank > 4)) return run(given);
    // The library knows of four axes: a row for each channel is the same, whatever the others are.
    const channels = given.shape[given.rank - 1];
    if ([mean, variance, offset, scale].every((one) => !one || asTensor(tf, one).rank <= 1))
      return tf.reshape(run(tf.reshape(given, [-1, channels])), given.shape);
    throw refusal(
      `TensorFlow.js ${tf.version_core} has no batchNorm of ${given.rank} axes with a mean of shape [${shape}]`,
      "give one number for each channel, or tf.reshape what is given to at most 4 axes",
    );
  };
  return { batchNorm: whole, batchNorm2d: whole, batchNorm3d: whole, batchNorm4d: whole };
}
