import { tf } from "../tf.ts";

/**
 * The value of a scalar function of tensors and its gradients, also within the gradient function of an operation, which TensorFlow.js
 * does not provide for: it would lose the tape of the gradient around.
 *
 * @returns One gradient for each input, 0 for those that the value does not depend on.
 */
export function gradientApart(inputs: readonly tf.Tensor[], compute: () => tf.Scalar): tf.Tensor[] {
  const { state } = tf.engine();
  const around = state.activeTape;
  try {
    const { grads } = (tf.engine() as unknown as Gradients).gradients(compute, inputs, undefined, true);
    return grads.map((gradient, i) => gradient ?? tf.zerosLike(inputs[i]));
  } finally {
    if (state.gradientDepth === 0) state.activeTape = around;
  }
}

interface Gradients {
  gradients(
    compute: () => tf.Scalar,
    inputs: readonly tf.Tensor[],
    cotangent: tf.Tensor | undefined,
    allowNone: boolean,
  ): { grads: (tf.Tensor | undefined | null)[] };
}
