/**
 * What an expression of vectors, matrices and a random variable is worth: one matrix, or, where a random variable is in it, one for each
 * of the finitely many values that the variable takes. Numbers are matrices of 1 × 1, vectors columns.
 */

import { determinant, inverse, type Matrix, multiply, transpose } from "./matrices.ts";

/** `atoms`: one matrix if nothing is random, else one for each value of the random variable. */
export interface Value {
  readonly atoms: readonly Matrix[];
}

export const constant = (matrix: Matrix): Value => ({ atoms: [matrix] });
export const column = (numbers: readonly number[]): Matrix => numbers.map((value) => [value]);

const size = (a: Matrix): string => `${a.length}×${a[0]?.length ?? 0}`;
const isNumber = (a: Matrix): boolean => a.length === 1 && a[0].length === 1;
const each = (a: Matrix, f: (value: number, i: number, j: number) => number): Matrix =>
  a.map((row, i) => row.map((value, j) => f(value, i, j)));

/** @throws SyntaxError where sizes do not fit. */
export function add(a: Matrix, b: Matrix, sign: number): Matrix {
  if (a.length !== b.length || a[0].length !== b[0].length)
    throw new SyntaxError(
      `a ${size(a)} and a ${size(b)} matrix cannot be ${sign > 0 ? "added" : "subtracted"}`,
    );
  return each(a, (value, i, j) => value + sign * b[i][j]);
}

export function times(a: Matrix, b: Matrix): Matrix {
  if (a[0].length === b.length) return multiply(a, b);
  if (isNumber(a)) return each(b, (value) => a[0][0] * value);
  if (isNumber(b)) return each(a, (value) => b[0][0] * value);
  throw new SyntaxError(
    `a ${size(a)} matrix cannot be multiplied by a ${size(b)} one, as ${a[0].length} is not ${b.length}`,
  );
}

export function divide(a: Matrix, b: Matrix): Matrix {
  if (!isNumber(b))
    throw new SyntaxError(`only a number can be divided by, not a ${size(b)} matrix; use inv(…)`);
  return each(a, (value) => value / b[0][0]);
}

export function power(a: Matrix, b: Matrix): Matrix {
  if (!isNumber(b)) throw new SyntaxError("an exponent has to be a number");
  const [[exponent]] = b;
  if (isNumber(a)) return [[a[0][0] ** exponent]];
  if (exponent === -1) return inverse(square(a, "inverted"));
  if (exponent === 2) return times(square(a, "squared"), a);
  throw new SyntaxError("of a matrix only the powers -1 and 2 are read");
}

function square(a: Matrix, what: string): Matrix {
  if (a.length === a[0].length) return a;
  throw new SyntaxError(`a ${size(a)} matrix cannot be ${what}`);
}

const ofNumber =
  (name: string, f: (value: number) => number) =>
  (a: Matrix): Matrix => {
    if (!isNumber(a)) throw new SyntaxError(`${name} takes a number here, not a ${size(a)} matrix`);
    return [[f(a[0][0])]];
  };

/** What may be written around one value. */
export const functionsOfOne: { readonly [name: string]: (a: Matrix) => Matrix } = {
  inv: (a) => inverse(square(a, "inverted")),
  det: (a) => [[determinant(square(a, "given a determinant"))]],
  trace: (a) => [[square(a, "given a trace").reduce((sum, row, i) => sum + row[i], 0)]],
  transpose,
  log: ofNumber("log", Math.log),
  exp: ofNumber("exp", Math.exp),
  abs: ofNumber("abs", Math.abs),
  sqrt: ofNumber("sqrt", Math.sqrt),
};

/** Value by value; what is not random is the same for all. */
export function combine(values: readonly Value[], f: (...matrices: Matrix[]) => Matrix): Value {
  const count = Math.max(...values.map(({ atoms }) => atoms.length));
  return {
    atoms: Array.from({ length: count }, (_, i) =>
      f(...values.map(({ atoms }) => atoms[atoms.length === 1 ? 0 : i])),
    ),
  };
}

/** The mean over the values of the random variable, each with its probability. */
export function expectation({ atoms }: Value, probabilities: readonly number[]): Value {
  if (atoms.length === 1) return { atoms };
  const [first] = atoms;
  return constant(
    each(first, (_, i, j) => atoms.reduce((sum, atom, k) => sum + probabilities[k] * atom[i][j], 0)),
  );
}

/** Nine digits: what cancellation in some dozen operations leaves of sixteen. */
const RELATIVE = 1e-9;

/** Whether both are the same, whatever the random variable is; NaN says nothing, so it counts as a difference. */
export function same(a: Value, b: Value): boolean {
  const count = Math.max(a.atoms.length, b.atoms.length);
  return Array.from({ length: count }, (_, k) => k).every((k) => {
    const [p, q] = [a, b].map(({ atoms }) => atoms[atoms.length === 1 ? 0 : k]);
    if (p.length !== q.length || p[0].length !== q[0].length) return false;
    const scale = Math.max(1, ...p.flat().map(Math.abs));
    return p.every((row, i) => row.every((value, j) => Math.abs(value - q[i][j]) <= RELATIVE * scale));
  });
}
