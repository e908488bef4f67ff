import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { refusal } from "../unsupported.ts";
import { asTensor, type Operation, type Operations } from "./operation.ts";

type Axis = number | number[] | undefined;

/**
 * What is largest or smallest along an axis, which may hold nothing.
 *
 * libtensorflow then ends with its status 3, the other backends say that place 0 is the largest, and a norm becomes −∞.
 */
export function extremes(tf: TensorFlow): Operations {
  const { norm, topk } = tf;
  const place = (name: "argMax" | "argMin", which: string): Operation => {
    const operation = tf[name] as Operation;
    return (value: Tensor, axis: Axis = 0) => {
      const x = asTensor(tf, value);
      if (isOfNothing(tf, x, axis))
        throw refusal(
          `${name}: expected numbers along axis ${axis}, of which one is the ${which}; got shape [${x.shape}]`,
          "leave such tensors out",
        );
      return operation(x, axis);
    };
  };
  return {
    argMax: place("argMax", "largest"),
    argMin: place("argMin", "smallest"),
    // Nothing is of length 0, however it is measured; but the smallest of no numbers is none.
    norm: (value: Tensor, order: number | "euclidean" | "fro" = "euclidean", axis?: Axis, keep = false) => {
      const x = asTensor(tf, value);
      if (!isOfNothing(tf, x, axis)) return norm(x, order, axis, keep);
      if (order === -Infinity)
        throw refusal(
          `norm of order −Infinity: expected numbers, of which one is the smallest; got shape [${x.shape}]`,
          "leave such tensors out",
        );
      return tf.sum(tf.abs(x), axis, keep);
    },
    // wasm divides by the number of rows and by their length.
    topk: (value: Tensor, count = 1, sorted = true) => {
      const x = asTensor(tf, value);
      const length = x?.shape.at(-1);
      if (length === undefined || !(count >= 0 && count <= length) || (count > 0 && x.size > 0))
        return topk(x, count, sorted);
      const shape = [...x.shape.slice(0, -1), count];
      const start = shape.map(() => 0);
      return { values: tf.slice(x, start, shape), indices: tf.zeros(shape, "int32") };
    },
  };
}

/** Whether there are results, and each would be made of no number. */
function isOfNothing(tf: TensorFlow, x: Tensor, axis: Axis): boolean {
  if (x?.size !== 0) return false;
  const axes = tf.util.parseAxisParam(axis as number, x.shape);
  return x.shape.every((length, i) => length > 0 || axes.includes(i));
}
