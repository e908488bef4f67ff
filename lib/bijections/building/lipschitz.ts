import { isRecording } from "../../engine/compile/recording.ts";
import { tf } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import type { Bijection } from "../bijection.ts";

export type Direction = "forward" | "inverse";

/** How much a direction stretches distances at most; Infinity where no bound is known, as in a graph's recording. */
export function lipschitzOf(bijection: Bijection, direction: Direction): number {
  return isRecording() ? Infinity : (bijection.lipschitz?.(direction) ?? Infinity);
}

/** The largest absolute value of a tensor's numbers; the tensor is freed. */
export function largest(compute: () => tf.Tensor): number {
  return tidy(() => tf.max(tf.abs(compute())).dataSync()[0]);
}

/**
 * The Lipschitz constant of a linear map h → Ω h of `dimensions` numbers in the maximum norm: max_i Σ_j |Ω_ij|.
 *
 * @param map Takes rows [n, dimensions], each h to Ω h.
 */
export function largestRowSum(map: (rows: tf.Tensor2D) => tf.Tensor, dimensions: number): number {
  // The images of the unit vectors are the columns of Ω, here as rows.
  return largest(() => tf.sum(tf.abs(map(tf.eye(dimensions))), 0));
}
