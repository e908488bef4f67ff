import { checkOptions } from "../../ground/arguments/check-options.ts";
import { aNumber, aText } from "../../ground/arguments/kinds.ts";
import { describe } from "../../ground/arguments/plain-numbers.ts";

/** What one slider runs through. */
export interface SliderRange {
  readonly from: number;
  readonly to: number;
  /** Between two positions; a hundredth of the whole way if left out. */
  readonly step?: number;
  /** Where it stands at first; at `from` if left out. */
  readonly value?: number;
  /** What stands beside it; by default the name of its number. */
  readonly label?: string;
}

/** One slider with all that was left out filled in. */
export interface FullRange {
  readonly name: string;
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly value: number;
  /** Decimals that tell its positions apart. */
  readonly digits: number;
}

/**
 * @throws TypeError if something is not a finite number.
 * @throws RangeError if the ends are in the wrong order, or step or value do not fit between them.
 */
export function fullRange(name: string, range: SliderRange): FullRange {
  if (typeof range === "object" && range !== null) {
    checkOptions<SliderRange & { name?: string }>("slider", range, "slider({ from: 0, to: 1 }, draw)", {
      from: aNumber,
      to: aNumber,
      step: aNumber,
      value: aNumber,
      label: aText,
      name: aText,
    });
  }
  const who = `slider ${name}`;
  if (typeof range !== "object" || range === null)
    throw new TypeError(`${who}: expected a range, e.g. { from: 0, to: 1 }; got ${describe(range)}`);
  const { from, to, label = name } = range;
  const { step = (to - from) / 100, value = from } = range;
  for (const [key, number] of Object.entries({ from, to, step, value })) {
    if (typeof number !== "number" || !Number.isFinite(number))
      throw new TypeError(`${who}: ${key} must be a finite number; got ${describe(number)}`);
  }
  if (!(from < to)) throw new RangeError(`${who}: from must be below to; got from ${from} to ${to}`);
  // Ends and values are often computed: what is off by a rounding is meant to fit.
  const slack = 1e-9 * (to - from);
  if (!(step > 0 && step <= to - from + slack))
    throw new RangeError(`${who}: step must lie between 0 and ${to - from}, the whole way; got ${step}`);
  if (!(value >= from - slack && value <= to + slack))
    throw new RangeError(`${who}: value must lie between ${from} and ${to}; got ${value}`);
  const inside = Math.min(Math.max(value, from), to);
  return { name, label, from, to, step, value: inside, digits: digitsOf(step, from, value) };
}

/** As many decimals as the numbers have, at most 6. */
function digitsOf(...numbers: readonly number[]): number {
  const decimals = numbers.map((number) => `${Number(number.toFixed(6))}`.split(".")[1]?.length ?? 0);
  return Math.max(...decimals);
}

/** At most `count` positions of the slider from end to end, and where it stands at first, in order; of one only that. */
export function positions({ from, to, step, value }: FullRange, count: number): readonly number[] {
  const steps = Math.floor((to - from) / step + 1e-9);
  const some = Math.min(count - 1, steps);
  if (some < 1) return [value];
  const even = Array.from({ length: some + 1 }, (_, i) => from + Math.round((i * steps) / some) * step);
  const tidy = even.map(withoutRounding);
  const others = tidy.filter((number) => Math.abs(number - value) > 1e-6 * step);
  return [...others, value].sort((a, b) => a - b);
}

/** A position that was computed from steps, as a page does, without its rounding: 5.000000000000001 is no place of a list. */
export const withoutRounding = (number: number): number => Number(number.toPrecision(12));

/** The number as its slider shows it. */
export const writeNumber = (number: number, { digits }: FullRange): string =>
  number.toFixed(digits).replace("-", "−");
