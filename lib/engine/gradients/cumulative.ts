import type { GradConfig, Tensor, Tensor4D } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";

/** Cumulative sums and products, and the second derivative of a convolution. */
export function cumulative(tf: TensorFlow): GradConfig[] {
  interface Attributes {
    axis: number;
    exclusive: boolean;
    reverse: boolean;
  }
  return [
    {
      // The library's own transposes the result whenever the axis is not the last.
      kernelName: "Cumsum",
      gradFunc: (dy, _saved, attributes) => {
        const { axis, exclusive, reverse } = attributes as unknown as Attributes;
        return { x: () => tf.cumsum(dy as Tensor, axis, exclusive, !reverse) };
      },
    },
    {
      kernelName: "Cumprod",
      inputsToSave: ["x"],
      gradFunc: (dy, [x], attributes) => {
        const { axis, exclusive, reverse } = attributes as unknown as Attributes;
        const last = x.rank - 1;
        const swapped = Array.from({ length: x.rank }, (_, i) => (i === axis ? last : i === last ? axis : i));
        const moveAxis = (value: Tensor) => tf.transpose(value, swapped);
        return {
          x: () => moveAxis(cumprodGradient(tf, moveAxis(dy as Tensor), moveAxis(x), exclusive, reverse)),
        };
      },
    },
    {
      kernelName: "Conv2DBackpropFilter",
      inputsToSave: ["x", "dy"],
      gradFunc: (ddFilter, [x, dy], attributes) => {
        const { strides, pad, dataFormat } = attributes as never as {
          strides: number;
          pad: "same";
          dataFormat: "NHWC";
        };
        const filter = ddFilter as Tensor4D;
        return {
          x: () => tf.conv2dTranspose(dy as Tensor4D, filter, (x as Tensor4D).shape, strides, pad),
          dy: () => tf.conv2d(x as Tensor4D, filter, strides, pad, dataFormat),
        };
      },
    },
  ];
}

/**
 * dx_j = Σ_i dy_i · Π_{k in the product i, k ≠ j} x_k, along the last axis.
 *
 * Dividing the whole product by x_j would be shorter and fails at x_j = 0; so the n × n products are formed with
 * factor j replaced by 1, at a cost of n² per row.
 */
function cumprodGradient(
  tf: TensorFlow,
  dy: Tensor,
  x: Tensor,
  exclusive: boolean,
  reverse: boolean,
): Tensor {
  const n = x.shape[x.rank - 1];
  const identity = tf.eye(n);
  // others[…, j, k] = x_k, or 1 for k = j
  const others = tf.add(tf.mul(tf.expandDims(x, -2), tf.sub(1, identity)), identity);
  const products = tf.cumprod(others, others.rank - 1, exclusive, reverse);
  const [j, i] = [tf.reshape(tf.range(0, n), [n, 1]), tf.reshape(tf.range(0, n), [1, n])];
  const later = reverse ? tf.sub(j, i) : tf.sub(i, j);
  const contains = tf.cast(exclusive ? tf.greater(later, 0) : tf.greaterEqual(later, 0), "float32");
  return tf.sum(tf.mul(tf.mul(products, contains), tf.expandDims(dy, -2)), -1);
}
