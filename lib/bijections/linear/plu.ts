import { tf } from "../../engine/tf.ts";
import { aFlag, aNumber, aSeed, aSize, listOf } from "../../ground/arguments/kinds.ts";
import { nameVariables } from "../../ground/variable-names.ts";
import { diagonalMatrix, triangle } from "../../linear-algebra/triangle.ts";
import type { Bijection } from "../bijection.ts";
import { checkVectorOptions } from "../building/check-dimensions.ts";
import { inversePermutation, permuteLastAxis } from "../building/permute-axis.ts";
import { type LinearOptions, linear, smallNoise } from "./linear.ts";
import { solveRows } from "./triangular.ts";

/**
 * Linear map in PLU form: x = β + P L (U + D) z with a permutation P that stays, L lower triangular with ones on its
 * diagonal, U strictly upper triangular, D = diag(exp(s));  logDet = Σ_d s_d nats.
 *
 * [...batch, D] ↔ [...batch, D]. Cost: D² for each event in both directions; the inverse by two substitutions. It
 * starts as P with noise of size 0.01 in L and U.
 *
 * @param options.permutation Where the rows of L (U + D) go: (P h)_i = h_{permutation[i]}; the identity if left out.
 * @param options.seed Determines the noise; 0 if left out.
 * @throws RangeError if `dimensions` is no whole number from 1, or the permutation is none of so many numbers.
 * @throws ShapeError when applied to a last axis of another length.
 * @see Prince, Understanding Deep Learning, equation 16.9.
 */
export function plu(options: LinearOptions & { permutation?: readonly number[]; seed?: number }): Bijection {
  checkVectorOptions("plu", options, {
    dimensions: aSize,
    bias: aFlag,
    permutation: listOf(aNumber),
    seed: aSeed,
  });
  const { dimensions, seed = 0 } = options;
  const order = checkOrder(
    options.permutation ?? Array.from({ length: dimensions }, (_, i) => i),
    dimensions,
  );
  const back = inversePermutation(order);
  const below = smallNoise([dimensions, dimensions], seed, "below");
  const above = smallNoise([dimensions, dimensions], seed, "above");
  const logScale = tf.tidy(() => tf.variable(tf.zeros([dimensions])));
  const lower = () =>
    tf.add(tf.mul(below, triangle(dimensions, "lower", false)), tf.eye(dimensions)) as tf.Tensor2D;
  const upper = () =>
    tf.add(
      tf.mul(above, triangle(dimensions, "upper", false)),
      diagonalMatrix(tf.exp(logScale)),
    ) as tf.Tensor2D;
  const form = {
    apply: (rows: tf.Tensor2D) => {
      const inner = tf.matMul(tf.matMul(rows, upper(), false, true), lower(), false, true);
      return permuteLastAxis(inner, order) as tf.Tensor2D;
    },
    solve: (rows: tf.Tensor2D) => {
      const inner = permuteLastAxis(rows, back) as tf.Tensor2D;
      return solveRows(upper(), solveRows(lower(), inner, "lower"), "upper");
    },
    logAbsDet: () => tf.sum(logScale),
    variables: nameVariables({ below, above, logScale }),
  };
  return linear("plu", options, form, { type: "plu", permutation: order, seed });
}

function checkOrder(order: readonly number[], dimensions: number): readonly number[] {
  const sorted = [...order].sort((a, b) => a - b);
  if (order.length === dimensions && sorted.every((index, i) => index === i)) return [...order];
  throw new RangeError(`plu: expected a permutation of 0 … ${dimensions - 1}; got [${order}]`);
}
