/** Numbers as words may show them. */

/** Four digits, in KaTeX: 2.507, −0.5, 3·10⁻⁷. */
export function rounded(value: number): string {
  const text = String(Number(value.toPrecision(4)));
  const [mantissa, exponent] = text.split("e");
  if (exponent === undefined) return `$${text}$`;
  return `$${mantissa === "1" ? "" : `${mantissa} \\cdot `}10^{${Number(exponent)}}$`;
}

/** "half", "twice", "2.5 times". */
export function times(factor: number): string {
  const named = NAMED.find(([value]) => Math.abs(factor - value) < 1e-7 * Math.abs(value));
  return named ? named[1] : `${rounded(factor)} times`;
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

/** The value that all share to eight digits, if they do. */
export function common(values: readonly number[]): number | undefined {
  const [first] = values;
  if (first === undefined || !Number.isFinite(first)) return undefined;
  return values.every((value) => Math.abs(value - first) <= 1e-7 * Math.abs(first)) ? first : undefined;
}

/** Whether they differ enough among each other that a relation which holds for all is none of chance. */
export function vary(values: readonly number[]): boolean {
  const size = Math.max(...values.map(Math.abs));
  return Math.max(...values) - Math.min(...values) > 1e-3 * size;
}
