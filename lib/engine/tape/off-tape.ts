import { tf } from "../tf.ts";

/**
 * Computes tensors that count as constants for every gradient: masks, bin numbers, signs.
 *
 * The gradient of a comparison is 0, but automatic differentiation would still compute that 0 and everything behind
 * it. What is computed here is not recorded at all, as the inside of a kernel is not.
 */
export function offTape<T extends tf.TensorContainer>(compute: () => T): T {
  const { state } = tf.engine();
  state.kernelDepth++;
  try {
    return tf.tidy(compute);
  } finally {
    state.kernelDepth--;
  }
}

/** Whether what is computed now is recorded for a gradient. */
export function isOnTape(): boolean {
  const { gradientDepth, kernelDepth } = tf.engine().state;
  return gradientDepth > 0 && kernelDepth === 0;
}
