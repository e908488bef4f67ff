import type { TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { type Numbers, setWasmKernel, sizeOf } from "./backend.ts";

interface Operands {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
}

type Comparison = (x: Numbers, bound: number, to: Numbers) => void;

// One loop for each: a comparison passed to a common loop would be called for every number. And no `? 1 : 0`, at which a
// processor guesses wrongly for every other number of a hidden layer.
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  Greater: (x, bound, to) => {
    for (let i = 0; i < to.length; i++) to[i] = Number(x[i] > bound);
  },
  GreaterEqual: (x, bound, to) => {
    for (let i = 0; i < to.length; i++) to[i] = Number(x[i] >= bound);
  },
  Less: (x, bound, to) => {
    for (let i = 0; i < to.length; i++) to[i] = Number(x[i] < bound);
  },
  LessEqual: (x, bound, to) => {
    for (let i = 0; i < to.length; i++) to[i] = Number(x[i] <= bound);
  },
};

/** Makes the WebAssembly backend's log1p accurate, and comparisons with one number fast. */
export function improveElementwise(tf: TensorFlow): void {
  addLog1p(tf);
  for (const [kernelName, compare] of Object.entries(COMPARISONS)) addComparison(tf, kernelName, compare);
}

/** log(1 + x): the library adds first, which loses a small x. */
function addLog1p(tf: TensorFlow): void {
  setWasmKernel<{ x: TensorInfo }>(tf, "Log1p", () => ({ x }, _, backend) => {
    const result = backend.makeOutput(x.shape, "float32");
    const [from, to] = [backend.typedArrayFromHeap(x), backend.typedArrayFromHeap(result)];
    for (let i = 0; i < to.length; i++) to[i] = Math.log1p(from[i]);
    return result;
  });
}

/** The library looks up the place of each number in both operands, also if one of them is a single number. */
function addComparison(tf: TensorFlow, kernelName: string, compare: Comparison): void {
  setWasmKernel<Operands>(tf, kernelName, (library) => (operands, settings, backend) => {
    const { a, b } = operands;
    const withNumber = sizeOf(b.shape) === 1 && b.shape.length <= a.shape.length && a.dtype === b.dtype;
    if (!withNumber || a.dtype === "string") return library(operands, settings, backend);
    const result = backend.makeOutput(a.shape, "bool");
    const bound = backend.typedArrayFromHeap(b)[0];
    compare(backend.typedArrayFromHeap(a), bound, backend.typedArrayFromHeap(result));
    return result;
  });
}
