import type { KernelFunc, Tensor, TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";

/** What tfjs-node's backend offers to its kernels. */
interface NativeBackend {
  readonly binding: Record<"TF_ATTR_TYPE" | "TF_ATTR_STRING" | "TF_FLOAT", number>;
  executeSingleOutput(name: string, attributes: object[], inputs: TensorInfo[]): Tensor;
}

type Call = Parameters<KernelFunc>[0];

/** From so many columns on, the operation for the gradient of a layer's biases sums over rows sooner. */
const LEAST_COLUMNS = 32;

/** Kernels that do by one quick operation of libtensorflow what tfjs-node's do by two, or by a slow one. */
export function shortenNativeKernels(tf: TensorFlow): void {
  replace(tf, "Sum", sumOfRows);
  replace(tf, "ClipByValue", clip);
}

/** The kernel with another one before it, which gives nothing for calls that it leaves to the present one. */
function replace(
  tf: TensorFlow,
  kernelName: string,
  instead: (tf: TensorFlow, call: Call) => Tensor | undefined,
): void {
  const present = tf.getKernel(kernelName, "tensorflow");
  tf.unregisterKernel(kernelName, "tensorflow");
  tf.registerKernel({
    ...present,
    kernelFunc: (call) => instead(tf, call) ?? present.kernelFunc(call),
  });
}

/**
 * The sum over the rows of a matrix by TensorFlow's `BiasAddGrad`. It adds up in another order, with an error that is as
 * small.
 */
function sumOfRows(tf: TensorFlow, { inputs, attrs, backend }: Call): Tensor | undefined {
  const { x } = inputs as unknown as Record<"x", TensorInfo>;
  const { axis, keepDims } = attrs as unknown as { axis: number | number[]; keepDims: boolean };
  const [rows, columns] = x.shape;
  const overRows = x.shape.length === 2 && String(tf.util.parseAxisParam(axis, x.shape)) === "0" && !keepDims;
  if (!overRows || rows === 0 || columns < LEAST_COLUMNS || x.dtype !== "float32") return undefined;
  const native = backend as NativeBackend;
  const layout = { name: "data_format", type: native.binding.TF_ATTR_STRING, value: "NHWC" };
  return native.executeSingleOutput("BiasAddGrad", [floats(native), layout], [x]);
}

/** Both bounds by one operation. */
function clip(tf: TensorFlow, { inputs, attrs, backend }: Call): Tensor | undefined {
  const { x } = inputs as unknown as Record<"x", TensorInfo>;
  if (x.dtype !== "float32") return undefined;
  const { clipValueMin, clipValueMax } = attrs as unknown as Record<"clipValueMin" | "clipValueMax", number>;
  const native = backend as NativeBackend;
  const bounds = [clipValueMin, clipValueMax].map((bound) => tf.scalar(bound));
  const result = native.executeSingleOutput("ClipByValue", [floats(native)], [x, ...bounds]);
  tf.dispose(bounds);
  return result;
}

const floats = ({ binding }: NativeBackend) => ({
  name: "T",
  type: binding.TF_ATTR_TYPE,
  value: binding.TF_FLOAT,
});
