import { tf } from "../../engine/tf.ts";
import { diagonalMatrix, triangle } from "../../linear-algebra/triangle.ts";
import type { Bijection } from "../bijection.ts";
import { inversePermutation, permuteLastAxis } from "../building/permute-axis.ts";
import { checkSize, type LinearOptions, linear, smallNoise } from "./linear.ts";
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
 * @throws RangeError if the size is no whole number from 1, or the permutation is none of that size.
 * @throws ShapeError when applied to a last axis of another length.
 * @see Prince, Understanding Deep Learning, equation 16.9.
 */
export function plu(options: LinearOptions & { permutation?: readonly number[]; seed?: number }): Bijection {
  const { size, seed = 0 } = options;
  checkSize("plu", size);
  const order = checkOrder(options.permutation ?? Array.from({ length: size }, (_, i) => i), size);
  const back = inversePermutation(order);
  const below = smallNoise([size, size], seed, "below");
  const above = smallNoise([size, size], seed, "above");
  const logScale = tf.tidy(() => tf.variable(tf.zeros([size])));
  const lower = () => tf.add(tf.mul(below, triangle(size, "lower", false)), tf.eye(size)) as tf.Tensor2D;
  const upper = () =>
    tf.add(tf.mul(above, triangle(size, "upper", false)), diagonalMatrix(tf.exp(logScale))) as tf.Tensor2D;
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
    variables: [below, above, logScale],
  };
  return linear("plu", options, form, { type: "plu", permutation: order, seed });
}

function checkOrder(order: readonly number[], size: number): readonly number[] {
  const sorted = [...order].sort((a, b) => a - b);
  if (order.length === size && sorted.every((index, i) => index === i)) return [...order];
  throw new RangeError(`plu: expected a permutation of 0 … ${size - 1}; got [${order}]`);
}
