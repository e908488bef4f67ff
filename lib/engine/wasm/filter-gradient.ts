import type { TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { findKernel, reshape, swapOuter, type WasmBackend, type WasmKernel } from "./backend.ts";
import {
  type ConvolutionSettings,
  checkFormat,
  geometry,
  type Pair,
  type Shape4,
  turnFilter,
} from "./geometry.ts";
import { copyRuns } from "./runs.ts";

/** How a filter lies over images: its taps, the rows and columns of 0 before the images, and its steps. */
interface Taps {
  readonly size: Pair;
  readonly before: Pair;
  readonly strides: Pair;
}

/** How many numbers are gathered at a time, 1 MB: what is gathered stays near, and large images do not fill the memory. */
const ROOM = 2 ** 18;

/**
 * Gradient of conv2d in its filter, dW[i, j, c, o] = Σ_{r,s,n} x[n, r·stride + i, s·stride + j, c] · dy[n, r, s, o].
 *
 * That is the correlation of x with dy. Without strides it is as well that of dy with x, the taps in reverse order; it
 * is the one with fewer channels whose numbers are gathered for each tap.
 */
export function filterGradient(
  tf: TensorFlow,
): WasmKernel<{ x: TensorInfo; dy: TensorInfo }, ConvolutionSettings & { filterShape: Shape4 }> {
  const correlate = correlation(tf);
  return ({ x, dy }, settings, backend) => {
    checkFormat(settings);
    const [rows, columns, inputs, outputs] = settings.filterShape;
    const { padInfo, strideHeight, strideWidth } = geometry(tf, x.shape, settings.filterShape, settings);
    const size = [rows, columns] as const;
    const before = [padInfo.top, padInfo.left] as const;
    const strides = [strideHeight, strideWidth] as const;
    if (inputs <= outputs || strideHeight > 1 || strideWidth > 1) {
      return correlate(backend, x, dy, { size, before, strides });
    }
    const reversed = [rows - 1 - padInfo.top, columns - 1 - padInfo.left] as const;
    const gradient = correlate(backend, dy, x, { size, before: reversed, strides });
    const turned = turnFilter(backend, gradient);
    backend.disposeData(gradient.dataId);
    return turned;
  };
}

/**
 * [n, height, width, c] and [n, r, s, o] → [i, j, c, o]: the numbers of the first that each place i, j, c meets, as a
 * matrix [places, pixels], times the second as [pixels, o].
 *
 * The pixels come in the order r, s, n: so what meets a row of pixels are neighbours in the first as [c, r, s, n].
 */
function correlation(tf: TensorFlow) {
  const transpose = findKernel<{ x: TensorInfo }, { perm: number[] }>(tf, "Transpose");
  const product = findKernel<{ a: TensorInfo; b: TensorInfo }, { transposeA: boolean; transposeB: boolean }>(
    tf,
    "BatchMatMul",
  );
  return (backend: WasmBackend, first: TensorInfo, second: TensorInfo, taps: Taps): TensorInfo => {
    const [batch, height, width, channels] = first.shape;
    const [, rows, columns, outputs] = second.shape;
    const pixels = rows * columns * batch;
    const swapped = swapOuter(backend, first, [batch, height * width, channels]);
    const images = reshape(swapped, channels, height, width, batch);
    const byPixel = reshape(second, batch, rows * columns, outputs);
    const factor = transpose({ x: byPixel }, { perm: [1, 0, 2] }, backend) as TensorInfo;
    const result = backend.makeOutput([...taps.size, channels, outputs], "float32");
    const places = taps.size[0] * taps.size[1] * channels;
    const together = Math.min(places, Math.max(1, Math.floor(ROOM / pixels)));
    const met = backend.makeOutput([together, pixels], "float32");
    for (let start = 0; start < places; start += together) {
      const count = Math.min(together, places - start);
      gather(backend, images, reshape(met, count, rows, columns, batch), taps, start);
      const factors = { a: reshape(met, count, pixels), b: reshape(factor, pixels, outputs) };
      const part = product(factors, { transposeA: false, transposeB: false }, backend) as TensorInfo;
      backend.typedArrayFromHeap(result).set(backend.typedArrayFromHeap(part), start * outputs);
      backend.disposeData(part.dataId);
    }
    for (const { dataId } of [swapped, factor, met]) backend.disposeData(dataId);
    return result;
  };
}

/** Writes what each place of the filter, from number `start` on, meets in images [c, height, width, n]: 0 beyond them. */
function gather(
  backend: WasmBackend,
  images: TensorInfo,
  met: TensorInfo,
  { size, before, strides }: Taps,
  start: number,
): void {
  const [channels, height, width, batch] = images.shape;
  const [places, rows, columns] = met.shape;
  const [from, to] = [backend.typedArrayFromHeap(images), backend.typedArrayFromHeap(met)];
  to.fill(0);
  for (let k = 0; k < places; k++) {
    const [tap, channel] = [Math.floor((start + k) / channels), (start + k) % channels];
    const [down, right] = [Math.floor(tap / size[1]) - before[0], (tap % size[1]) - before[1]];
    const first = Math.max(0, Math.ceil(-right / strides[1]));
    const count = Math.min(columns, Math.floor((width - 1 - right) / strides[1]) + 1) - first;
    for (let r = 0; r < rows; r++) {
      const row = r * strides[0] + down;
      if (row < 0 || row >= height || count <= 0) continue;
      const source = ((channel * height + row) * width + first * strides[1] + right) * batch;
      const target = ((k * rows + r) * columns + first) * batch;
      const neighbours = strides[1] === 1 ? count : 1;
      copyRuns(
        { numbers: from, start: source, step: strides[1] * batch },
        { numbers: to, start: target, step: batch },
        neighbours * batch,
        count / neighbours,
      );
    }
  }
}
