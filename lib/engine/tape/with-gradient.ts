import { tf } from "../tf.ts";

/** Tensors by name. */
export type Named = Readonly<Record<string, tf.Tensor>>;

/** What TensorFlow.js' own `customGrad` is made of: other than that, it takes functions of several results. */
export interface Runner {
  runKernelFunc(call: {
    inputs: Named;
    forwardFunc(backend: unknown, save: (tensors: tf.Tensor[]) => void): tf.Tensor[];
    backwardsFunc(cotangents: tf.Tensor[], saved: tf.Tensor[]): Record<string, () => tf.Tensor>;
  }): tf.Tensor[];
}

/**
 * A function of several tensors with several results, whose gradient is given instead of recorded step by step.
 *
 * The gradient may be differentiated again: it is a function of the inputs. What it computes of them as `compute` does,
 * a compiled graph computes once.
 *
 * @param gradient Takes the inputs and dL/d(result) of each result, and the constants; gives dL/d(input) of each input.
 * @param constants What the gradient needs besides, kept for it: not recorded, as {@link offTape} computes it.
 */
export function withGradient<I extends Named, C extends Named>(
  inputs: I,
  compute: (inputs: I) => tf.Tensor[],
  gradient: (inputs: I, cotangents: tf.Tensor[], constants: C) => Readonly<Record<keyof I, tf.Tensor>>,
  constants?: C,
): tf.Tensor[] {
  const names = Object.keys(inputs);
  const more = Object.keys(constants ?? {});
  return (tf.engine() as unknown as Runner).runKernelFunc({
    inputs,
    forwardFunc(_backend, save) {
      save([...names.map((name) => inputs[name]), ...Object.values(constants ?? {})]);
      return compute(inputs);
    },
    backwardsFunc(cotangents, saved) {
      const own = Object.fromEntries(names.map((name, i) => [name, saved[i]])) as unknown as I;
      const kept = Object.fromEntries(more.map((name, i) => [name, saved[names.length + i]])) as unknown as C;
      const gradients = gradient(own, Array.isArray(cotangents) ? cotangents : [cotangents], kept);
      return Object.fromEntries(names.map((name) => [name, () => gradients[name]]));
    },
  });
}
