import type { KernelFunc, TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { plainKernel } from "../plain/plain-kernel.ts";
import { refusal } from "../unsupported.ts";
import { setWasmKernel, sizeOf, type WasmBackend, type WasmKernel } from "./backend.ts";

type Inputs = Readonly<Record<string, TensorInfo>> | readonly TensorInfo[];
type Settings = Readonly<Record<string, unknown>>;
type Fails = (inputs: readonly TensorInfo[], settings: Settings) => boolean;

/** Complex numbers have no place in this backend's memory. */
const COMPLEX = ["Complex", "ComplexAbs", "FFT", "IFFT", "Imag", "Real"];

/** Of browsers. */
const NOT_HERE = ["Draw"];

/** Kernels of its own that fail for many arguments, and that no flow uses. */
const ALWAYS = [
  ...["AvgPool", "AvgPoolGrad", "AvgPool3D", "AvgPool3DGrad"],
  ...["MaxPool", "MaxPoolGrad", "MaxPool3D", "MaxPool3DGrad", "MaxPoolWithArgmax"],
  ...["Conv3DBackpropFilterV2", "Conv3DBackpropInputV2"],
  ...["DepthwiseConv2dNative", "FusedConv2D", "FusedDepthwiseConv2D"],
  ...["Dilation2D", "Dilation2DBackpropFilter", "Dilation2DBackpropInput"],
  ...["Bincount", "DenseBincount", "RotateWithOffset", "Sign", "Transform"],
];

/**
 * Kernels that WebAssembly computes wrongly where there is nothing to compute: by a division by zero, by a message of
 * XNNPACK and whatever lies in memory, or by forgetting the shape.
 */
const NOT_OF_NOTHING = [
  ...["All", "Any", "Max", "Mean", "Min", "Prod", "Sum", "Transpose", "GatherV2"],
  ...["Conv2D", "Conv2DBackpropFilter", "Conv2DBackpropInput"],
];

/** Kernels that are XNNPACK's, which has room for six axes: beyond, it prints a message and computes nothing. */
const UP_TO_SIX_AXES = ["Add", "Sub", "Multiply", "RealDiv", "SquaredDifference", "PadV2"];

/** Kernels that read the bits of whole numbers and truth values as if they were fractions. */
const FRACTIONS_ONLY = [
  ...["ClipByValue", "IsFinite", "IsInf", "IsNan", "Reciprocal", "Sinh", "Prelu"],
  ...["StridedSlice", "BatchMatMul", "ResizeNearestNeighbor"],
];

/** Kernels that read truth values, one byte each, as numbers of four bytes. */
const NOT_OF_TRUTH = ["Reverse", "Select"];

/**
 * Lets plain JavaScript compute what the WebAssembly backend cannot: kernels that it lacks, and the cases in which
 * others of its kernels fail.
 */
export function borrowKernels(tf: TensorFlow): void {
  for (const kernelName of COMPLEX) setWasmKernel(tf, kernelName, () => refuseComplex);
  borrowMissing(tf);
  borrowWhere(tf, ALWAYS, () => true);
  borrowWhere(tf, NOT_OF_NOTHING, (inputs) => inputs.some(({ shape }) => sizeOf(shape) === 0));
  borrowWhere(tf, UP_TO_SIX_AXES, (inputs) => inputs.some(({ shape }) => shape.length > 6));
  borrowWhere(tf, FRACTIONS_ONLY, (inputs) => inputs.some(({ dtype }) => dtype !== "float32"));
  borrowWhere(tf, NOT_OF_TRUTH, ([first, , third = first]) => third.dtype === "bool");
  borrowWhere(tf, ["Tile"], (_, { reps }) => (reps as number[]).includes(0));
  borrowWhere(tf, ["OneHot"], (_, { dtype }) => dtype !== "int32");
  borrowWhere(tf, ["PadV2"], (_, { constantValue }) => Number.isNaN(constantValue));
  borrowWhere(tf, ["Prelu"], ([x, alpha]) => {
    const shape = tf.broadcast_util.assertAndGetBroadcastShape(x.shape, alpha.shape);
    return !tf.util.arraysEqual(x.shape, shape);
  });
}

const refuseComplex = (): never => {
  throw refusal(
    'the backend "wasm" has no complex numbers',
    'switch with useBackend("tensorflow") or useBackend("cpu"), or multiply by matrices of cosines and sines',
  );
};

function borrowMissing(tf: TensorFlow): void {
  for (const { kernelName } of tf.getKernelsForBackend("cpu")) {
    if (tf.getKernel(kernelName, "wasm") || NOT_HERE.includes(kernelName)) continue;
    setWasmKernel<Inputs, Settings>(tf, kernelName, () => plain(tf, kernelName));
  }
}

function borrowWhere(tf: TensorFlow, kernelNames: readonly string[], fails: Fails): void {
  for (const kernelName of kernelNames) {
    setWasmKernel<Inputs, Settings>(tf, kernelName, (kernel) => {
      const instead = plain(tf, kernelName);
      return (inputs, settings, backend) =>
        (fails(Object.values(inputs), settings) ? instead : kernel)(inputs, settings, backend);
    });
  }
}

/** The kernel of the plain JavaScript backend, on copies of the tensors. */
function plain(tf: TensorFlow, kernelName: string): WasmKernel<Inputs, Settings> {
  const kernel: KernelFunc = plainKernel<WasmBackend>(tf, kernelName, (backend, shape, dtype, values) => {
    if (dtype === "string") return { dataId: backend.write(values, shape, dtype), shape, dtype };
    const result = backend.makeOutput(shape, dtype);
    backend.typedArrayFromHeap(result).set(values as Float32Array);
    return result;
  });
  return (inputs, settings, backend) =>
    kernel({ inputs: inputs as never, attrs: settings as never, backend });
}
