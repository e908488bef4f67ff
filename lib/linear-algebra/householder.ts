import { clip } from "../engine/clip.ts";
import { offTape } from "../engine/tape/off-tape.ts";
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
  const units = directions(vectors);
  const products = tf.matMul(units, units, false, true);
  const system = tf.add(tf.mul(products, triangle(count, "upper", false)), tf.mul(tf.eye(count), 0.5));
  const projections = tf.matMul(units, rows, false, true);
  const solved = triangularSolve(system, projections, { half: "upper", transposed });
  return tf.sub(rows, tf.matMul(solved, units, true, false));
}

/**
 * The rows with length 1, whatever their size. One of length 0 has no direction and stays as it is: it reflects nothing.
 *
 * What differs from length 1 would be no reflection, and the product would change volumes.
 */
function directions(vectors: tf.Tensor): tf.Tensor2D {
  // The squares of what is far from 1 are no float32 numbers. A factor of exactly 1 leaves ordinary rows as they are.
  const factor = offTape(() => {
    const largest = tf.max(tf.abs(vectors), 1, true);
    return tf.div(clip(largest, 1e-9, 1e9), clip(largest, 1e-37, 1e38));
  });
  const near = tf.mul(vectors, factor);
  const squares = tf.add(tf.sum(tf.square(near), 1, true), 1e-30);
  return tf.mul(near, tf.rsqrt(squares)) as tf.Tensor2D;
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
