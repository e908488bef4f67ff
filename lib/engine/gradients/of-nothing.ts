import type { GradConfig, Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";

/** Operations of two tensors that are broadcast against each other. */
const TWO = [
  ...["Add", "Sub", "Multiply", "RealDiv", "Pow", "Mod", "Atan2", "Prelu"],
  ...["Maximum", "Minimum", "SquaredDifference", "BatchMatMul"],
];

/**
 * The gradient of a result without numbers is 0, also for an operand that has some and was broadcast.
 *
 * The library forgets to sum over an axis that was broadcast to length 0, and then finds that the shapes differ.
 */
export function ofNothing(tf: TensorFlow): GradConfig[] {
  return TWO.map((kernelName) => {
    const original = tf.getGradient(kernelName);
    const names = original.inputsToSave as string[];
    return {
      ...original,
      gradFunc: (dy, saved, attributes) => {
        if ((dy as Tensor).size > 0) return original.gradFunc(dy, saved, attributes);
        return Object.fromEntries(names.map((name, i) => [name, () => tf.zeros(saved[i].shape)]));
      },
    };
  });
}
