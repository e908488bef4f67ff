import { gradientByDifferences } from "../../engine/differences.ts";
import { tf } from "../../engine/tf.ts";
import type { Direction } from "./case.ts";
import { contextTensor, rowsOf, type Subject, tensor } from "./subject.ts";

/**
 * The Jacobian at each point by automatic differentiation: one gradient per output, taken for all points at once.
 * Its entries have float32's accuracy, which is far better than differences of float32 values could give.
 */
export function jacobians(s: Subject, direction: Direction, rows = s.inputs[direction]): number[][][] {
  const input = tensor(rows, s.event[direction]);
  const own = rows === s.inputs[direction];
  const context = contextTensor(own ? s.contexts : rows.map(() => s.contexts[0]));
  const size = rows[0].length;
  const byOutput = Array.from({ length: size }, (_, output) => {
    const chosen = tf.tensor1d(Array.from({ length: size }, (_, k) => (k === output ? 1 : 0)));
    const slope = tf.grad((x: tf.Tensor) =>
      tf.sum(tf.mul(tf.reshape(s.bijection[direction](x, context).value, [rows.length, size]), chosen)),
    );
    return rowsOf(tf.reshape(slope(input), [rows.length, size]));
  });
  return rows.map((_, point) => byOutput.map((slopes) => slopes[point]));
}

/** The Jacobian of a function of double-precision numbers, to about 1e-11. */
export function jacobianByDifferences(f: (x: number[]) => number[], x: number[]): number[][] {
  return x.map((_, i) => gradientByDifferences((at) => f(at)[i], x));
}

/** log |det A| by Gaussian elimination with row exchange, in double precision. */
export function logAbsDet(matrix: readonly (readonly number[])[]): number {
  const rows = matrix.map((row) => [...row]);
  let total = 0;
  for (let k = 0; k < rows.length; k++) {
    let pivot = k;
    for (let i = k + 1; i < rows.length; i++) if (Math.abs(rows[i][k]) > Math.abs(rows[pivot][k])) pivot = i;
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    total += Math.log(Math.abs(rows[k][k]));
    for (let i = k + 1; i < rows.length; i++) {
      const factor = rows[i][k] / rows[k][k];
      for (let j = k; j < rows.length; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  return total;
}
