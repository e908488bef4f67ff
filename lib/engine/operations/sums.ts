import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { asTensor, type Operations } from "./operation.ts";

/** Sums and products along an axis, sums of products, and what is made of them. */
export function sums(tf: TensorFlow): Operations {
  const { cumsum, cumprod, einsum } = tf;
  // wasm computes with a negative axis as an offset, outside of the tensor's memory.
  const fromFront = (x: Tensor, axis: number) => (axis < 0 ? axis + x.rank : axis);
  return {
    logSoftmax: (value: Tensor, axis = -1) => tf.sub(value, tf.logSumExp(value, axis, true)),
    cumsum: (value: Tensor, axis = 0, exclusive = false, reverse = false) => {
      const x = asTensor(tf, value);
      return cumsum(x, fromFront(x, axis), exclusive, reverse);
    },
    cumprod: (value: Tensor, axis = 0, exclusive = false, reverse = false) => {
      const x = asTensor(tf, value);
      return cumprod(x, fromFront(x, axis), exclusive, reverse);
    },
    // libtensorflow does not know of spaces between the terms.
    einsum: (equation: string, ...tensors: Tensor[]) => einsum(equation.replaceAll(/\s/g, ""), ...tensors),
    losses: { ...tf.losses, softmaxCrossEntropy: softmaxCrossEntropy(tf) },
  };
}

/** −Σ labels·log softmax(logits). The library's has a gradient of its own, whose derivative is a wrong number. */
function softmaxCrossEntropy(tf: TensorFlow) {
  return (
    oneHotLabels: Tensor,
    predictions: Tensor,
    weights?: Tensor,
    labelSmoothing = 0,
    reduction?: Parameters<TensorFlow["losses"]["computeWeightedLoss"]>[2],
  ): Tensor => {
    const [given, logits] = [asTensor(tf, oneHotLabels), asTensor(tf, predictions)];
    tf.util.assertShapesMatch(given.shape, logits.shape, "Error in softmaxCrossEntropy: ");
    const classes = given.shape[given.rank - 1];
    const labels =
      labelSmoothing > 0
        ? tf.add(tf.mul(given, 1 - labelSmoothing), labelSmoothing / classes)
        : tf.cast(given, "float32");
    const logProbabilities = tf.sub(tf.cast(logits, "float32"), tf.logSumExp(logits, -1, true));
    const losses = tf.sum(tf.neg(tf.mul(logProbabilities, labels)), -1);
    return tf.losses.computeWeightedLoss(losses, weights, reduction);
  };
}
