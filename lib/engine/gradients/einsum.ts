import type { GradConfig, Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";

/**
 * Of "A,B->C": dA is the same sum with C in A's place, "C,B->A". An index that only A has was summed over: each of its
 * places gets the same. The library has none.
 */
export function einsumGradient(tf: TensorFlow): GradConfig {
  return {
    kernelName: "Einsum",
    saveAllInputs: true,
    gradFunc: (dy, saved, attributes) => {
      const [left, result] = (attributes.equation as string).replaceAll(/\s/g, "").split("->");
      const terms = left.split(",");
      return Object.fromEntries(
        terms.map((own, i) => {
          const others = terms.flatMap((term, k) => (k === i ? [] : [{ term, tensor: saved[k] }]));
          return [
            i,
            () => gradientIn(tf, own, saved[i], [{ term: result, tensor: dy as Tensor }, ...others]),
          ];
        }),
      );
    },
  };
}

interface Factor {
  readonly term: string;
  readonly tensor: Tensor;
}

function gradientIn(tf: TensorFlow, own: string, input: Tensor, factors: readonly Factor[]): Tensor {
  const present = [...own].filter((label) => factors.some(({ term }) => term.includes(label))).join("");
  const equation = `${factors.map(({ term }) => term).join()}->${present}`;
  const sum = tf.einsum(equation, ...factors.map(({ tensor }) => tensor));
  if (present === own) return sum;
  const spread = [...own].map((label, axis) => (present.includes(label) ? input.shape[axis] : 1));
  return tf.mul(tf.reshape(sum, spread), tf.ones(input.shape));
}
