import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../ground/tensorflow.ts";
import { cumulative } from "./gradients/cumulative.ts";
import { piecewiseConstant } from "./gradients/piecewise-constant.ts";
import { rearranging } from "./gradients/rearranging.ts";
import { shorter } from "./gradients/shorter.ts";
import { smooth } from "./gradients/smooth.ts";

/** Operations that cannot be repaired by registering a gradient: these take the place of the library's own. */
type Replaced = Pick<TensorFlow, "logSoftmax" | "cumsum" | "cumprod">;

/**
 * Repairs the gradients of TensorFlow.js 4.22 for every backend, in five groups.
 *
 * The commonest fault: a gradient that saved the operation's *output* is cut off from the tape, so that a second
 * derivative through it is a wrong number without an error (tfjs issue 3252).
 *
 * @returns The operations that had to be replaced; those that are methods of a tensor too are replaced there.
 */
export function repairGradients(tf: TensorFlow): Replaced {
  const repairs = [
    ...smooth(tf),
    ...shorter(tf),
    ...piecewiseConstant(tf),
    ...rearranging(tf),
    ...cumulative(tf),
  ];
  for (const repair of repairs) {
    if (tf.getGradient(repair.kernelName)) tf.unregisterGradient(repair.kernelName);
    tf.registerGradient(repair);
  }
  const operations = replacements(tf);
  for (const [name, operation] of Object.entries(operations)) {
    Object.assign(tf.Tensor.prototype, {
      [name](this: Tensor, ...rest: never[]) {
        return (operation as (...values: unknown[]) => Tensor)(this, ...rest);
      },
    });
  }
  return operations;
}

function replacements(tf: TensorFlow): Replaced {
  const { cumsum, cumprod } = tf;
  // wasm computes with a negative axis as an offset, outside of the tensor's memory.
  const fromFront = (x: Tensor, axis: number) => (axis < 0 ? axis + x.rank : axis);
  const operations = {
    logSoftmax: (value: Tensor, axis = -1) => tf.sub(value, tf.logSumExp(value, axis, true)),
    cumsum: (value: Tensor, axis = 0, exclusive = false, reverse = false) => {
      const x = asTensor(tf, value);
      return cumsum(x, fromFront(x, axis), exclusive, reverse);
    },
    cumprod: (value: Tensor, axis = 0, exclusive = false, reverse = false) => {
      const x = asTensor(tf, value);
      return cumprod(x, fromFront(x, axis), exclusive, reverse);
    },
  };
  // The library's declarations have one type parameter more than an arrow function can express here.
  return operations as unknown as Replaced;
}

function asTensor(tf: TensorFlow, value: Tensor): Tensor {
  return value instanceof tf.Tensor ? value : tf.tensor(value);
}
