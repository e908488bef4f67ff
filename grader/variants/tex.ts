/** Drawn numbers as a statement writes them. */

/** `\begin{bmatrix} 1 & 0\\ 2 & 4 \end{bmatrix}` */
export const texMatrix = (rows: readonly (readonly number[])[]): string =>
  `\\begin{bmatrix} ${rows.map((row) => row.join(" & ")).join("\\\\ ")} \\end{bmatrix}`;

/** `a` over `b` in lowest terms: `-\tfrac{1}{2}`, or a whole number. */
export function texFraction(a: number, b: number): string {
  const common = divisor(Math.abs(a), Math.abs(b));
  const [above, below] = [Math.abs(a) / common, Math.abs(b) / common];
  const sign = a * b < 0 ? "-" : "";
  return below === 1 ? `${sign}${above}` : `${sign}\\tfrac{${above}}{${below}}`;
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** A number before what it multiplies: nothing for 1. */
export const texFactor = (factor: number): string => (factor === 1 ? "" : factor === -1 ? "-" : `${factor}`);

/** As it is written: 0.34, and not 0.34000000000000002. */
export const short = (value: number): number => Number(value.toPrecision(12));
