import { tf } from "../engine/tf.ts";

/** Which half of a matrix is not 0. */
export type Half = "lower" | "upper";

/** The n×n matrix of ones in one half, with or without the diagonal, and zeros elsewhere. */
export function triangle(n: number, half: Half, diagonal: boolean): tf.Tensor2D {
  const ones = new Float32Array(n * n);
  for (let i = 0; i < n; i++) {
    const [start, own, end] = [i * n, i * n + i, i * n + n];
    if (half === "lower") ones.fill(1, start, diagonal ? own + 1 : own);
    else ones.fill(1, diagonal ? own : own + 1, end);
  }
  return tf.tensor2d(ones, [n, n]);
}

/** The matrix [n, n] with these n numbers on its diagonal. */
export function diagonalMatrix(numbers: tf.Tensor): tf.Tensor2D {
  return tf.mul(tf.eye(numbers.size), numbers);
}
