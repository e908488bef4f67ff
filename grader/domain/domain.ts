/** What may be asked of one function, region by region, and how exact its answers have to be. */

import { workedOutOnce } from "./shared-calls.ts";
import type { Regions } from "./strata.ts";

export interface Domain<I extends readonly unknown[] = readonly never[]> {
  /** Every region that the statement distinguishes; the first is the ordinary one. */
  readonly regions: Regions<I>;
  /** The error that the statement allows in each number of the answer. */
  allows(answer: readonly number[], ...inputs: I): number | readonly number[];
  /**
   * Whether float32 is a fair arithmetic for it. If so: for each number of the answer the size whose rounding in float32 it may
   * carry, that is |answer| times the condition of the problem there; infinite where float32 cannot say anything.
   */
  readonly float32: false | ((answer: readonly number[], ...inputs: I) => number | readonly number[]);
  /** What an answer works out on the way and may test for being 0, by name: z, or the logarithm of a slope. */
  readonly onTheWay?: { readonly [name: string]: (...inputs: I) => number | readonly number[] };
  /** How far an argument goes where the statement says so, or where numbers end: what is right short of there only has to be seen. */
  readonly ends?: { readonly [parameter: string]: readonly number[] };
  /** Calls about which the statement says nothing, though their arguments lie between those of the regions. */
  readonly open?: (...inputs: I) => boolean;
  /**
   * Where the checks cannot see every error that is not allowed: the relative error that they must see, as of a model that was trained and
   * is right in many ways; and, for a function with randomness of its own, in which share of the runs (all, unless told).
   */
  readonly sees?: { readonly effect: number; readonly power?: number };
}

/** What `expect.close` takes: the error allowed in each number, and that allowed to answers computed in float32. */
export interface Allowed {
  readonly absolute: readonly number[];
  readonly relative: 0;
  readonly float32?: readonly number[];
}

/** Roundings that a computation in float32 may make, in units of 2⁻²³ of the size that its domain declares. */
const FLOAT32_ULPS = 4;
/** Below this, float32 has fewer digits, or rounds to 0. */
const FLOAT32_TINY = 2 ** -126;

/** An error of so much of the answer's size. */
export function relatively(tolerance: number): (answer: readonly number[]) => number[] {
  return (answer) => answer.map((value) => tolerance * Math.abs(value));
}

/** Rounding in float32 is no worse than that of the answer itself. */
export function wellConditioned(answer: readonly number[]): number[] {
  return answer.map(Math.abs);
}

export function allowedErrors<I extends readonly unknown[]>(
  domain: Pick<Domain<I>, "allows" | "float32">,
  answer: number | readonly number[],
  ...inputs: I
): Allowed {
  const numbers = typeof answer === "number" ? [answer] : answer;
  return workedOutOnce(domain, numbers, inputs, () => errorsOf(domain, numbers, inputs));
}

function errorsOf<I extends readonly unknown[]>(
  domain: Pick<Domain<I>, "allows" | "float32">,
  numbers: readonly number[],
  inputs: I,
): Allowed {
  const each = (errors: number | readonly number[]): readonly number[] =>
    typeof errors === "number" ? numbers.map(() => errors) : errors;
  const absolute = each(domain.allows(numbers, ...inputs));
  if (!domain.float32) return { absolute, relative: 0 };
  const sizes = each(domain.float32(numbers, ...inputs));
  return {
    absolute,
    relative: 0,
    float32: sizes.map((size, i) => Math.max(absolute[i], float32Error(size))),
  };
}

function float32Error(size: number): number {
  return size === 0 ? 0 : FLOAT32_ULPS * 2 ** -23 * size + FLOAT32_TINY;
}

/** The numbers of a plain answer, in order; undefined if there is something else in it. */
export function numbersOf(plain: unknown): number[] | undefined {
  if (typeof plain === "number") return [plain];
  if (plain === null || typeof plain !== "object") return undefined;
  const numbers: number[] = [];
  for (const part of Object.values(isTensor(plain) ? plain.values : plain)) {
    if (typeof part === "number") {
      numbers.push(part);
      continue;
    }
    const inside = numbersOf(part);
    if (!inside) return undefined;
    numbers.push(...inside);
  }
  return numbers;
}

/** Whether every number of a plain answer is one of float32's. */
export const isFloat32 = (plain: unknown): boolean =>
  numbersOf(plain)?.every((value) => Object.is(Math.fround(value), value)) ?? false;

function isTensor(plain: object): plain is { values: number[] } {
  return "values" in plain && "shape" in plain && Array.isArray(plain.values);
}
