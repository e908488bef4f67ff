import type { GradConfig, Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { sumTo } from "./sum-to.ts";

/**
 * Right in the library, and slow: a flow has many small operations, each of which costs its call, and its gradient
 * needs several for each of these.
 */
export function shorter(tf: TensorFlow): GradConfig[] {
  return [...rectifier(tf), quotient(tf), choice(tf)];
}

/**
 * The library's step function is four operations on tfjs-node, to keep NaN as it is: of 256×64 numbers the gradient takes
 * 0.074 ms instead of 0.18 (`node lib/engine/speed.fixture.ts`).
 */
function rectifier(tf: TensorFlow): GradConfig[] {
  const gradient = (dy: Tensor, x: Tensor): Tensor => {
    if (!tf.getKernel("ReluGrad", tf.getBackend())) return tf.mul(dy, tf.cast(tf.greater(x, 0), "float32"));
    return tf.engine().runKernel("ReluGrad", { dy, x }) as Tensor;
  };
  return [
    {
      kernelName: "Relu",
      inputsToSave: ["x"],
      gradFunc: (dy, [x]) => ({ x: () => gradient(dy as Tensor, x) }),
    },
    {
      kernelName: "ReluGrad",
      inputsToSave: ["x"],
      gradFunc: (dy, [x]) => ({ dy: () => gradient(dy as Tensor, x), x: () => tf.zerosLike(x) }),
    },
  ];
}

/**
 * ∂(a/b)/∂b = −(a/b)/b, which shares its quotients with what is computed anyway; the library divides a by b².
 *
 * Of 256×64 numbers on wasm 0.064 ms instead of 0.105 (`node lib/engine/speed.fixture.ts`); on tensorflow, call by call,
 * 0.14 instead of 0.12, while a compiled graph computes the quotient once.
 */
function quotient(tf: TensorFlow): GradConfig {
  return {
    kernelName: "RealDiv",
    inputsToSave: ["a", "b"],
    gradFunc: (dy, [a, b]) => {
      const divide = () => tf.div(dy as Tensor, b);
      return {
        a: () => sumTo(tf, a.shape, divide()),
        b: () => sumTo(tf, b.shape, tf.neg(tf.mul(divide(), tf.div(a, b)))),
      };
    },
  };
}

/** Of a `where`, no faster. The library multiplies by 0 on the side that was not taken, which turns ∞ there into NaN. */
function choice(tf: TensorFlow): GradConfig {
  return {
    kernelName: "Select",
    inputsToSave: ["condition"],
    gradFunc: (dy, [condition]) => {
      const none = () => tf.zerosLike(dy as Tensor);
      return {
        condition: () => tf.zeros(condition.shape),
        t: () => tf.where(condition, dy as Tensor, none()),
        e: () => tf.where(condition, none(), dy as Tensor),
      };
    },
  };
}
