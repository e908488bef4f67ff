import { plainNumberAt } from "../arguments/plain-numbers.ts";

/** What the numbers of one column are like. */
export interface ColumnStatistics {
  readonly mean: number;
  /** Root of the mean squared distance from the mean. */
  readonly deviation: number;
  readonly low: number;
  readonly high: number;
  /** Whether all of them are whole numbers. */
  readonly whole: boolean;
}

/**
 * Mean, deviation and ends of each column of a table, in double precision and in two passes: however far from 0 a column
 * lies, its deviation keeps its digits.
 *
 * @param values The rows, one behind the other: finite numbers, of at least one row.
 * @param columns Numbers of a row.
 */
export function columnStatistics(values: ArrayLike<number>, columns: number): ColumnStatistics[] {
  const rows = values.length / columns;
  const [means, squares] = [new Float64Array(columns), new Float64Array(columns)];
  const [lows, highs] = [new Float64Array(columns).fill(Infinity), new Float64Array(columns).fill(-Infinity)];
  const whole = new Uint8Array(columns).fill(1);
  for (let i = 0, column = 0; i < values.length; i++) {
    const value = values[i];
    means[column] += value;
    if (value < lows[column]) lows[column] = value;
    if (value > highs[column]) highs[column] = value;
    if (value !== Math.floor(value)) whole[column] = 0;
    column = column + 1 === columns ? 0 : column + 1;
  }
  for (let column = 0; column < columns; column++) means[column] /= rows;
  for (let i = 0, column = 0; i < values.length; i++) {
    squares[column] += (values[i] - means[column]) ** 2;
    column = column + 1 === columns ? 0 : column + 1;
  }
  return Array.from(means, (mean, column) => ({
    mean,
    deviation: Math.sqrt(squares[column] / rows),
    low: lows[column],
    high: highs[column],
    whole: whole[column] === 1,
  }));
}

/**
 * Where the first number of a table is that is not finite.
 *
 * @param nameOf What a column is called.
 * @param given What the table was made of, so that a number beyond float32 is told as it was given, not as infinite.
 * @returns In words: "NaN in row 3, column age"; undefined if all are finite.
 */
export function findNotFinite(
  values: ArrayLike<number>,
  columns: number,
  nameOf: (column: number) => string,
  given?: unknown,
): string | undefined {
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    const own = plainNumberAt(given, i);
    const found = Number.isFinite(own) ? `${own}, more than the 3.4e38 that float32 holds,` : values[i];
    return `${found} in row ${Math.floor(i / columns)}, ${nameOf(i % columns)}`;
  }
  return undefined;
}
