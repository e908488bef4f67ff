import type { TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { setWasmKernel, share, sizeOf, type WasmBackend } from "./backend.ts";
import { copyRuns } from "./runs.ts";

/**
 * Makes the WebAssembly backend take tensors apart and put them together at the speed of copying.
 *
 * Halves of 4096×2 take 0.027 ms instead of 0.23, and as long to put together (`node lib/engine/speed.fixture.ts`). The library copies the whole tensor for each part of it, and calls a function for each run of neighbours, which is
 * often a single number: the halves of a vector, the parameters of a coupling that lie side by side.
 */
export function improveParts(tf: TensorFlow): void {
  setWasmKernel<{ x: TensorInfo }>(
    tf,
    "Identity",
    () =>
      ({ x }, _, backend) =>
        share(backend, x, x.shape),
  );
  addSlice(tf);
  addSplits(tf);
  addJoins(tf);
}

function addSlice(tf: TensorFlow): void {
  const { parseSliceParams, assertParamsValid } = tf.slice_util;
  setWasmKernel<{ x: TensorInfo }, { begin: number[]; size: number[] }>(
    tf,
    "Slice",
    (library) => (inputs, settings, backend) => {
      const { x } = inputs;
      const [begin, size] = parseSliceParams(x as never, settings.begin, settings.size);
      assertParamsValid(x as never, begin, size);
      const cut = size.flatMap((length, axis) => (length < x.shape[axis] ? [axis] : []));
      if (cut.length > 1 || x.dtype === "string") return library(inputs, settings, backend);
      if (cut.length === 0) return share(backend, x, x.shape);
      return part(backend, x, cut[0], begin[cut[0]], size[cut[0]]);
    },
  );
}

function addSplits(tf: TensorFlow): void {
  setWasmKernel<{ x: TensorInfo }, { numOrSizeSplits: number | number[]; axis: number }>(
    tf,
    "SplitV",
    (library) => (inputs, settings, backend) => {
      const { x } = inputs;
      if (x.dtype === "string") return library(inputs, settings, backend);
      const [axis] = tf.util.parseAxisParam(settings.axis, x.shape);
      const sizes = tf.backend_util.prepareSplitSize(x as never, settings.numOrSizeSplits, axis);
      let start = 0;
      return sizes.map((size) => {
        start += size;
        return part(backend, x, axis, start - size, size);
      });
    },
  );
  setWasmKernel<{ value: TensorInfo }, { axis: number }>(
    tf,
    "Unpack",
    (library) => (inputs, settings, backend) => {
      const { value } = inputs;
      if (value.dtype === "string") return library(inputs, settings, backend);
      const [axis] = tf.util.parseAxisParam(settings.axis, value.shape);
      const shape = value.shape.toSpliced(axis, 1);
      return Array.from({ length: value.shape[axis] }, (_, i) => {
        return { ...part(backend, value, axis, i, 1), shape: [...shape] };
      });
    },
  );
}

function addJoins(tf: TensorFlow): void {
  setWasmKernel<TensorInfo[], { axis: number }>(tf, "Concat", (library) => (parts, settings, backend) => {
    if (parts[0].dtype === "string") return library(parts, settings, backend);
    const [{ shape }] = parts;
    const [axis] = tf.util.parseAxisParam(settings.axis, shape);
    const shapes = parts.map((one) => one.shape);
    tf.backend_util.assertParamsConsistent(shapes, axis);
    return join(backend, parts, axis, tf.backend_util.computeOutShape(shapes, axis));
  });
  setWasmKernel<TensorInfo[], { axis: number }>(tf, "Pack", (library) => (parts, settings, backend) => {
    const [{ shape, dtype }] = parts;
    if (dtype === "string") return library(parts, settings, backend);
    for (const one of parts) {
      tf.util.assertShapesMatch(shape, one.shape, "All tensors passed to stack must have matching shapes");
      tf.util.assert(dtype === one.dtype, () => "All tensors passed to stack must have matching dtypes");
    }
    const axis = settings.axis < 0 ? settings.axis + shape.length + 1 : settings.axis;
    return join(backend, parts, axis, shape.toSpliced(axis, 0, parts.length));
  });
}

/** Entries start … start + length − 1 of an axis. */
function part(backend: WasmBackend, x: TensorInfo, axis: number, start: number, length: number): TensorInfo {
  const shape = x.shape.with(axis, length);
  if (length === x.shape[axis]) return share(backend, x, shape);
  const taken = backend.makeOutput(shape, x.dtype);
  const inner = sizeOf(shape.slice(axis + 1));
  const from = backend.typedArrayFromHeap(x);
  const to = backend.typedArrayFromHeap(taken);
  copyRuns(
    { numbers: from, start: start * inner, step: x.shape[axis] * inner },
    { numbers: to, start: 0, step: length * inner },
    length * inner,
    sizeOf(shape.slice(0, axis)),
  );
  return taken;
}

/** Tensors one after the other for each setting of the axes before this one. */
function join(
  backend: WasmBackend,
  parts: readonly TensorInfo[],
  axis: number,
  shape: readonly number[],
): TensorInfo {
  const whole = backend.makeOutput(shape, parts[0].dtype);
  const to = backend.typedArrayFromHeap(whole);
  const count = sizeOf(shape.slice(0, axis));
  const step = sizeOf(shape.slice(axis));
  let start = 0;
  for (const one of parts) {
    const run = sizeOf(one.shape.slice(axis));
    const from = backend.typedArrayFromHeap(one);
    copyRuns({ numbers: from, start: 0, step: run }, { numbers: to, start, step }, run, count);
    start += run;
  }
  return whole;
}
