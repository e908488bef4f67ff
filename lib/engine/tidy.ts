import { tf } from "./tf.ts";

/** `tf.tidy` for a result of any type: the tensors in it stay, and what else is in it passes. */
export function tidy<T>(compute: () => T): T {
  return tf.tidy(() => compute() as tf.TensorContainer) as T;
}
