import type { DataType, TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { type Numbers, setWasmKernel, sizeOf, type WasmBackend, type WasmKernel } from "./backend.ts";

type Inputs = Readonly<Record<string, TensorInfo>>;

/** What the plain JavaScript backend offers; the library declares the class with private members only. */
interface PlainBackend {
  makeTensorInfo(shape: number[], dtype: DataType, values: Numbers): TensorInfo;
  readSync(id: object): Numbers;
}

/** Kernels that WebAssembly lacks, too rarely used in a flow to deserve their own code. */
const MISSING = ["DepthwiseConv2dNativeBackpropFilter", "DepthwiseConv2dNativeBackpropInput", "Einsum"];

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

/**
 * Lets plain JavaScript compute what the WebAssembly backend cannot: kernels that it lacks, and the cases in which
 * others of its kernels fail.
 */
export function borrowKernels(tf: TensorFlow): void {
  for (const kernelName of MISSING) {
    setWasmKernel<Inputs>(tf, kernelName, () => plain(tf, kernelName));
  }
  const borrowWhere = (kernelNames: readonly string[], fails: (input: TensorInfo) => boolean) => {
    for (const kernelName of kernelNames) {
      setWasmKernel<Inputs>(tf, kernelName, (kernel) => {
        const instead = plain(tf, kernelName);
        return (inputs, settings, backend) =>
          (Object.values(inputs).some(fails) ? instead : kernel)(inputs, settings, backend);
      });
    }
  };
  borrowWhere(NOT_OF_NOTHING, ({ shape }) => sizeOf(shape) === 0);
  borrowWhere(UP_TO_SIX_AXES, ({ shape }) => shape.length > 6);
}

/** The kernel of the plain JavaScript backend, on copies of the tensors. */
function plain(tf: TensorFlow, kernelName: string): WasmKernel<Inputs, unknown> {
  return (inputs, settings, backend) => {
    const { kernelFunc } = tf.getKernel(kernelName, "cpu");
    const cpu = new tf.MathBackendCPU() as unknown as PlainBackend;
    // It greets its first user with an advertisement.
    Object.assign(cpu, { firstUse: false });
    const copies = Object.entries(inputs).map(([name, tensor]) => {
      const values = backend.readSync(tensor.dataId);
      return [name, cpu.makeTensorInfo(tensor.shape, tensor.dtype, values)] as const;
    });
    const output = kernelFunc({
      inputs: Object.fromEntries(copies),
      attrs: settings as never,
      backend: cpu,
    }) as TensorInfo;
    return resultOf(output, cpu, backend);
  };
}

function resultOf({ dataId, shape, dtype }: TensorInfo, cpu: PlainBackend, backend: WasmBackend): TensorInfo {
  const result = backend.makeOutput(shape, dtype);
  backend.typedArrayFromHeap(result).set(cpu.readSync(dataId));
  return result;
}
