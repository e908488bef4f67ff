/** Exact fractions: percentages of points and scales to another maximum lose nothing, and two ways of adding give one mark. */

export interface Fraction {
  readonly over: bigint;
  /** Above 0, and without a common divisor. */
  readonly under: bigint;
}

export const ZERO: Fraction = { over: 0n, under: 1n };
export const ONE: Fraction = { over: 1n, under: 1n };

function reduce(over: bigint, under: bigint): Fraction {
  const divisor = commonDivisor(over < 0n ? -over : over, under);
  return { over: over / divisor, under: under / divisor };
}

function commonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}

/** The number that its decimals show: 0.1 is a tenth. @throws RangeError if it is not finite. */
export function fraction(value: number): Fraction {
  if (!Number.isFinite(value)) throw new RangeError(`expected a finite number; got ${value}`);
  const [, sign, whole = "", decimals = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  const over = BigInt(whole + decimals) * (sign === "-" ? -1n : 1n);
  const power = Number(exponent) - decimals.length;
  return power >= 0 ? reduce(over * 10n ** BigInt(power), 1n) : reduce(over, 10n ** BigInt(-power));
}

export const add = (a: Fraction, b: Fraction): Fraction =>
  reduce(a.over * b.under + b.over * a.under, a.under * b.under);
export const subtract = (a: Fraction, b: Fraction): Fraction => add(a, { over: -b.over, under: b.under });
export const multiply = (a: Fraction, b: Fraction): Fraction => reduce(a.over * b.over, a.under * b.under);
/** @throws RangeError for 0 below. */
export function divide(a: Fraction, b: Fraction): Fraction {
  if (b.over === 0n) throw new RangeError("expected something other than 0 below the line; got 0");
  const sign = b.over < 0n ? -1n : 1n;
  return reduce(a.over * b.under * sign, a.under * b.over * sign);
}

export const sum = (all: readonly Fraction[]): Fraction => all.reduce(add, ZERO);

/** Below 0 if a is less, 0 if they are equal. */
export const compare = (a: Fraction, b: Fraction): number => Number(a.over * b.under - b.over * a.under);
export const least = (a: Fraction, b: Fraction): Fraction => (compare(a, b) <= 0 ? a : b);
export const most = (a: Fraction, b: Fraction): Fraction => (compare(a, b) >= 0 ? a : b);

/** To so many decimals at most, halves away from zero, without zeros at the end: `9.5`, `0.33`. */
export function fractionText({ over, under }: Fraction, decimals = 2): string {
  const scale = 10n ** BigInt(decimals);
  const positive = over < 0n ? -over : over;
  const rounded = (positive * scale * 2n + under) / (under * 2n);
  const whole = rounded / scale;
  const rest = String(rounded % scale)
    .padStart(decimals, "0")
    .replace(/0+$/, "");
  const text = decimals > 0 && rest !== "" ? `${whole}.${rest}` : String(whole);
  return over < 0n && rounded !== 0n ? `-${text}` : text;
}

/** Says whether so many decimals show all of it. */
export const isShown = (value: Fraction, decimals = 2): boolean =>
  (value.over * 10n ** BigInt(decimals)) % value.under === 0n;

export const toNumber = (value: Fraction): number => Number(fractionText(value, 12));
