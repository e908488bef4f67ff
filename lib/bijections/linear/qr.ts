import { tf } from "../../engine/tf.ts";
import { nameVariables } from "../../ground/variable-names.ts";
import { reflectRows } from "../../linear-algebra/householder.ts";
import { diagonalMatrix, triangle } from "../../linear-algebra/triangle.ts";
import type { Bijection } from "../bijection.ts";
import { linear, smallNoise } from "./linear.ts";
import { type ReflectionOptions, reflections } from "./orthogonal.ts";
import { solveRows } from "./triangular.ts";

/**
 * Linear map in QR form: x = β + Q R z, Q a product of reflections, R upper triangular with exp(s) on its diagonal;
 * logDet = Σ_d s_d nats. Every matrix with a determinant other than 0 has such a form, up to signs.
 *
 * [...batch, D] ↔ [...batch, D]. Cost: K·D + D² for each event. It starts as the identity with noise of size 0.01
 * above the diagonal of R.
 *
 * @throws RangeError if `dimensions` or the number of reflections is no whole number from 1.
 * @throws ShapeError when applied to a last axis of another length.
 * @see Hoogeboom, van den Berg, Welling 2019, "Emerging Convolutions for Generative Normalizing Flows",
 *   arXiv:1901.11137.
 */
export function qr(options: ReflectionOptions): Bijection {
  const { vectors, config } = reflections("qr", options);
  const { dimensions } = options;
  const above = smallNoise([dimensions, dimensions], config.seed, "triangular");
  const logScale = tf.tidy(() => tf.variable(tf.zeros([dimensions])));
  const upper = () =>
    tf.add(
      tf.mul(above, triangle(dimensions, "upper", false)),
      diagonalMatrix(tf.exp(logScale)),
    ) as tf.Tensor2D;
  const form = {
    apply: (rows: tf.Tensor2D) => reflectRows(vectors, tf.matMul(rows, upper(), false, true)),
    solve: (rows: tf.Tensor2D) => solveRows(upper(), reflectRows(vectors, rows, true), "upper"),
    logAbsDet: () => tf.sum(logScale),
    variables: nameVariables({ vectors, above, logScale }),
  };
  return linear("qr", options, form, { type: "qr", ...config });
}
