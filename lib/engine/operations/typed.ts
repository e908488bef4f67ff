import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { asTensor, type Operations } from "./operation.ts";

/**
 * Operations on tensors of two types: whole numbers become fractions first, as where numbers are added.
 *
 * The library takes the first one's type for all of them: fractions are cut off, or their bits read as whole numbers.
 */
export function typedOperations(tf: TensorFlow): Operations {
  const { where, concat, oneHot, broadcastTo } = tf;
  // The library takes an axis that shrinks to nothing for one that stays.
  const spread = (value: Tensor, shape: number[]) => {
    const x = asTensor(tf, value);
    if (!shape.includes(0) || x.size === 0) return broadcastTo(x, shape);
    tf.broadcast_util.assertAndGetBroadcastShape(x.shape, shape);
    return tf.reshape(tf.slice(tf.reshape(x, [-1]), 0, 0), shape);
  };
  const join = (tensors: Tensor[], axis = 0) => concat(ofOneType(tf, tensors), axis);
  return {
    where: (condition: Tensor, a: Tensor, b: Tensor) => {
      const [first, second] = ofOneType(tf, [a, b]);
      const parts = [asTensor(tf, condition), first, second];
      if (parts.every(({ size }) => size > 0)) return where(parts[0], first, second);
      const shape = parts.reduce<number[]>(
        (common, part) => tf.broadcast_util.assertAndGetBroadcastShape(common, part.shape),
        [],
      );
      const [chosen, then, otherwise] = parts.map((part) => spread(part, shape));
      return where(chosen, then, otherwise);
    },
    broadcastTo: spread,
    // As a method the library's has no place for the type.
    oneHot: (...values: Parameters<TensorFlow["oneHot"]>) => oneHot(...values),
    concat: join,
    concat1d: (tensors: Tensor[]) => join(tensors),
    concat2d: join,
    concat3d: join,
    concat4d: join,
  };
}

function ofOneType(tf: TensorFlow, values: Tensor[]): Tensor[] {
  const tensors = Array.isArray(values) ? values.map((value) => asTensor(tf, value)) : values;
  const [{ dtype }] = tensors;
  if (tensors.every((one) => one.dtype === dtype) || tensors.some((one) => !ORDER.includes(one.dtype)))
    return tensors;
  const common = ORDER[Math.max(...tensors.map((one) => ORDER.indexOf(one.dtype)))];
  return tensors.map((one) => tf.cast(one, common));
}

/** Each can hold the numbers of those before. */
const ORDER: readonly Tensor["dtype"][] = ["bool", "int32", "float32"];
