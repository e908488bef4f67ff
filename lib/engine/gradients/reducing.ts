import type { GradConfig, Tensor, Tensor4D, Tensor5D } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";

/** Products over axes, and the second derivative of averages over windows. */
export function reducing(tf: TensorFlow): GradConfig[] {
  return [product(tf), ...averages(tf)];
}

/** The library's own does not know of axes that are counted from the end. */
function product(tf: TensorFlow): GradConfig {
  const original = tf.getGradient("Prod");
  return {
    ...original,
    gradFunc: (dy, saved, attributes) => {
      const axis = tf.util.parseAxisParam(attributes.axis as number | number[], saved[0].shape);
      return original.gradFunc(dy, saved, { ...attributes, axis });
    },
  };
}

interface Windows {
  readonly filterSize: [number, number];
  readonly strides: [number, number];
  readonly pad: "same" | "valid" | number;
  readonly dimRoundingMode: "floor";
}

/** The gradient of an average is linear in dy, by the transposed weights: its own gradient is the average. */
function averages(tf: TensorFlow): GradConfig[] {
  return (["AvgPoolGrad", "AvgPool3DGrad"] as const).map((kernelName) => ({
    kernelName,
    inputsToSave: ["input"],
    gradFunc: (ddx, [input], attributes) => ({
      dy: () => {
        const { filterSize, strides, pad, dimRoundingMode } = attributes as unknown as Windows;
        const x = ddx as Tensor;
        return kernelName === "AvgPoolGrad"
          ? tf.avgPool(x as Tensor4D, filterSize, strides, pad, dimRoundingMode)
          : tf.avgPool3d(x as Tensor5D, filterSize as never, strides as never, pad, dimRoundingMode);
      },
      input: () => tf.zerosLike(input),
    }),
  }));
}
