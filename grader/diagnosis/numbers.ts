/** Numbers as words may show them. */

/** Four digits, in KaTeX: 2.507, −0.5, 3·10⁻⁷. */
export function roundText(value: number): string {
  const text = String(Number(value.toPrecision(4)));
  const [mantissa, exponent] = text.split("e");
  if (exponent === undefined) return `$${text}$`;
  return `$${mantissa === "1" ? "" : `${mantissa} \\cdot `}10^{${Number(exponent)}}$`;
}

/** "half", "twice", "2.5 times", "1 + 0.0003 times". */
export function times(factor: number): string {
  const named = NAMED.find(([value]) => Math.abs(factor - value) < 1e-7 * Math.abs(value));
  if (named) return named[1];
  const beyond = factor - 1;
  if (Math.abs(beyond) >= 0.01) return `${roundText(factor)} times`;
  return `$1 ${beyond < 0 ? "-" : "+"} ${roundText(Math.abs(beyond)).slice(1, -1)}$ times`;
}

const NAMED: readonly (readonly [number, string])[] = [
  [2, "twice"],
  [0.5, "half"],
  [3, "three times"],
  [1 / 3, "a third of"],
  [4, "four times"],
  [0.25, "a quarter of"],
  [0.1, "a tenth of"],
];

/** Where much cancels, two ways of computing the same differ: so much of all has to agree. */
export const MOSTLY = 0.9;

/** The value that (nearly) all share to seven digits, if they do. */
export function common(values: readonly number[]): number | undefined {
  const middle = [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
  if (middle === undefined || !Number.isFinite(middle)) return undefined;
  const sharing = values.filter((value) => Math.abs(value - middle) <= 1e-7 * Math.abs(middle));
  return sharing.length >= MOSTLY * values.length ? middle : undefined;
}

/** Whether they differ enough among each other that a relation which holds for all is none of chance. */
export function vary(values: readonly number[]): boolean {
  const size = Math.max(...values.map(Math.abs));
  return Math.max(...values) - Math.min(...values) > 1e-3 * size;
}
