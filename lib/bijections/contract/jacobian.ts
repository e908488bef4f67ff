import { tf } from "../../engine/tf.ts";
import type { Direction, Reference } from "./case.ts";
import { logAbsDet, type Matrix } from "./float64/matrix.ts";
import { contextTensor, rowsOf, type Subject, tensor } from "./subject.ts";

/** Short, so that no kink lies between. */
const STEP = 2e-5;

/**
 * The Jacobian of a function of double-precision numbers, by central differences.
 *
 * ∂f/∂x_j ≈ (f(x + h e_j) − f(x − h e_j))/2h: the error is h²·f‴/6 = 7e-11·f‴ of truncation and 1e-16·|f|/h = 5e-12·|f|
 * of rounding. The 1e-5 that are asked for are a hundred thousand times more.
 */
export function jacobianByDifferences(f: (x: number[]) => number[], x: number[]): Matrix {
  const columns = x.map((v, j) => {
    const [ahead, behind] = [f(x.with(j, v + STEP)), f(x.with(j, v - STEP))];
    return ahead.map((value, i) => (value - behind[i]) / (2 * STEP));
  });
  return x.map((_, i) => columns.map((column) => column[i]));
}

/** What the logDet of a direction has to be: log |det| of the Jacobian, or the estimate that it is one of. */
export function exactLogDet(reference: Reference, direction: Direction, x: number[]): number {
  const { estimate } = reference;
  return estimate ? estimate[direction](x) : logAbsDet(jacobianByDifferences(reference[direction], x));
}

/**
 * The Jacobian at each point by automatic differentiation: one gradient per output, taken for all points at once.
 * Its entries have float32's accuracy, but where it is 0, they are.
 */
export function jacobians(s: Subject, direction: Direction): Matrix[] {
  const rows = s.inputs[direction];
  const input = tensor(rows, s.event[direction]);
  const context = contextTensor(s.contexts);
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
