import type { TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { findKernel, reshape, setWasmKernel, sizeOf, type WasmBackend, type WasmKernel } from "./backend.ts";
import { filterGradient } from "./filter-gradient.ts";
import {
  type ConvolutionSettings,
  checkFormat,
  geometry,
  type Pair,
  type Shape4,
  turnFilter,
} from "./geometry.ts";

interface ForwardSettings extends ConvolutionSettings {
  readonly dilations: number | [number, number];
}

type Forward = WasmKernel<{ x: TensorInfo; filter: TensorInfo }, ForwardSettings>;

/** A convolution by what it does: an output of this size, from an image with so many rows and columns of 0 before. */
interface Window {
  readonly before: Pair;
  readonly output: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
}

const ONE: Pair = [1, 1];

/**
 * Gives the WebAssembly backend convolutions whose gradients are fast, and right where they were not.
 *
 * The library computes the forward direction by XNNPACK; of the gradients it lacks that of the filter, and that of the
 * input is a plain loop, slow (of a 3×3 convolution of 16×16×16 with 16 outputs 5.8 ms, here 1.3, by
 * `node lib/engine/speed.fixture.ts`) and wrong for strides above 1.
 */
export function improveConvolutions(tf: TensorFlow): void {
  setWasmKernel<{ x: TensorInfo; filter: TensorInfo }, ForwardSettings>(tf, "Conv2D", (library) =>
    paddedConvolution(tf, library),
  );
  setWasmKernel<{ x: TensorInfo; dy: TensorInfo }, ConvolutionSettings & { filterShape: Shape4 }>(
    tf,
    "Conv2DBackpropFilter",
    () => filterGradient(tf),
  );
  setWasmKernel<{ dy: TensorInfo; filter: TensorInfo }, ConvolutionSettings & { inputShape: Shape4 }>(
    tf,
    "Conv2DBackpropInput",
    () => inputGradient(tf),
  );
}

/**
 * The library's convolution with the padding written out.
 *
 * XNNPACK's own "same" padding goes wrong where a stride jumps over pixels; and the library derives the size of the
 * output from the filter's height alone if the padding is one number, so that XNNPACK wrote beyond it.
 */
function paddedConvolution(tf: TensorFlow, library: Forward): Forward {
  const multiply = findKernel<{ a: TensorInfo; b: TensorInfo }, object>(tf, "Multiply");
  return ({ x, filter }, settings, backend) => {
    // The library refuses this, in its own words.
    if (settings.dataFormat !== "NHWC") return library({ x, filter }, settings, backend);
    const info = geometry(tf, x.shape, filter.shape, settings, settings.dilations);
    // By one number: XNNPACK turns NaN into −∞ then.
    const isFactor =
      sizeOf(filter.shape) === 1 && info.outHeight === info.inHeight && info.outWidth === info.inWidth;
    if (isFactor) return multiply({ a: x, b: reshape(filter) }, {}, backend);
    return convolveWindow(library, x, filter, backend, {
      before: [info.padInfo.top, info.padInfo.left],
      output: [info.outHeight, info.outWidth],
      strides: [info.strideHeight, info.strideWidth],
      dilations: [info.dilationHeight, info.dilationWidth],
    });
  };
}

/** Gradient of conv2d in its input: a convolution of dy with the filter turned by 180°, inputs and outputs exchanged. */
function inputGradient(
  tf: TensorFlow,
): WasmKernel<{ dy: TensorInfo; filter: TensorInfo }, ConvolutionSettings & { inputShape: Shape4 }> {
  const convolution = findKernel<{ x: TensorInfo; filter: TensorInfo }, ForwardSettings>(tf, "Conv2D");
  return ({ dy, filter }, settings, backend) => {
    checkFormat(settings);
    const [, height, width] = settings.inputShape;
    const [rows, columns] = filter.shape;
    const info = geometry(tf, settings.inputShape, filter.shape, settings);
    const strides: Pair = [info.strideHeight, info.strideWidth];
    const before: Pair = [rows - 1 - info.padInfo.top, columns - 1 - info.padInfo.left];
    const turned = turnFilter(backend, filter);
    const window = { output: [height, width], strides: ONE, dilations: ONE } as const;
    if (sizeOf(strides) === 1 && Math.min(...before) >= 0) {
      const gradient = convolveWindow(convolution, dy, turned, backend, { ...window, before });
      backend.disposeData(turned.dataId);
      return gradient;
    }
    const spread = spreadOut(backend, dy, strides, before, [height + rows - 1, width + columns - 1]);
    const gradient = convolveWindow(convolution, spread, turned, backend, { ...window, before: [0, 0] });
    for (const { dataId } of [turned, spread]) backend.disposeData(dataId);
    return gradient;
  };
}

/** Convolves with exactly this window: the image is cut off or surrounded by zeros at its end as the output demands. */
function convolveWindow(
  convolution: Forward,
  x: TensorInfo,
  filter: TensorInfo,
  backend: WasmBackend,
  { before, output, strides, dilations }: Window,
): TensorInfo {
  const along = (axis: 0 | 1) => {
    const reach = (filter.shape[axis] - 1) * dilations[axis] + 1;
    const needed = (output[axis] - 1) * strides[axis] + reach - before[axis];
    const present = x.shape[axis + 1];
    const [size, after] = [
      present - needed < strides[axis] ? present : needed,
      Math.max(0, needed - present),
    ];
    return { size, padding: [before[axis], after] };
  };
  const [vertical, horizontal] = [along(0), along(1)];
  const image = crop(backend, x, vertical.size, horizontal.size);
  const pad = [[0, 0], vertical.padding, horizontal.padding, [0, 0]];
  const settings = { strides, dilations, pad, dataFormat: "NHWC" } as unknown as ForwardSettings;
  const result = convolution({ x: image, filter }, settings, backend) as TensorInfo;
  if (image !== x) backend.disposeData(image.dataId);
  return result;
}

/** The first rows and columns of images. */
function crop(backend: WasmBackend, x: TensorInfo, height: number, width: number): TensorInfo {
  const [batch, rows, columns, channels] = x.shape;
  if (height === rows && width === columns) return x;
  const part = backend.makeOutput([batch, height, width, channels], "float32");
  const [from, to] = [backend.typedArrayFromHeap(x), backend.typedArrayFromHeap(part)];
  const length = width * channels;
  for (let n = 0; n < batch; n++) {
    for (let r = 0; r < height; r++) {
      const start = (n * rows + r) * columns * channels;
      to.set(from.subarray(start, start + length), (n * height + r) * length);
    }
  }
  return part;
}

/** Images of this size, 0 but for the pixels of dy, which lie `strides` apart after `before` rows and columns. */
function spreadOut(
  backend: WasmBackend,
  dy: TensorInfo,
  strides: Pair,
  before: Pair,
  [height, width]: Pair,
): TensorInfo {
  const [batch, rows, columns, channels] = dy.shape;
  const spread = backend.makeOutput([batch, height, width, channels], "float32");
  const [from, to] = [backend.typedArrayFromHeap(dy), backend.typedArrayFromHeap(spread)];
  to.fill(0);
  for (let n = 0; n < batch; n++) {
    for (let r = 0; r < rows; r++) {
      const row = before[0] + r * strides[0];
      if (row < 0 || row >= height) continue;
      for (let c = 0; c < columns; c++) {
        const column = before[1] + c * strides[1];
        if (column < 0 || column >= width) continue;
        const source = ((n * rows + r) * columns + c) * channels;
        to.set(from.subarray(source, source + channels), ((n * height + row) * width + column) * channels);
      }
    }
  }
  return spread;
}
