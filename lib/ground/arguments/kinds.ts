import { describe } from "./plain-numbers.ts";

/** What an argument or an option may be. */
export interface Kind {
  /** "a number", for messages. */
  readonly what: string;
  readonly fits: (value: unknown) => boolean;
  /** Whether it may not be left out. */
  readonly isNeeded?: boolean;
  /** The largest number that it may be, or hold. */
  readonly most?: number;
}

const kind = (what: string, fits: (value: unknown) => boolean): Kind => ({ what, fits });
const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
const isTensor = (value: unknown): boolean => isObject(value) && "dataSync" in value && "shape" in value;

export const aNumber = kind("a number", (value) => typeof value === "number");
/** The kind, of numbers that take so much time or memory that there is a bound for them. */
export function atMost(most: number, one: Kind): Kind {
  return { ...one, most };
}

/** How many numbers an event, a layer's input or its output has: 4096 × 4096, so that lists of them fit into the memory. */
export const aSize: Kind = atMost(2 ** 24, aNumber);
/** How many layers, steps, bins or the like there are, each of which takes time and memory. */
export const aFew: Kind = atMost(10_000, aNumber);
export const aFinite = kind("a finite number", (value) => Number.isFinite(value));
export const aFlag = kind("true or false", (value) => typeof value === "boolean");
export const aText = kind("a text", (value) => typeof value === "string");
export const aFunction = kind("a function", (value) => typeof value === "function");
export const anObject = kind("an object", (value) => isObject(value) && !isList(value));
export const aSeed = kind(
  "a seed, a whole number from 0 to 4294967295",
  (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0xffffffff,
);
export const aWhole = kind(
  "a whole number ≥ 0",
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
);
export const bytesOfFile = kind("bytes, a Uint8Array", (value) => value instanceof Uint8Array);
export const aTensor = kind("a tensor", isTensor);
export const aSignal = kind(
  "the signal of an AbortController",
  (value) => isObject(value) && "aborted" in value && "addEventListener" in value,
);
/** What `asFloat` makes a tensor of: it looks at each of them, and says where one is none. */
export const numbers = kind("a tensor, or numbers in arrays of equal length", () => true);
/** What only may not be null. */
export const aValue = kind("a value", (value) => value !== null);
/** What is looked at elsewhere. */
export const anything = kind("a value", () => true);

export const listOf = ({ what, fits, most }: Kind): Kind => ({
  ...kind(`a list, of each entry ${what}`, (value) => isList(value) && Array.from(value).every(fits)),
  ...(most !== undefined && { most }),
});

export const oneOf = (...names: readonly string[]): Kind =>
  kind(`one of ${names.map((name) => JSON.stringify(name)).join(", ")}`, (value) =>
    names.includes(value as string),
  );

export const either = (one: Kind, other: Kind): Kind => ({
  ...kind(`${one.what}, or ${other.what}`, (value) => one.fits(value) || other.fits(value)),
  ...(one.most !== undefined && { most: one.most }),
});

export const demand = (one: Kind): Kind => ({ ...one, isNeeded: true });

/**
 * Makes sure that an argument, or an option, is of its kind. The types ask for it already; a call from JavaScript, or with
 * a value of type any, does not.
 *
 * @throws TypeError if it is not.
 * @throws RangeError if it is a size that the memory could not hold.
 */
export function checkKind(who: string, name: string, value: unknown, one: Kind): void {
  const { what, fits, isNeeded, most } = one;
  if (value === undefined ? isNeeded : !fits(value)) {
    throw new TypeError(`${who}: expected ${name} to be ${what}; got ${describe(value)}`);
  }
  if (most === undefined) return;
  for (const size of typeof value === "number" ? [value] : Array.from((value ?? []) as number[])) {
    if (!(size > most)) continue;
    throw new RangeError(
      `${who}: expected ${name} of at most ${most}; got ${size}: the memory is full before so many are made. Choose fewer`,
    );
  }
}

/** The same of an argument that is a number, for functions of one number that are called a million times: it costs them nothing. */
export function checkNumber(who: string, name: string, value: unknown): void {
  if (typeof value !== "number") checkKind(who, name, value, demand(aNumber));
}
