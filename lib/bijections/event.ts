import { tf } from "../engine/tf.ts";

/** Sums the last `axes` axes, [...batch, ...event] → [...batch]: from one log-density per number to one per event. */
export function sumEvent(values: tf.Tensor, axes: number): tf.Tensor {
  if (axes === 0) return values;
  return tf.sum(
    values,
    Array.from({ length: axes }, (_, i) => i - axes),
  );
}
