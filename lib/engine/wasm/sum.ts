import type { TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { findKernel, type Numbers, setWasmKernel, sizeOf } from "./backend.ts";

interface Settings {
  readonly axis: number | number[];
  readonly keepDims: boolean;
}

/**
 * Makes the WebAssembly backend's sums and means accurate, and fast over leading axes, as the gradient of a bias needs
 * them.
 *
 * The library adds one number after the other in single precision, which of 49,152 numbers (an image of 128×128×3)
 * loses 0.03 to 0.3; here it is in double precision. Over leading axes it transposes first; here it goes row by row: over the rows of
 * 2048×64, 0.05 ms instead of 0.94 (`node lib/engine/speed.fixture.ts`).
 */
export function improveSums(tf: TensorFlow): void {
  const transpose = findKernel<{ x: TensorInfo }, { perm: number[] }>(tf, "Transpose");
  for (const kernelName of ["Sum", "Mean"]) {
    setWasmKernel<{ x: TensorInfo }, Settings>(tf, kernelName, (library) => (inputs, settings, backend) => {
      const { x } = inputs;
      const axes = tf.util.parseAxisParam(settings.axis, x.shape).toSorted((a, b) => a - b);
      const count = sizeOf(axes.map((axis) => x.shape[axis]));
      const leading = axes.length > 0 && axes.every((axis, i) => axis === i);
      if ((!leading && count < FEW) || x.dtype !== "float32") return library(inputs, settings, backend);
      const kept = x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
      const rest = kept.map((axis) => x.shape[axis]);
      const shape = settings.keepDims
        ? x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length))
        : rest;
      const perm = [...kept, ...axes];
      const inOrder = leading || perm.every((axis, i) => axis === i);
      const rows = inOrder ? x : (transpose({ x }, { perm }, backend) as TensorInfo);
      const result = backend.makeOutput(shape, "float32");
      const numbers = backend.typedArrayFromHeap(rows);
      const totals = leading ? addRows(numbers, sizeOf(rest)) : addWithinRows(numbers, count);
      const divisor = kernelName === "Mean" ? count : 1;
      const target = backend.typedArrayFromHeap(result);
      for (let i = 0; i < totals.length; i++) target[i] = totals[i] / divisor;
      if (!inOrder) backend.disposeData(rows.dataId);
      return result;
    });
  }
}

/** Up to so many numbers, single precision loses no more than 2e-6 of a sum, and the library is faster. */
const FEW = 32;

/** Sums of rows of this length: four at a time, since an addition waits for the one before it. */
function addWithinRows(numbers: Numbers, length: number): Float64Array {
  const totals = new Float64Array(numbers.length / length);
  const inFours = length - (length % 4);
  for (let row = 0; row < totals.length; row++) {
    const start = row * length;
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let i = start; i < start + inFours; i += 4) {
      a += numbers[i];
      b += numbers[i + 1];
      c += numbers[i + 2];
      d += numbers[i + 3];
    }
    for (let i = start + inFours; i < start + length; i++) a += numbers[i];
    totals[row] = a + b + (c + d);
  }
  return totals;
}

function addRows(numbers: Numbers, width: number): Float64Array {
  if (width === 1) {
    let total = 0;
    for (let i = 0; i < numbers.length; i++) total += numbers[i];
    return Float64Array.of(total);
  }
  const totals = new Float64Array(width);
  const inFours = numbers.length - (numbers.length % (4 * width));
  // Four rows at a time, in the same order: a total is read and written once for all of them.
  for (let start = 0; start < inFours; start += 4 * width) {
    const [second, third, fourth] = [start + width, start + 2 * width, start + 3 * width];
    for (let k = 0; k < width; k++)
      totals[k] =
        totals[k] + numbers[start + k] + numbers[second + k] + numbers[third + k] + numbers[fourth + k];
  }
  for (let start = inFours; start < numbers.length; start += width) {
    for (let k = 0; k < width; k++) totals[k] += numbers[start + k];
  }
  return totals;
}
