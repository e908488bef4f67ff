import type { TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import type { PlainBackend } from "./plain-kernel.ts";

interface Attributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: "same" | "valid" | number;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

/** Windows along one axis: where they begin and how many numbers of x lie in them. */
interface Axis {
  readonly length: number;
  readonly windows: readonly { readonly start: number; readonly end: number }[];
}

/**
 * The gradient of the mean over windows of images (2 axes) or volumes (3).
 *
 * Each number of a window gets dy divided by how many there are. The library divides by the window's size, also where
 * it reaches over the edge.
 */
export function averageGradient(tf: TensorFlow, rank: 2 | 3) {
  return (
    { dy, input }: Readonly<Record<string, TensorInfo>>,
    attributes: Attributes,
    backend: PlainBackend,
  ): TensorInfo => {
    const axes =
      rank === 2 ? imageAxes(tf, input.shape, attributes) : volumeAxes(tf, input.shape, attributes);
    const channels = input.shape[rank + 1];
    const from = backend.readSync(dy.dataId) as Float32Array;
    const gradient = new Float64Array(tf.util.sizeFromShape(input.shape));
    let next = 0;
    for (let n = 0; n < input.shape[0]; n++) {
      for (const depth of axes[0].windows) {
        for (const row of axes[1].windows) {
          for (const column of axes[2].windows) {
            spread(gradient, from.subarray(next, next + channels), n, axes, [depth, row, column]);
            next += channels;
          }
        }
      }
    }
    return backend.makeTensorInfo(input.shape, "float32", Float32Array.from(gradient));
  };
}

type Window = Axis["windows"][number];

function spread(
  gradient: Float64Array,
  dy: Float32Array,
  n: number,
  axes: readonly Axis[],
  [depth, row, column]: readonly Window[],
): void {
  const [, { length: height }, { length: width }] = axes;
  const channels = dy.length;
  const count = [depth, row, column].reduce((product, { start, end }) => product * (end - start), 1);
  for (let d = depth.start; d < depth.end; d++) {
    for (let r = row.start; r < row.end; r++) {
      for (let c = column.start; c < column.end; c++) {
        const place = (((n * axes[0].length + d) * height + r) * width + c) * channels;
        for (let k = 0; k < channels; k++) gradient[place + k] += dy[k] / count;
      }
    }
  }
}

const ALONE: Axis = { length: 1, windows: [{ start: 0, end: 1 }] };

function imageAxes(
  tf: TensorFlow,
  shape: number[],
  { filterSize, strides, pad, dimRoundingMode }: Attributes,
): Axis[] {
  const info = tf.backend_util.computePool2DInfo(
    shape as never,
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  return [
    ALONE,
    axis(info.inHeight, info.outHeight, info.filterHeight, info.strideHeight, info.padInfo.top),
    axis(info.inWidth, info.outWidth, info.filterWidth, info.strideWidth, info.padInfo.left),
  ];
}

function volumeAxes(
  tf: TensorFlow,
  shape: number[],
  { filterSize, strides, pad, dimRoundingMode }: Attributes,
): Axis[] {
  const info = tf.backend_util.computePool3DInfo(
    shape as never,
    filterSize as never,
    strides as never,
    1,
    pad,
    dimRoundingMode,
  );
  return [
    axis(info.inDepth, info.outDepth, info.filterDepth, info.strideDepth, info.padInfo.front),
    axis(info.inHeight, info.outHeight, info.filterHeight, info.strideHeight, info.padInfo.top),
    axis(info.inWidth, info.outWidth, info.filterWidth, info.strideWidth, info.padInfo.left),
  ];
}

function axis(length: number, count: number, size: number, stride: number, before: number): Axis {
  const windows = Array.from({ length: count }, (_, i) => {
    const start = i * stride - before;
    return { start: Math.max(0, start), end: Math.min(length, start + size) };
  });
  return { length, windows };
}
