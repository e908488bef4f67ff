import { tf } from "../engine/tf.ts";
import { random } from "../random/random.ts";
import { triangle } from "./triangle.ts";
import { triangularSolve } from "./triangular-solve.ts";

/**
 * The product of reflections Q = H₁ H₂ … H_K, H_k = 1 − 2·v_k v_kᵀ/|v_k|², applied to rows.
 *
 * In one piece rather than one reflection after the other: Q = 1 − V S⁻¹ Vᵀ with the unit vectors v_k as the columns
 * of V, and S the part of VᵀV above the diagonal, and ½ on it.
 *
 * @param vectors The v_k as rows, [K, D].
 * @param rows [n, D], as is the result.
 * @param transposed Applies Qᵀ = Q⁻¹.
 * @see Joffrain et al. 2006, "Accumulating Householder transformations, revisited", ACM TOMS 32.
 */
export function reflectRows(vectors: tf.Tensor, rows: tf.Tensor2D, transposed = false): tf.Tensor2D {
  const count = vectors.shape[0];
  // A vector of length 0 would have no direction; it then reflects nothing.
  const squares = tf.add(tf.sum(tf.square(vectors), 1, true), 1e-30);
  const units = tf.mul(vectors, tf.rsqrt(squares)) as tf.Tensor2D;
  const products = tf.matMul(units, units, false, true);
  const system = tf.add(tf.mul(products, triangle(count, "upper", false)), tf.mul(tf.eye(count), 0.5));
  const projections = tf.matMul(units, rows, false, true);
  const solved = triangularSolve(system, projections, { half: "upper", transposed });
  return tf.sub(rows, tf.matMul(solved, units, true, false));
}

/**
 * Vectors whose reflections undo one another in pairs, so that their product is the identity: random directions that
 * the seed determines, each one twice; a last single one, if the number is odd, reflects.
 *
 * @returns [count, size]
 */
export function pairedVectors(count: number, size: number, seed: number): tf.Tensor2D {
  const noise = random(seed).fork("reflections");
  const directions = Array.from({ length: Math.ceil(count / 2) }, () => noise.normal(size));
  return tf.tensor2d(directions.flatMap((v) => [v, v]).slice(0, count), [count, size], "float32");
}
