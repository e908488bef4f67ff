import { ShapeError } from "../errors.ts";
import { plural } from "../plural.ts";

/** Numbers in float32, row by row, with the lengths of their axes. */
export interface PlainNumbers {
  readonly values: Float32Array;
  readonly shape: number[];
}

/**
 * Numbers as people write them: a number, arrays of equal length of them, typed arrays, or arrays of these; truth values
 * count as 0 and 1.
 *
 * What is none of these is an error that tells where it is. Elsewhere it would become a number without a word: null 0, a
 * text what it spells.
 *
 * @param front What messages begin with.
 * @throws TypeError if something is no number. @throws ShapeError if rows differ in length.
 */
export function plainNumbers(given: unknown, front = ""): PlainNumbers {
  try {
    return readNumbers(given);
  } catch (error) {
    const Kind = error instanceof ShapeError ? ShapeError : TypeError;
    throw front === "" ? error : new Kind(front + (error as Error).message, { cause: error });
  }
}

function readNumbers(given: unknown): PlainNumbers {
  if (given instanceof Float32Array) return { values: given, shape: [given.length] };
  const shape = shapeOf(given);
  const values = new Float32Array(shape.reduce((product, length) => product * length, 1));
  let next = 0;
  const fill = (one: unknown, axis: number, place: readonly number[]) => {
    if (axis < shape.length) {
      const row = rowOf(one, place);
      if (row.length !== shape[axis]) throw uneven(shape[axis], row.length, place);
      if (axis === shape.length - 1) {
        for (let i = 0; i < row.length; i++) values[next++] = numberOf(row[i], place, i);
      } else {
        for (let i = 0; i < row.length; i++) fill(row[i], axis + 1, [...place, i]);
      }
    } else values[next++] = numberOf(one, place);
  };
  fill(given, 0, []);
  return { values, shape };
}

/** The lengths of the arrays, along the first entry of each. */
function shapeOf(given: unknown): number[] {
  const shape: number[] = [];
  let one = given;
  while (isRow(one)) {
    shape.push(one.length);
    one = one[0];
  }
  return shape;
}

function isRow(one: unknown): one is ArrayLike<unknown> {
  return Array.isArray(one) || (ArrayBuffer.isView(one) && !(one instanceof DataView));
}

function rowOf(one: unknown, place: readonly number[]): ArrayLike<unknown> {
  if (isRow(one)) return one;
  if (typeof one === "number") {
    throw new ShapeError(
      `expected rows of equal length; got a single number, ${one}, at [${place.join("][")}]`,
    );
  }
  throw noNumber(one, place);
}

function numberOf(one: unknown, place: readonly number[], index?: number): number {
  if (typeof one === "number") return one;
  if (typeof one === "boolean") return Number(one);
  throw noNumber(one, index === undefined ? place : [...place, index]);
}

function uneven(expected: number, got: number, place: readonly number[]): ShapeError {
  const first = place.map(() => 0);
  return new ShapeError(
    `expected rows of equal length; got ${expected} in [${first.join("][")}] and ${got} in [${place.join("][")}]`,
  );
}

function noNumber(one: unknown, place: readonly number[]): Error {
  const at = place.length > 0 ? ` at [${place.join("][")}]` : "";
  if (isRow(one)) {
    return new ShapeError(
      `expected rows of equal length; got ${plural(one.length, "number")}${at} where others have one`,
    );
  }
  const remedy =
    one === null || one === undefined
      ? "leave out what is missing, or put a number there"
      : "make numbers of it first";
  return new TypeError(`expected numbers, in arrays of equal length; got ${describe(one)}${at}: ${remedy}`);
}

/** The number at this place of {@link plainNumbers}' values, as it was given; undefined if the numbers are not plain. */
export function plainNumberAt(given: unknown, index: number): number | undefined {
  const shape = shapeOf(given);
  let [one, rest] = [given, index];
  for (const axis of shape.keys()) {
    const size = shape.slice(axis + 1).reduce((product, length) => product * length, 1);
    one = (one as ArrayLike<unknown>)[Math.floor(rest / size)];
    rest %= size;
  }
  return typeof one === "number" ? one : undefined;
}

/** A value in a few words. */
export function describe(one: unknown): string {
  if (typeof one === "string")
    return one.length > 30 ? `a text of ${one.length} characters` : JSON.stringify(one);
  if (typeof one === "bigint") return `the bigint ${one}`;
  if (typeof one === "function") return "a function";
  if (Array.isArray(one)) return "an array";
  if (typeof one !== "object" || one === null) return String(one);
  return one instanceof Promise
    ? "a promise (await it)"
    : `an object of type ${one.constructor?.name ?? "none"}`;
}
