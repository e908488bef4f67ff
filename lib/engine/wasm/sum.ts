import type { TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { type Numbers, setWasmKernel, sizeOf } from "./backend.ts";

interface Settings {
  readonly axis: number | number[];
  readonly keepDims: boolean;
}

/**
 * Makes the WebAssembly backend's sums and means over leading axes fast, as the gradient of a bias needs them, and
 * accurate.
 *
 * The library transposes first and adds in single precision; here it is in double precision, row by row.
 */
export function improveSums(tf: TensorFlow): void {
  for (const kernelName of ["Sum", "Mean"]) {
    setWasmKernel<{ x: TensorInfo }, Settings>(tf, kernelName, (library) => (inputs, settings, backend) => {
      const { x } = inputs;
      const axes = tf.util.parseAxisParam(settings.axis, x.shape).toSorted((a, b) => a - b);
      const leading = axes.length > 0 && axes.every((axis, i) => axis === i);
      if (!leading || x.dtype !== "float32") return library(inputs, settings, backend);
      const rest = x.shape.slice(axes.length);
      const shape = settings.keepDims ? [...axes.map(() => 1), ...rest] : rest;
      const result = backend.makeOutput(shape, "float32");
      const totals = rowsAdded(backend.typedArrayFromHeap(x), sizeOf(rest));
      const rows = kernelName === "Mean" ? sizeOf(x.shape.slice(0, axes.length)) : 1;
      backend.typedArrayFromHeap(result).set(totals.map((total) => total / rows));
      return result;
    });
  }
}

function rowsAdded(numbers: Numbers, width: number): Float64Array {
  if (width === 1) {
    let total = 0;
    for (let i = 0; i < numbers.length; i++) total += numbers[i];
    return Float64Array.of(total);
  }
  const totals = new Float64Array(width);
  for (let start = 0; start < numbers.length; start += width) {
    for (let k = 0; k < width; k++) totals[k] += numbers[start + k];
  }
  return totals;
}
