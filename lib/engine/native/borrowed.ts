import type { KernelFunc, NamedAttrMap, TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { plainKernel, type ReadableBackend } from "../plain/plain-kernel.ts";

type Fails = (inputs: readonly TensorInfo[], attributes: NamedAttrMap) => boolean;

/** Of browsers; and operations of flowlab's own, which has them for every backend. */
const NOT_HERE = ["Draw"];

const WINDOWS = [
  ...["AvgPool", "AvgPoolGrad", "AvgPool3D", "AvgPool3DGrad"],
  ...["MaxPool", "MaxPoolGrad", "MaxPool3D", "MaxPool3DGrad"],
  ...["Conv2D", "Conv2DBackpropInput", "Conv2DBackpropFilter"],
  ...["Conv3D", "Conv3DBackpropInputV2", "Conv3DBackpropFilterV2"],
];
const DEPTHWISE = [
  ...["DepthwiseConv2dNative", "DepthwiseConv2dNativeBackpropInput", "DepthwiseConv2dNativeBackpropFilter"],
  "FusedDepthwiseConv2D",
];

/**
 * Lets plain JavaScript compute what tfjs-node cannot: kernels that it lacks, and the arguments that it refuses or reads
 * as something else. They are slow, and what they read cannot be part of a compiled graph.
 */
export function borrowForNative(tf: TensorFlow): void {
  for (const { kernelName } of tf.getKernelsForBackend("cpu")) {
    if (tf.getKernel(kernelName, "tensorflow") || NOT_HERE.includes(kernelName)) continue;
    tf.registerKernel({ kernelName, backendName: "tensorflow", kernelFunc: plain(tf, kernelName) });
  }
  // It knows "same" and "valid", and for the forward direction of conv2d a padding side by side.
  borrowWhere(tf, WINDOWS, (_, { pad }) => typeof pad !== "string");
  borrowWhere(tf, ["Conv3D"], (_, { dilations }) => !allOne(dilations));
  // With a stride that is larger than the filter, its windows begin behind the first number.
  borrowWhere(
    tf,
    ["Conv3D", "Conv3DBackpropInputV2", "Conv3DBackpropFilterV2"],
    (inputs, { pad, strides, filterShape }) => {
      const filter = (filterShape as number[] | undefined) ?? inputs[1].shape;
      const steps = typeof strides === "number" ? [strides, strides, strides] : (strides as number[]);
      return pad === "same" && steps.slice(-3).some((step, axis) => step > filter[axis]);
    },
  );
  borrowWhere(tf, DEPTHWISE, (_, { strides, pad, dilations }) => {
    const steps = [strides].flat();
    return typeof pad !== "string" || !allOne(dilations) || steps.some((step) => step !== steps[0]);
  });
  // With a seed it goes on at each call where the last one ended.
  borrowWhere(tf, ["Multinomial"], () => true);
  borrowWhere(tf, ["BatchToSpaceND", "SpaceToBatchND"], ([{ dtype }]) => dtype === "bool");
  borrowWhere(tf, ["MirrorPad"], ([{ shape }]) => shape.length > 5);
  // It reads whole numbers as fractions, of which all are 0.
  borrowWhere(tf, ["Round"], ([{ dtype }]) => dtype !== "float32");
}

const allOne = (steps: unknown) => [steps ?? 1].flat().every((step) => step === 1);

function borrowWhere(tf: TensorFlow, kernelNames: readonly string[], fails: Fails): void {
  for (const kernelName of kernelNames) {
    const present = tf.getKernel(kernelName, "tensorflow");
    const instead = plain(tf, kernelName);
    const kernelFunc: KernelFunc = (call) => {
      const inputs = Object.values(call.inputs) as TensorInfo[];
      return (fails(inputs, call.attrs ?? {}) ? instead : present.kernelFunc)(call);
    };
    tf.unregisterKernel(kernelName, "tensorflow");
    tf.registerKernel({ ...present, kernelFunc });
  }
}

function plain(tf: TensorFlow, kernelName: string): KernelFunc {
  // Within a kernel nothing is recorded: the tensor is the kernel's result.
  return plainKernel<ReadableBackend>(tf, kernelName, (_, shape, dtype, values) =>
    tf.tensor(values as Float32Array, shape, dtype),
  );
}
