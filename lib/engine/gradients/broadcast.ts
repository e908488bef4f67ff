import type { GradConfig } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { sumTo } from "./sum-to.ts";

/** Operations whose gradient the library leaves in the result's shape, also for an operand that was broadcast. */
const NOT_SUMMED = ["Maximum", "Minimum", "SquaredDifference", "Prelu", "BatchMatMul"];

/** Sums gradients over the axes along which an operand was broadcast; the library throws, as their shapes differ. */
export function broadcast(tf: TensorFlow): GradConfig[] {
  return NOT_SUMMED.map((kernelName) => {
    const original = tf.getGradient(kernelName);
    const names = original.inputsToSave as string[];
    return {
      ...original,
      gradFunc: (dy, saved, attributes) => {
        const gradients = original.gradFunc(dy, saved, attributes);
        const shrink = (name: string, i: number) => () => {
          const gradient = gradients[name]();
          const { shape } = saved[i];
          return tf.util.arraysEqual(gradient.shape, shape) ? gradient : sumTo(tf, shape, gradient);
        };
        return Object.fromEntries(names.map((name, i) => [name, shrink(name, i)]));
      },
    };
  });
}
