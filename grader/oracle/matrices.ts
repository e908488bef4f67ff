/** Small matrices in double precision, row by row. */

export type Matrix = readonly (readonly number[])[];

export const transpose = (a: Matrix): number[][] => (a[0] ?? []).map((_, j) => a.map((row) => row[j]));

export const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, v, i) => sum + v * b[i], 0);

/** A v */
export const apply = (a: Matrix, v: readonly number[]): number[] => a.map((row) => dot(row, v));

/** A B */
export function multiply(a: Matrix, b: Matrix): number[][] {
  const columns = transpose(b);
  return a.map((row) => columns.map((column) => dot(row, column)));
}

export const identity = (n: number): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));

/** What Gaussian elimination with row exchanges leaves: the solution of A v = b, and the pivots with the sign of the exchanges. */
export function eliminate(
  a: Matrix,
  b: readonly number[],
): { solution: number[]; pivots: number[]; sign: number } {
  const n = a.length;
  const rows = a.map((row, i) => [...row, b[i]]);
  let sign = 1;
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(rows[i][k]) > Math.abs(rows[best][k])) best = i;
    if (best !== k) {
      [rows[k], rows[best]] = [rows[best], rows[k]];
      sign = -sign;
    }
    const from = rows[k];
    for (let i = k + 1; i < n; i++) {
      const row = rows[i];
      const factor = row[k] / from[k];
      if (factor !== 0) for (let j = k; j <= n; j++) row[j] -= factor * from[j];
    }
  }
  const solution = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let rest = rows[i][n];
    for (let j = i + 1; j < n; j++) rest -= rows[i][j] * solution[j];
    solution[i] = rest / rows[i][i];
  }
  return { solution, pivots: rows.map((row, i) => row[i]), sign };
}

/** The v with A v = b. */
export const solve = (a: Matrix, b: readonly number[]): number[] => eliminate(a, b).solution;

export const inverse = (a: Matrix): number[][] => transpose(identity(a.length).map((e) => solve(a, e)));

export function determinant(a: Matrix): number {
  const { pivots, sign } = eliminate(a, new Array<number>(a.length).fill(0));
  return pivots.reduce((product, pivot) => product * pivot, sign);
}

/** log |det A|, which has a value where the determinant itself is too small or too large for a number. */
export const logAbsDeterminant = (a: Matrix): number =>
  eliminate(a, new Array<number>(a.length).fill(0)).pivots.reduce((sum, p) => sum + Math.log(Math.abs(p)), 0);

/** log Norm_x[mean, covariance], in nats. */
export function logNormal(x: readonly number[], mean: readonly number[], covariance: Matrix): number {
  const offset = x.map((v, i) => v - mean[i]);
  const quadratic = dot(offset, solve(covariance, offset));
  return -(quadratic + logAbsDeterminant(covariance) + x.length * Math.log(2 * Math.PI)) / 2;
}
