import type { GradConfig, Tensor, Tensor4D } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";

/** Slices the positions 0, 1, 2, … as the input was sliced, and adds each dy where its position came from. */
export function stridedSliceGradient(tf: TensorFlow): GradConfig {
  return {
    kernelName: "StridedSlice",
    inputsToSave: ["x"],
    gradFunc: (dy, [x], attributes) => ({
      x: () => {
        const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } =
          attributes as unknown as Record<"begin" | "end" | "strides", number[]> & Record<string, number>;
        // As float32, exact up to 2²⁴: wasm reads a slice of integers as if they were floats.
        const positions = tf.reshape(tf.range(0, x.size), x.shape);
        const taken = tf.stridedSlice(
          positions,
          begin,
          end,
          strides,
          beginMask,
          endMask,
          ellipsisMask,
          newAxisMask,
          shrinkAxisMask,
        );
        const flat = tf.scatterND(
          tf.cast(tf.reshape(taken, [-1, 1]), "int32"),
          tf.reshape(dy as Tensor, [-1]),
          [x.size],
        );
        return tf.reshape(flat, x.shape);
      },
    }),
  };
}

/** Space to depth: [batch, h·s, w·s, c] → [batch, h, w, s·s·c]. */
export function depthToSpaceGradient(tf: TensorFlow): GradConfig {
  return {
    kernelName: "DepthToSpace",
    gradFunc: (dy, _saved, attributes) => ({
      x: () => {
        const size = attributes.blockSize as number;
        if (attributes.dataFormat !== "NHWC") {
          throw new Error(`gradient of depthToSpace: expected NHWC, got ${attributes.dataFormat}`);
        }
        const [batch, height, width, channels] = (dy as Tensor4D).shape;
        const [rows, columns] = [height / size, width / size];
        const blocks = tf.reshape(dy as Tensor, [batch, rows, size, columns, size, channels]);
        return tf.reshape(tf.transpose(blocks, [0, 1, 3, 2, 4, 5]), [
          batch,
          rows,
          columns,
          size * size * channels,
        ]);
      },
    }),
  };
}
