import type { DataType, KernelFunc, TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";

/** Numbers as they lie in the memory of WebAssembly. */
export type Numbers = Float32Array | Int32Array | Uint8Array;

/** What the WebAssembly backend offers to its kernels; the package declares its kernels' side of it nowhere. */
export interface WasmBackend {
  /** A new tensor, of numbers that happen to lie there. */
  makeOutput(shape: readonly number[], dtype: DataType): TensorInfo;
  /** A new place for numbers or texts. */
  write(values: object, shape: readonly number[], dtype: DataType): object;
  /** A tensor's numbers in place. Worthless after the next `makeOutput`, which may move the memory. */
  typedArrayFromHeap(tensor: TensorInfo): Numbers;
  /** A copy of a tensor's numbers. */
  readSync(id: object): Numbers;
  /** One more tensor with the same numbers. */
  incRef(id: object): void;
  /** One tensor fewer; frees the numbers after the last. */
  disposeData(id: object): boolean;
}

/** A kernel for the WebAssembly backend: the arguments by name, their settings, and the backend. */
export type WasmKernel<Inputs, Settings> = (
  inputs: Inputs,
  settings: Settings,
  backend: WasmBackend,
) => TensorInfo | TensorInfo[];

/**
 * Puts a kernel in the place of the one that the WebAssembly backend has, if it has one.
 *
 * @param make Gets the library's kernel, for the cases that it does well.
 */
export function setWasmKernel<Inputs, Settings = unknown>(
  tf: TensorFlow,
  kernelName: string,
  make: (library: WasmKernel<Inputs, Settings>) => WasmKernel<Inputs, Settings>,
): void {
  const present = tf.getKernel(kernelName, "wasm");
  if (present) tf.unregisterKernel(kernelName, "wasm");
  const kernel = make(wasmKernel(present?.kernelFunc));
  const kernelFunc: KernelFunc = ({ inputs, attrs, backend }) =>
    kernel(inputs as Inputs, attrs as Settings, backend as WasmBackend);
  // With the library's set-up, which finds the compiled function that its kernel calls.
  tf.registerKernel({ ...present, kernelName, backendName: "wasm", kernelFunc });
}

/** A kernel as it is registered now, to be called from another one. */
export function findKernel<Inputs, Settings>(
  tf: TensorFlow,
  kernelName: string,
): WasmKernel<Inputs, Settings> {
  return (inputs, settings, backend) =>
    wasmKernel<Inputs, Settings>(tf.getKernel(kernelName, "wasm").kernelFunc)(inputs, settings, backend);
}

function wasmKernel<Inputs, Settings>(kernelFunc: KernelFunc): WasmKernel<Inputs, Settings> {
  return (inputs, attrs, backend) =>
    kernelFunc({ inputs: inputs as never, attrs: attrs as never, backend }) as TensorInfo | TensorInfo[];
}

/** The same numbers in another shape, as a tensor of its own. */
export function share(
  backend: WasmBackend,
  { dataId, dtype }: TensorInfo,
  shape: readonly number[],
): TensorInfo {
  backend.incRef(dataId);
  return { dataId, dtype, shape: [...shape] };
}

/** The same numbers in another shape, as a mere view: not to be disposed. */
export function reshape({ dataId, dtype }: TensorInfo, ...shape: number[]): TensorInfo {
  return { dataId, dtype, shape };
}

/** The same numbers once more. */
export function duplicate(backend: WasmBackend, x: TensorInfo): TensorInfo {
  const copy = backend.makeOutput(x.shape, x.dtype);
  backend.typedArrayFromHeap(copy).set(backend.typedArrayFromHeap(x));
  return copy;
}

/** How many numbers a tensor of this shape has. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}

/**
 * [first, middle, last] → [last, middle, first], float32.
 *
 * The library's transposition steps through memory by whole rows, which a processor's cache answers by missing: a
 * 2048 × 64 matrix took 0.6 ms, this takes 0.2 ms.
 */
export function swapOuter(
  backend: WasmBackend,
  x: TensorInfo,
  [first, middle, last]: readonly [number, number, number],
): TensorInfo {
  const swapped = backend.makeOutput([last, middle, first], "float32");
  const [from, to] = [backend.typedArrayFromHeap(x), backend.typedArrayFromHeap(swapped)];
  const together = 16;
  const step = middle * last;
  for (let start = 0; start < first; start += together) {
    const end = Math.min(first, start + together);
    for (let m = 0; m < middle; m++) {
      for (let l = 0; l < last; l++) {
        const row = (l * middle + m) * first;
        let source = start * step + m * last + l;
        for (let f = start; f < end; f++) {
          to[row + f] = from[source];
          source += step;
        }
      }
    }
  }
  return swapped;
}
