import { tf } from "../../engine/tf.ts";
import { aFlag, aSeed, aSize, oneOf } from "../../ground/arguments/kinds.ts";
import { nameVariables } from "../../ground/variable-names.ts";
import { diagonalMatrix, type Half, triangle } from "../../linear-algebra/triangle.ts";
import { triangularSolve } from "../../linear-algebra/triangular-solve.ts";
import type { Bijection } from "../bijection.ts";
import { checkVectorOptions } from "../building/check-dimensions.ts";
import { type LinearOptions, linear, smallNoise } from "./linear.ts";

/**
 * Triangular linear map: x = β + T z, T having exp(s) on its diagonal and zeros in one half.
 *
 * logDet = Σ_d s_d nats.  [...batch, D] ↔ [...batch, D]. Cost: D² for each event in both directions; the inverse by
 * substitution. It starts
 * as the identity with noise of size 0.01 beside the diagonal.
 *
 * @param options.half "lower" if left out.
 * @param options.seed Determines the noise; 0 if left out.
 * @throws RangeError if `dimensions` is no whole number from 1.
 * @throws ShapeError when applied to a last axis of another length.
 * @see Prince, Understanding Deep Learning, section 16.3.1.
 */
export function triangular(options: LinearOptions & { half?: Half; seed?: number }): Bijection {
  checkVectorOptions("triangular", options, {
    dimensions: aSize,
    bias: aFlag,
    half: oneOf("lower", "upper"),
    seed: aSeed,
  });
  const { dimensions, half = "lower", seed = 0 } = options;
  const beside = smallNoise([dimensions, dimensions], seed, "triangular");
  const logScale = tf.tidy(() => tf.variable(tf.zeros([dimensions])));
  const matrix = () =>
    tf.add(
      tf.mul(beside, triangle(dimensions, half, false)),
      diagonalMatrix(tf.exp(logScale)),
    ) as tf.Tensor2D;
  const form = {
    apply: (rows: tf.Tensor2D) => tf.matMul(rows, matrix(), false, true),
    solve: (rows: tf.Tensor2D) => solveRows(matrix(), rows, half),
    logAbsDet: () => tf.sum(logScale),
    variables: nameVariables({ beside, logScale }),
  };
  return linear("triangular", options, form, { type: "triangular", half, seed });
}

/** T⁻¹ h for each row h. */
export function solveRows(matrix: tf.Tensor2D, rows: tf.Tensor2D, half: Half): tf.Tensor2D {
  return tf.transpose(triangularSolve(matrix, tf.transpose(rows), { half }));
}
