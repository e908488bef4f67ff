import type { ColumnStatistics } from "../ground/functions/column-statistics.ts";

/** A column that follows from others: x_column = constant + Σ factor·x_of, but for rounding. */
export interface Dependence {
  readonly column: number;
  /** The others, none of which follows from the rest of them. */
  readonly of: readonly number[];
}

/** Of float32 numbers, as a share. */
const ROUNDING = 2 ** -24;

/**
 * The lower triangular L with L Lᵀ the correlations of a table's columns (Cholesky), in double precision.
 *
 * L_kk is what is left of the deviation of column k once it has been predicted from those before it. Where that is no more
 * than rounding of the columns to float32 leaves, the columns depend on each other.
 *
 * @param values The rows, one behind the other: finite numbers.
 * @param statistics Of each column, none of them constant.
 * @returns L, row by row; or the first column that depends on those before it.
 */
export function correlationFactor(
  values: ArrayLike<number>,
  statistics: readonly ColumnStatistics[],
): { readonly lower: Float64Array } | { readonly dependent: Dependence } {
  const n = statistics.length;
  const correlation = correlations(values, statistics);
  const lower = new Float64Array(n * n);
  const rounding = statistics.map(
    ({ low, high, deviation }) => (ROUNDING * Math.max(Math.abs(low), Math.abs(high))) / deviation,
  );
  for (let k = 0; k < n; k++) {
    let left = 1;
    for (let j = 0; j < k; j++) {
      let sum = correlation[k * n + j];
      for (let i = 0; i < j; i++) sum -= lower[k * n + i] * lower[j * n + i];
      lower[k * n + j] = sum / lower[j * n + j];
      left -= lower[k * n + j] ** 2;
    }
    const factors = predictors(lower, n, k);
    const noise = factors.reduce((sum, factor, j) => sum + Math.abs(factor) * rounding[j], rounding[k]);
    if (!(left > Math.min((4 * noise) ** 2, MOST_LEFT))) {
      const of = factors.flatMap((factor, j) => (Math.abs(factor) > NEGLIGIBLE ? [j] : []));
      return { dependent: { column: k, of } };
    }
    lower[k * n + k] = Math.sqrt(left);
  }
  return { lower };
}

/**
 * The share of a column's variance that may be left of one that follows from others. Where rounding is as large as the
 * columns' own deviations, as around 10⁷, all of it could be rounding; and yet such columns may have nothing to do with each other.
 */
const MOST_LEFT = 1e-2;

/** A column with a smaller factor, both in units of their deviations, has no part in what another one follows from. */
const NEGLIGIBLE = 1e-3;

/** On and below the diagonal. */
function correlations(values: ArrayLike<number>, statistics: readonly ColumnStatistics[]): Float64Array {
  const n = statistics.length;
  const rows = values.length / n;
  const sums = new Float64Array(n * n);
  const row = new Float64Array(n);
  for (let start = 0; start < values.length; start += n) {
    for (let i = 0; i < n; i++) {
      row[i] = (values[start + i] - statistics[i].mean) / statistics[i].deviation;
      for (let j = 0; j <= i; j++) sums[i * n + j] += row[i] * row[j];
    }
  }
  return sums.map((sum) => sum / rows);
}

/** By which factors column k is predicted best from those before it: c with L_{<k}ᵀ c = the k-th row of L. */
function predictors(lower: Float64Array, n: number, k: number): number[] {
  const factors = new Array<number>(k).fill(0);
  for (let i = k - 1; i >= 0; i--) {
    let sum = lower[k * n + i];
    for (let j = i + 1; j < k; j++) sum -= lower[j * n + i] * factors[j];
    factors[i] = sum / lower[i * n + i];
  }
  return factors;
}
