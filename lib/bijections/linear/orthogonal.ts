import { tf } from "../../engine/tf.ts";
import { aFlag, aSeed, aSize } from "../../ground/arguments/kinds.ts";
import { checkParameters } from "../../ground/arguments/most-numbers.ts";
import { nameVariables } from "../../ground/variable-names.ts";
import { pairedVectors, reflectRows } from "../../linear-algebra/householder.ts";
import type { Bijection } from "../bijection.ts";
import { checkVectorOptions } from "../building/check-dimensions.ts";
import { type LinearOptions, linear } from "./linear.ts";

/** Options of {@link orthogonal} and {@link qr}. */
export interface ReflectionOptions extends LinearOptions {
  /** Number K of reflections: D of them reach every orthogonal matrix of their determinant. D or D + 1 if left out. */
  readonly reflections?: number;
  /** Determines the directions; 0 if left out. */
  readonly seed?: number;
}

/**
 * Orthogonal linear map, a product of K reflections: x = β + H₁ … H_K z;  logDet = 0, for any parameters.
 *
 * [...batch, D] ↔ [...batch, D]. Cost: K·D for each event. An even K makes rotations, and starts as the identity:
 * reflections in pairs that undo each other. An odd K makes reflections.
 *
 * @throws RangeError if `dimensions` or the number of reflections is no whole number from 1.
 * @throws ShapeError when applied to a last axis of another length.
 * @see Tomczak and Welling 2016, "Improving Variational Auto-Encoders using Householder Flow", arXiv:1611.09630;
 *   Prince, Understanding Deep Learning, section 16.3.1.
 */
export function orthogonal(options: ReflectionOptions): Bijection {
  const { vectors, config } = reflections("orthogonal", options);
  const form = {
    apply: (rows: tf.Tensor2D) => reflectRows(vectors, rows),
    solve: (rows: tf.Tensor2D) => reflectRows(vectors, rows, true),
    variables: nameVariables({ vectors }),
  };
  return linear("orthogonal", options, form, { type: "orthogonal", ...config });
}

/** The vectors of a product of reflections, and the options that they were made from. */
export function reflections(name: string, options: ReflectionOptions) {
  checkVectorOptions(name, options, { dimensions: aSize, bias: aFlag, reflections: aSize, seed: aSeed });
  const { dimensions, seed = 0 } = options;
  const count = options.reflections ?? dimensions + (dimensions % 2);
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`${name}: expected a number of reflections ≥ 1; got ${count}`);
  }
  checkParameters(name, [count, dimensions]);
  const vectors = tf.tidy(() => tf.variable(pairedVectors(count, dimensions, seed)));
  return { vectors, config: { reflections: count, seed } };
}
