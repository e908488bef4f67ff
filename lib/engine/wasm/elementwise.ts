import type { TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { type Numbers, setWasmKernel, sizeOf, type WasmBackend } from "./backend.ts";

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

/**
 * Makes the WebAssembly backend's elementary functions accurate, lets NaN stay NaN, and makes comparisons with one
 * number fast.
 */
export function improveElementwise(tf: TensorFlow): void {
  // The library adds 1 first, which loses a small x.
  addFunction(tf, "Log1p", Math.log1p);
  // Its own are off by 2e-7, whatever the result: by 191 times of it at 1e-9.
  addFunction(tf, "Sin", Math.sin);
  addFunction(tf, "Cos", Math.cos);
  addClipping(tf);
  addTruth(tf);
  addExtremes(tf);
  for (const [kernelName, compare] of Object.entries(COMPARISONS)) addComparison(tf, kernelName, compare);
}

function addFunction(tf: TensorFlow, kernelName: string, compute: (x: number) => number): void {
  setWasmKernel<{ x: TensorInfo }>(tf, kernelName, () => ({ x }, _, backend) => {
    const result = backend.makeOutput(x.shape, "float32");
    const [from, to] = [backend.typedArrayFromHeap(x), backend.typedArrayFromHeap(result)];
    for (let i = 0; i < to.length; i++) to[i] = compute(from[i]);
    return result;
  });
}

interface Bounds {
  readonly clipValueMin: number;
  readonly clipValueMax: number;
}

/** XNNPACK, which the library calls for these, turns NaN into the lower bound. */
function addClipping(tf: TensorFlow): void {
  const clip = (x: TensorInfo, low: number, high: number, backend: WasmBackend) => {
    const result = backend.makeOutput(x.shape, "float32");
    const [from, to] = [backend.typedArrayFromHeap(x), backend.typedArrayFromHeap(result)];
    for (let i = 0; i < to.length; i++) {
      const value = from[i];
      to[i] = value < low ? low : value > high ? high : value;
    }
    return result;
  };
  setWasmKernel<{ x: TensorInfo }, Bounds>(
    tf,
    "ClipByValue",
    () =>
      ({ x }, { clipValueMin, clipValueMax }, backend) =>
        clip(x, clipValueMin, clipValueMax, backend),
  );
  setWasmKernel<{ x: TensorInfo }>(
    tf,
    "Relu6",
    () =>
      ({ x }, _, backend) =>
        clip(x, 0, 6, backend),
  );
}

/** A cast to truth values: the library copies the lowest byte of each number. */
function addTruth(tf: TensorFlow): void {
  setWasmKernel<{ x: TensorInfo }, { dtype: string }>(
    tf,
    "Cast",
    (library) => (inputs, settings, backend) => {
      const { x } = inputs;
      if (settings.dtype !== "bool" || x.dtype === "bool") return library(inputs, settings, backend);
      const result = backend.makeOutput(x.shape, "bool");
      const [from, to] = [backend.typedArrayFromHeap(x), backend.typedArrayFromHeap(result)];
      for (let i = 0; i < to.length; i++) to[i] = Number(from[i] !== 0);
      return result;
    },
  );
}

type Loop = (a: Numbers, b: Numbers, to: Numbers, stepA: 0 | 1, stepB: 0 | 1) => void;

const EXTREMES: Readonly<Record<string, Loop>> = {
  Maximum: (a, b, to, stepA, stepB) => {
    for (let i = 0; i < to.length; i++) to[i] = Math.max(a[i * stepA], b[i * stepB]);
  },
  Minimum: (a, b, to, stepA, stepB) => {
    for (let i = 0; i < to.length; i++) to[i] = Math.min(a[i * stepA], b[i * stepB]);
  },
};

/** The greater or lesser of two numbers, NaN if one is: the library gives the second. */
function addExtremes(tf: TensorFlow): void {
  for (const [kernelName, loop] of Object.entries(EXTREMES)) {
    setWasmKernel<Operands>(tf, kernelName, () => ({ a, b }, _, backend) => {
      const shape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
      const result = backend.makeOutput(shape, a.dtype);
      const size = sizeOf(shape);
      const [left, right] = [repeatNumbers(a, shape, backend), repeatNumbers(b, shape, backend)];
      const step = (x: Numbers) => (x.length === 1 && size > 1 ? 0 : 1);
      loop(left, right, backend.typedArrayFromHeap(result), step(left), step(right));
      return result;
    });
  }
}

/** A tensor's numbers as often as the shape needs them; a single number stays one. */
function repeatNumbers(x: TensorInfo, shape: readonly number[], backend: WasmBackend): Numbers {
  const from = backend.typedArrayFromHeap(x);
  const size = sizeOf(shape);
  if (from.length === size || from.length === 1) return from;
  const all = from instanceof Int32Array ? new Int32Array(size) : new Float32Array(size);
  const own = [...Array<number>(shape.length - x.shape.length).fill(1), ...x.shape];
  for (let i = 0; i < size; i++) {
    let [rest, place, stride] = [i, 0, 1];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (own[axis] > 1) place += (rest % shape[axis]) * stride;
      rest = Math.floor(rest / shape[axis]);
      stride *= own[axis];
    }
    all[i] = from[place];
  }
  return all;
}

/**
 * The library looks up the place of each number in both operands, also if one of them is a single number: of 256×64 it
 * takes 0.057 ms, here 0.014 (`node lib/engine/speed.fixture.ts`).
 */
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
