import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import type { Operation } from "./operation.ts";

interface Given {
  readonly bias?: Tensor;
  readonly activation?: string;
  readonly preluActivationWeights?: Tensor;
  readonly leakyreluAlpha?: number;
}

/**
 * The fused operations as what they are made of: a product or a convolution, a bias and an activation.
 *
 * The library's gradients of them fail for a stack of matrices times one matrix and for dilated convolutions, and have
 * no derivative of their own.
 */
export function fusedOperations(tf: TensorFlow): Record<keyof TensorFlow["fused"], Operation> {
  const finish = (
    x: Tensor,
    { bias, activation = "linear", preluActivationWeights, leakyreluAlpha = 0.2 }: Given,
  ) =>
    activate(
      tf,
      bias === undefined || bias === null ? x : tf.add(x, bias),
      activation,
      preluActivationWeights,
      leakyreluAlpha,
    );
  return {
    matMul: ({ a, b, transposeA = false, transposeB = false, ...rest }) =>
      finish(tf.matMul(a, b, transposeA, transposeB), rest),
    conv2d: ({ x, filter, strides, pad, dataFormat, dilations, dimRoundingMode, ...rest }) =>
      finish(tf.conv2d(x, filter, strides, pad, dataFormat, dilations, dimRoundingMode), rest),
    depthwiseConv2d: ({ x, filter, strides, pad, dataFormat, dilations, dimRoundingMode, ...rest }) =>
      finish(tf.depthwiseConv2d(x, filter, strides, pad, dataFormat, dilations, dimRoundingMode), rest),
  };
}

function activate(
  tf: TensorFlow,
  x: Tensor,
  activation: string,
  slopes: Tensor | undefined,
  slope: number,
): Tensor {
  if (activation === "linear") return x;
  if (activation === "prelu") return tf.prelu(x, slopes as Tensor);
  if (activation === "leakyrelu") return tf.leakyRelu(x, slope);
  const known = { relu: tf.relu, relu6: tf.relu6, elu: tf.elu, sigmoid: tf.sigmoid };
  const function_ = known[activation as keyof typeof known];
  if (function_) return function_(x);
  throw new Error(
    `fused: activation "${activation}"; expected linear, prelu, leakyrelu, ${Object.keys(known).join(", ")}`,
  );
}
