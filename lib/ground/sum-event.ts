import type { Tensor } from "@tensorflow/tfjs";

/** Sums the last `axes` axes, [...batch, ...event] → [...batch]: from one log-density per number to one per event. */
export function sumEvent(values: Tensor, axes: number): Tensor {
  if (axes === 0) return values;
  const batch = values.shape.slice(0, values.rank - axes);
  // Of single numbers, as of couplings in the plane: a reshape costs a tenth of a sum.
  if (values.shape.slice(batch.length).every((length) => length === 1)) return values.reshape(batch);
  return values.sum(Array.from({ length: axes }, (_, i) => i - axes));
}
