import type { KernelFunc, Tensor, Tensor4D, TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "./load.ts";

type Inputs = Record<string, TensorInfo>;

/** What the plain JavaScript backend offers; the library declares the class with private members only. */
interface PlainBackend {
  makeTensorInfo(shape: number[], dtype: string, values: Float32Array): TensorInfo;
  readSync(id: object): Float32Array;
}

/** Kernels that plain JavaScript has and WebAssembly lacks, too rarely used in a flow to deserve their own code. */
const BORROWED = ["DepthwiseConv2dNativeBackpropFilter", "DepthwiseConv2dNativeBackpropInput", "Einsum"];

/** Gives the WebAssembly backend the kernels without which gather, conv2d and einsum have no gradient on it. */
export function addMissingWasmKernels(tf: TensorFlow): void {
  const add = (kernelName: string, kernelFunc: KernelFunc) => {
    if (!tf.getKernel(kernelName, "wasm")) tf.registerKernel({ kernelName, backendName: "wasm", kernelFunc });
  };
  add("UnsortedSegmentSum", unsortedSegmentSum(tf));
  add("Conv2DBackpropFilter", conv2dBackpropFilter(tf));
  for (const kernelName of BORROWED) add(kernelName, borrowed(tf, kernelName));
}

/** out[s] = Σ of the x[i] with segmentIds[i] = s, in double precision; ids outside 0 … numSegments−1 are dropped. */
function unsortedSegmentSum(tf: TensorFlow): KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const { x, segmentIds } = inputs as Inputs;
    const segments = attrs?.numSegments as number;
    const width = sizeOf(x.shape.slice(segmentIds.shape.length));
    const values = read(backend, x);
    const total = new Float64Array(segments * width);
    read(backend, segmentIds).forEach((segment, i) => {
      if (segment < 0 || segment >= segments) return;
      for (let k = 0; k < width; k++) total[segment * width + k] += values[i * width + k];
    });
    return tf.tensor(
      Float32Array.from(total),
      [segments, ...x.shape.slice(segmentIds.shape.length)],
      x.dtype,
    );
  };
}

/** Gradient of conv2d in its filter: for each tap, (the inputs that this tap met)ᵀ · dy, as one matrix product. */
function conv2dBackpropFilter(tf: TensorFlow): KernelFunc {
  return ({ inputs, attrs }) =>
    tf.tidy(() => {
      const { x, dy } = inputs as unknown as { x: Tensor4D; dy: Tensor4D };
      const { strides, pad, dataFormat, dimRoundingMode, filterShape } = attrs as never as ConvAttributes;
      if (dataFormat !== "NHWC")
        throw new Error(`gradient of conv2d on wasm: expected NHWC, got ${dataFormat}`);
      const { computeConv2DInfo } = tf.backend_util;
      const info = computeConv2DInfo(
        x.shape,
        filterShape,
        strides,
        1,
        pad,
        dimRoundingMode,
        false,
        "channelsLast",
      );
      const { top, bottom, left, right } = info.padInfo;
      const padded = tf.pad(x, [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ]);
      const dyRows = tf.reshape(dy, [-1, info.outChannels]);
      const taps: Tensor[] = [];
      for (let i = 0; i < info.filterHeight; i++) {
        for (let j = 0; j < info.filterWidth; j++) {
          const end = [
            i + (info.outHeight - 1) * info.strideHeight + 1,
            j + (info.outWidth - 1) * info.strideWidth + 1,
          ];
          const met = tf.stridedSlice(
            padded,
            [0, i, j, 0],
            [info.batchSize, end[0], end[1], info.inChannels],
            [1, info.strideHeight, info.strideWidth, 1],
          );
          taps.push(tf.matMul(tf.reshape(met, [-1, info.inChannels]), dyRows, true));
        }
      }
      return tf.reshape(tf.stack(taps), filterShape);
    });
}

interface ConvAttributes {
  strides: number;
  pad: "same" | "valid" | number;
  dataFormat: string;
  dimRoundingMode?: "floor" | "round" | "ceil";
  filterShape: [number, number, number, number];
}

/** Runs the kernel of the plain JavaScript backend on copies of the tensors. */
function borrowed(tf: TensorFlow, kernelName: string): KernelFunc {
  const kernel = tf.getKernel(kernelName, "cpu");
  return ({ inputs, attrs, backend }) => {
    const cpu = new tf.MathBackendCPU() as unknown as PlainBackend;
    // It greets its first user with an advertisement.
    Object.assign(cpu, { firstUse: false });
    const copies = Object.entries(inputs as Inputs).map(([name, tensor]) => {
      return [name, cpu.makeTensorInfo(tensor.shape, tensor.dtype, read(backend, tensor))] as const;
    });
    const output = kernel.kernelFunc({
      inputs: Object.fromEntries(copies),
      attrs: attrs ?? {},
      backend: cpu,
    }) as TensorInfo;
    return tf.tensor(cpu.readSync(output.dataId), output.shape, output.dtype);
  };
}

function read(backend: unknown, tensor: TensorInfo): Float32Array {
  return (backend as PlainBackend).readSync(tensor.dataId);
}

function sizeOf(shape: number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}
