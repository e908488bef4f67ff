import type { Tensor } from "@tensorflow/tfjs";
import type { Operations } from "./call.fixture.ts";

/** Operations whose method takes its tensors in another order. */
const ORDER: Readonly<Record<string, (...values: Operations[]) => unknown>> = {
  where: (condition, a, b) => a.where(condition, b),
  concat: ([first, ...others], axis) => first.concat(others, axis),
  stack: ([first, ...others], axis) => first.stack(others, axis),
};

/** `tf`, each operation of which calls the method of its first tensor, if that has one of this name. */
export function asMethods(tf: Operations): Operations {
  return new Proxy(tf, {
    get: (_, name: string) => {
      const own = tf[name];
      if (typeof own !== "function" || !(name in tf.Tensor.prototype)) return own;
      return (...values: Operations[]) => {
        if (ORDER[name]) return ORDER[name](...values);
        const [first, ...rest] = values;
        return first instanceof tf.Tensor ? (first as Tensor & Operations)[name](...rest) : own(...values);
      };
    },
  });
}
