import type { tf } from "../engine/tf.ts";
import type { Config } from "../ground/config.ts";
import { ShapeError } from "../ground/errors.ts";
import { plural } from "../ground/plural.ts";
import type { Solution } from "../ground/solution.ts";

/**
 * An increasing map of one number whose parameters come from elsewhere: what {@link coupling} and
 * {@link autoregressive} apply to each element, with parameters that a conditioner computes.
 *
 * All of them are the identity where the parameters are 0, so that a conditioner whose last layer starts at 0 makes
 * a flow that starts as the identity. Parameters may have any size: constraints are applied inside.
 *
 * @see Prince, Understanding Deep Learning, section 16.3.4, for the name.
 */
export interface Transformer {
  /** How many parameters one number takes. */
  readonly parameters: number;
  /** Where it does something, if it is the identity elsewhere whatever its parameters are. */
  readonly interval?: readonly [low: number, high: number];
  /** How `forward` is computed; analytic if left out. Iterative: for each number by itself, with its `solution`. */
  readonly forwardKind?: "analytic" | "iterative";
  /** How to make the same transformer again: see {@link transformerFrom}. */
  readonly config: Config;
  /**
   * x = f(z; params). `params` has shape [...shape of z, parameters], or one that broadcasts with it.
   *
   * @throws ShapeError if its last axis has another length.
   */
  forward(z: tf.Tensor, params: tf.Tensor): Transformed;
  /** z = f⁻¹(x; params). */
  inverse(x: tf.Tensor, params: tf.Tensor): Transformed;
}

/** The images and the log-slopes log ∂value/∂input in nats, both of the input's shape. */
export type Transformed = {
  readonly value: tf.Tensor;
  readonly logDet: tf.Tensor;
  /** How well an iterative direction did. */
  readonly solution?: Solution;
};

/** @throws ShapeError if the last axis is not one of so many parameters. */
export function checkParameters(type: string, params: tf.Tensor, count: number): void {
  if (params.rank >= 1 && params.shape[params.rank - 1] === count) return;
  throw new ShapeError(
    `${type}: expected ${plural(count, "parameter")} on the last axis; got shape [${params.shape}]`,
  );
}
