import { luDecomposition, luInverse, luLogAbsDet } from "../../../linear-algebra/lu.ts";

/** Rows of numbers in double precision. */
export type Matrix = number[][];

export function product(a: Matrix, b: Matrix): Matrix {
  return a.map((row) => b[0].map((_, j) => row.reduce((sum, v, k) => sum + v * b[k][j], 0)));
}

/** A x. */
export function times(matrix: Matrix, x: readonly number[]): number[] {
  return matrix.map((row) => row.reduce((sum, v, j) => sum + v * x[j], 0));
}

export function inverseOf(matrix: Matrix): Matrix {
  const n = matrix.length;
  return asMatrix(Array.from(luInverse(luDecomposition(matrix.flat(), n), n)), n);
}

/** log |det A| in nats. */
export function logAbsDet(matrix: Matrix): number {
  return luLogAbsDet(luDecomposition(matrix.flat(), matrix.length), matrix.length);
}

/** n×n numbers, row by row, as rows. */
export function asMatrix(values: readonly number[], n: number): Matrix {
  return Array.from({ length: n }, (_, i) => values.slice(i * n, (i + 1) * n));
}

/** exp(s) on the diagonal, and the entries on the side of it that is chosen. */
export function triangleOf(
  entries: readonly number[],
  logScale: readonly number[],
  chosen: (i: number, j: number) => boolean,
): Matrix {
  const n = logScale.length;
  return logScale.map((s, i) =>
    logScale.map((_, j) => (i === j ? Math.exp(s) : chosen(i, j) ? entries[i * n + j] : 0)),
  );
}
