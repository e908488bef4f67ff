import type { tf } from "../../engine/tf.ts";
import type { Config } from "../../ground/config.ts";

/**
 * A network f with |f(a) − f(b)| ≤ L·|a − b| and L < 1 in the Euclidean norm: what a {@link residual} block adds to its
 * input. Events go in and come out in the same shape.
 *
 * Its weights are scaled as they are used, so that a step of training, which knows nothing of L, cannot break it.
 */
export interface Contraction {
  /** Lengths of an event's axes: [D], or [height, width, channels]. */
  readonly event: readonly number[];
  /** What training changes, in a fixed order. */
  readonly variables: readonly tf.Variable[];
  /** The power iterations' unit vectors, one for each layer: kept and saved, and moved on by each step of training. */
  readonly state: readonly tf.Variable[];
  /** How to make another one of the same architecture. */
  readonly config?: Config;
  /**
   * The numbers that it computes with now: weights so scaled that L is met, by the norms that the power iterations know.
   *
   * @param advance Whether each power iteration moves on first, as in a step of training.
   */
  scale(advance: boolean): Scaled;
  /** f at the rows z [n, ...event], with such numbers. */
  linearize(numbers: readonly tf.Tensor[], z: tf.Tensor): Linearized;
  /** A proven bound of L for such numbers, a scalar: what the power iterations know is a bound from below. */
  bound(numbers: readonly tf.Tensor[]): tf.Tensor;
}

/** What a {@link Contraction} computes with. */
export interface Scaled {
  /** On the tape. */
  readonly numbers: readonly tf.Tensor[];
  /** The next value of each of `state`. */
  readonly state: readonly tf.Tensor[];
}

/** A network at n points, and its Jacobian J = ∂f/∂z there. All of it is on the tape. */
export interface Linearized {
  /** f(z), [n, ...event]. */
  readonly value: tf.Tensor;
  /** J v of vectors [S, n, ...event], or [S, 1, ...event] for the same at all points. */
  push(vectors: tf.Tensor): tf.Tensor;
  /** Jᵀ u, likewise. */
  pull(vectors: tf.Tensor): tf.Tensor;
}
