import type { Tensor, Tensor4D } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import type { Operations } from "./operation.ts";

/** [n, channels, height, width] ↔ [n, height, width, channels]. */
const [LAST, FIRST] = [
  [0, 2, 3, 1],
  [0, 3, 1, 2],
];

/** Images with their channels first: put last for the operation. No backend has both directions for them. */
export function layouts(tf: TensorFlow): Operations {
  const { conv2d, depthToSpace } = tf;
  const channelsLast = (x: Tensor, run: (x: Tensor4D) => Tensor) =>
    tf.transpose(run(tf.transpose(x, LAST) as Tensor4D), FIRST);
  return {
    conv2d: (
      x: Tensor4D,
      filter: Tensor4D,
      strides: number,
      pad: "same" | [number, number][],
      dataFormat = "NHWC",
      ...rest: []
    ) => {
      if (dataFormat !== "NCHW" || x.rank !== 4)
        return conv2d(x, filter, strides, pad as "same", dataFormat as "NHWC", ...rest);
      const padding = Array.isArray(pad) ? LAST.map((axis) => pad[axis]) : pad;
      return channelsLast(x, (last) => conv2d(last, filter, strides, padding as "same", "NHWC", ...rest));
    },
    depthToSpace: (x: Tensor4D, blockSize: number, dataFormat = "NHWC") =>
      dataFormat === "NCHW"
        ? channelsLast(x, (last) => depthToSpace(last, blockSize))
        : depthToSpace(x, blockSize, dataFormat as "NHWC"),
  };
}
