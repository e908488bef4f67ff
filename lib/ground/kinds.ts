import { describe } from "./plain-numbers.ts";

/** What an argument or an option may be. */
export interface Kind {
  /** "a number", for messages. */
  readonly what: string;
  readonly fits: (value: unknown) => boolean;
  /** Whether it may not be left out. */
  readonly isNeeded?: boolean;
}

const kind = (what: string, fits: (value: unknown) => boolean): Kind => ({ what, fits });
const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
const isTensor = (value: unknown): boolean => isObject(value) && "dataSync" in value && "shape" in value;

export const aNumber = kind("a number", (value) => typeof value === "number");
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
/** What `asFloat` makes a tensor of: it looks at each of them, and says where one is none. */
export const numbers = kind("a tensor, or numbers in arrays of equal length", () => true);
/** What only may not be null. */
export const aValue = kind("a value", (value) => value !== null);
/** What is looked at elsewhere. */
export const anything = kind("a value", () => true);

export const listOf = ({ what, fits }: Kind): Kind =>
  kind(`a list, of each entry ${what}`, (value) => isList(value) && Array.from(value).every(fits));

export const oneOf = (...names: readonly string[]): Kind =>
  kind(`one of ${names.map((name) => JSON.stringify(name)).join(", ")}`, (value) =>
    names.includes(value as string),
  );

export const either = (one: Kind, other: Kind): Kind =>
  kind(`${one.what}, or ${other.what}`, (value) => one.fits(value) || other.fits(value));

export const demand = (one: Kind): Kind => ({ ...one, isNeeded: true });

/**
 * Makes sure that an argument, or an option, is of its kind. The types ask for it already; a call from JavaScript, or with
 * a value of type any, does not.
 *
 * @throws TypeError if it is not.
 */
export function checkKind(who: string, name: string, value: unknown, { what, fits, isNeeded }: Kind): void {
  if (value === undefined ? !isNeeded : fits(value)) return;
  throw new TypeError(`${who}: expected ${name} to be ${what}; got ${describe(value)}`);
}
