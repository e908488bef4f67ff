import type { TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import type { WasmBackend } from "./backend.ts";

export type Shape4 = [number, number, number, number];
export type Pair = readonly [vertical: number, horizontal: number];

/** What the library tells a kernel about a convolution. */
export interface ConvolutionSettings {
  readonly strides: number | [number, number];
  readonly pad: "same" | "valid" | number;
  readonly dataFormat: "NHWC" | "NCHW";
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

/** Sizes, strides and padding of a convolution of images [n, height, width, channels], as the library works them out. */
export function geometry(
  tf: TensorFlow,
  x: readonly number[],
  filter: readonly number[],
  { strides, pad, dimRoundingMode }: ConvolutionSettings,
  dilations: number | [number, number] = 1,
) {
  return tf.backend_util.computeConv2DInfo(
    x as Shape4,
    filter as Shape4,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    false,
    "channelsLast",
  );
}

/** @throws Error if the images are not [n, height, width, channels]. */
export function checkFormat({ dataFormat }: ConvolutionSettings): void {
  if (dataFormat === "NHWC") return;
  throw new Error(
    `gradient of conv2d on wasm: expected images as NHWC, got ${dataFormat}; transpose them first`,
  );
}

/** [rows, columns, inputs, outputs] → [rows, columns, outputs, inputs], the taps in reverse order. */
export function turnFilter(backend: WasmBackend, filter: TensorInfo): TensorInfo {
  const [rows, columns, inputs, outputs] = filter.shape;
  const turned = backend.makeOutput([rows, columns, outputs, inputs], "float32");
  const [from, to] = [backend.typedArrayFromHeap(filter), backend.typedArrayFromHeap(turned)];
  const size = inputs * outputs;
  for (let tap = 0; tap < rows * columns; tap++) {
    const [source, target] = [tap * size, (rows * columns - 1 - tap) * size];
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) to[target + o * inputs + i] = from[source + i * outputs + o];
    }
  }
  return turned;
}
