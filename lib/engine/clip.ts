import { tf } from "./tf.ts";

/**
 * Numbers beyond the ends are moved onto them. What is not a number stays so, which `tf.clipByValue` forgets on wasm:
 * it would make a good number of bad data.
 */
export function clip(x: tf.Tensor, low: number, high: number): tf.Tensor {
  // In this order: wasm takes the second of two numbers if one of them is none.
  return tf.minimum(tf.maximum(x, low), high);
}
