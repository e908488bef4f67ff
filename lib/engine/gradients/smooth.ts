import type { GradConfig, Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { sumTo } from "./sum-to.ts";

/** Gradients that compute the operation's output anew from its input, so that they have a derivative themselves. */
export function smooth(tf: TensorFlow): GradConfig[] {
  const { mul, sub } = tf;
  const unary = (kernelName: string, slope: (x: Tensor) => Tensor): GradConfig => ({
    kernelName,
    inputsToSave: ["x"],
    gradFunc: (dy, [x]) => ({ x: () => mul(dy as Tensor, slope(x)) }),
  });
  // exp only of the side where it is used: an overflow on the other would turn into 0 · ∞ one derivative later.
  const expOfNegative = (x: Tensor) => tf.exp(tf.minimum(x, 0));
  const scaledElu = { alpha: 1.6732632423543772, scale: 1.0507009873554805 };
  return [
    unary("Exp", (x) => tf.exp(x)),
    unary("Tanh", (x) => sub(1, tf.square(tf.tanh(x)))),
    // σ(−x) rather than 1 − σ(x), which is 0 in float32 from x = 17 on.
    unary("Sigmoid", (x) => mul(tf.sigmoid(x), tf.sigmoid(tf.neg(x)))),
    unary("Elu", (x) => tf.where(tf.greater(x, 0), tf.onesLike(x), expOfNegative(x))),
    unary("Selu", (x) => {
      const negative = mul(expOfNegative(x), scaledElu.alpha);
      return mul(tf.where(tf.greater(x, 0), tf.onesLike(x), negative), scaledElu.scale);
    }),
    softmaxGradient(tf),
    powGradient(tf),
  ];
}

function softmaxGradient(tf: TensorFlow): GradConfig {
  return {
    kernelName: "Softmax",
    inputsToSave: ["logits"],
    gradFunc: (dy, [x], attributes) => ({
      logits: () => {
        const axis = attributes.dim as number;
        const y = tf.softmax(x, axis);
        const weighted = tf.mul(dy as Tensor, y);
        return tf.sub(weighted, tf.mul(tf.sum(weighted, axis, true), y));
      },
    }),
  };
}

/** ∂aᵇ/∂a = b·aᵇ⁻¹ and ∂aᵇ/∂b = aᵇ·log a, the latter taken as 0 where a ≤ 0. */
function powGradient(tf: TensorFlow): GradConfig {
  return {
    kernelName: "Pow",
    inputsToSave: ["a", "b"],
    gradFunc: (dy, [a, b]) => ({
      a: () => sumTo(tf, a.shape, tf.mul(dy as Tensor, tf.mul(b, tf.pow(a, tf.sub(b, 1))))),
      b: () => {
        const positive = tf.greater(a, 0);
        const logarithm = tf.log(tf.where(positive, a, tf.onesLike(a)));
        return sumTo(tf, b.shape, tf.mul(dy as Tensor, tf.mul(tf.pow(a, b), logarithm)));
      },
    }),
  };
}
