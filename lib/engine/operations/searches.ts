import type { Tensor } from "@tensorflow/tfjs";
import { ShapeError } from "../../ground/errors.ts";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { asTensor, type Operation, type Operations } from "./operation.ts";

/**
 * Searches among no numbers, or for none: the library lets the number of rows be inferred from a list that is empty, which
 * libtensorflow can guess and the other backends refuse.
 *
 * Among none, every number stands at place 0.
 */
export function searches(tf: TensorFlow): Operations {
  const search = (name: "searchSorted" | "lowerBound" | "upperBound"): Operation => {
    const operation = tf[name] as Operation;
    return (sequence: Tensor, sought: Tensor, ...rest: unknown[]) => {
      const [sorted, values] = [sequence, sought].map((one) => asTensor(tf, one));
      if (!(sorted?.rank > 0 && values?.rank > 0 && (sorted.size === 0 || values.size === 0)))
        return operation(sorted, values, ...rest);
      const [rows, own] = [sorted, values].map(({ shape }) => tf.util.sizeFromShape(shape.slice(0, -1)));
      if (rows !== own)
        throw new ShapeError(
          `${name}: expected a sorted list for each row of values; got shapes [${sorted.shape}] and [${values.shape}]`,
        );
      return tf.zeros([rows, values.shape[values.rank - 1]], "int32");
    };
  };
  return {
    searchSorted: search("searchSorted"),
    lowerBound: search("lowerBound"),
    upperBound: search("upperBound"),
  };
}
