import { tf } from "../tf.ts";

/**
 * Frees what a gradient leaves behind that has ended with an error: TensorFlow.js would keep the tensors on its tape
 * for ever. Does nothing within another gradient.
 */
export function dropTape(): void {
  const { state } = tf.engine();
  if (state.gradientDepth > 0) return;
  for (const { saved } of state.activeTape ?? []) tf.dispose(saved ?? []);
  state.activeTape = [];
}
