import type { GradConfig, Tensor, Tensor1D } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { depthToSpaceGradient, stridedSliceGradient } from "./places.ts";

/** Operations that copy numbers to other places: the gradient copies them back. */
export function rearranging(tf: TensorFlow): GradConfig[] {
  const list = (dy: Tensor | Tensor[]) => (Array.isArray(dy) ? dy : [dy]);
  return [
    // The library's gradient of the indices is the indices, which are refused for being integers; and the inverse
    // operation has none for its ids, which a second derivative asks for.
    withoutGradientOf(tf, "GatherV2", "indices", 1),
    withoutGradientOf(tf, "UnsortedSegmentSum", "segmentIds", 0),
    {
      kernelName: "GatherNd",
      inputsToSave: ["params", "indices"],
      gradFunc: (dy, [params, indices]) => ({
        params: () => tf.scatterND(indices, dy as Tensor, params.shape),
        indices: () => tf.zeros(indices.shape),
      }),
    },
    {
      kernelName: "ScatterNd",
      inputsToSave: ["indices"],
      gradFunc: (dy, [indices]) => ({
        updates: () => tf.gatherND(dy as Tensor, indices),
        indices: () => tf.zeros(indices.shape),
      }),
    },
    {
      kernelName: "TopK",
      inputsToSave: ["x"],
      outputsToSave: [false, true],
      gradFunc: (dys, [x, indices]) => ({
        x: () => {
          const chosen = tf.cast(tf.oneHot(indices as Tensor1D, x.shape[x.rank - 1]), "float32");
          return tf.sum(tf.mul(chosen, tf.expandDims(list(dys)[0], -1)), -2);
        },
      }),
    },
    stridedSliceGradient(tf),
    // The library hands over a lone part bare, and its own gradients expect an array.
    {
      kernelName: "Unpack",
      gradFunc: (dys, _saved, { axis }) => ({ value: () => tf.stack(list(dys), axis as number) }),
    },
    {
      kernelName: "SplitV",
      gradFunc: (dys, _saved, { axis }) => ({ x: () => tf.concat(list(dys), axis as number) }),
    },
    depthToSpaceGradient(tf),
  ];
}

/** The library's gradient, and 0 for the integer input that it saves at this place. */
function withoutGradientOf(tf: TensorFlow, kernelName: string, input: string, place: number): GradConfig {
  const original = tf.getGradient(kernelName);
  return {
    ...original,
    gradFunc: (dy, saved, attributes) => ({
      ...original.gradFunc(dy, saved, attributes),
      [input]: () => tf.zeros(saved[place].shape),
    }),
  };
}
