/**
 * A wrong answer taken apart: the right one is a sum or a product of named parts, and least squares tells with which factor, or to
 * which power, each part is in the learner's.
 */

import type { Answered, Pair } from "../grading/answered.ts";
import type { Signatures } from "../harness/kinds.ts";
import { eliminate } from "../oracle/matrices.ts";
import { roundText, times } from "./numbers.ts";
import type { Observation } from "./observation.ts";

export type Parts<S extends Signatures = Signatures> = {
  [N in keyof S & string]: {
    readonly export: N;
    /** Of a record, which field. */
    readonly field?: string;
    readonly by: "sum" | "product";
    readonly of: readonly Part<Extract<Answered<S>, { readonly export: N }>>[];
  };
}[keyof S & string];

export interface Part<C = Answered> {
  /** As the statement writes it, in KaTeX with its dollars. */
  readonly name: string;
  /** @param i The place in a list, for answers that are lists. */
  value(call: C, i: number): number;
}

/** Whatever comes out of a fit has to be one of these: slips leave out, repeat, turn round and halve. */
const HALVES = 2;
const MOST = 3;

export function partsObservation(
  parts: Parts,
  pairs: readonly Pair[],
  subject: string,
): Observation | undefined {
  const telling = pairs.filter(({ got, want }) => got !== 0 || want !== 0);
  if (!telling.every(({ got, want }) => Number.isFinite(got) && Number.isFinite(want))) return undefined;
  const product = parts.by === "product";
  const sign = Math.sign(telling[0]?.got ?? 0);
  // Where 0 is right, no part is to blame.
  if (product && telling.some(({ want }) => want === 0)) return undefined;
  if (product && (sign === 0 || telling.some(({ got }) => Math.sign(got) !== sign))) return undefined;
  const scale = (value: number) => (product ? Math.log(Math.abs(value)) : value);
  const columns = parts.of.map(({ value }) =>
    telling.map(({ call, place }) => scale(value(call as never, placeIn(place)))),
  );
  if (columns.flat().some((value) => !Number.isFinite(value))) return undefined;
  const y = telling.map(({ got }) => scale(got));
  const fitted = fit(columns, y, !product) ?? fit(columns, y, false);
  const right = telling.map(({ want }) => scale(want));
  if (!fitted) return undefined;
  const told = parts.of.flatMap(({ name }, i) => partText(name, fitted.amounts[i] as number, product) ?? []);
  if (product && sign < 0) told.push("the sign is wrong");
  // What the right answer has besides the parts, a constant factor for example, is as it should be.
  const rest = restText(fitted.rest - restOf(right, columns), product);
  if (rest) told.push(rest);
  if (told.length === 0) return undefined;
  return {
    id: "parts",
    text: `${subject} but for this: ${told.join("; ")}.`,
  };
}

function restOf(right: readonly number[], columns: readonly (readonly number[])[]): number {
  const rests = right
    .map((value, j) => value - columns.reduce((sum, c) => sum + (c[j] as number), 0))
    .filter(Number.isFinite);
  return rests.length === 0 ? 0 : rests.reduce((sum, value) => sum + value, 0) / rests.length;
}

interface Fitted {
  readonly amounts: readonly number[];
  /** What is added to all: the logarithm of a factor where parts are multiplied. */
  readonly rest: number;
}

function fit(columns: readonly number[][], y: readonly number[], exact: boolean): Fitted | undefined {
  const x = exact ? columns : [...columns, y.map(() => 1)];
  if (y.length < x.length + 2) return undefined;
  const solution = leastSquares(x, y);
  if (!solution) return undefined;
  const amounts = solution.slice(0, columns.length).map((value) => Math.round(HALVES * value) / HALVES);
  if (amounts.some((m, i) => Math.abs(m) > MOST || Math.abs(m - (solution[i] as number)) > 1e-3))
    return undefined;
  const left = y.map(
    (value, j) => value - amounts.reduce((sum, m, i) => sum + m * (columns[i]?.[j] as number), 0),
  );
  const rest = exact ? 0 : left.reduce((sum, value) => sum + value, 0) / left.length;
  const fits = left.every((value, j) => {
    const size = Math.abs(y[j] as number) + columns.reduce((sum, c) => sum + Math.abs(c[j] as number), 0);
    return Math.abs(value - rest) <= 1e-7 * size + 1e-10;
  });
  return fits ? { amounts, rest } : undefined;
}

const DEPENDENT = 1e-15;

/** Undefined where the columns do not tell the parts apart. */
function leastSquares(x: readonly number[][], y: readonly number[]): number[] | undefined {
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, v, i) => sum + v * (b[i] as number), 0);
  const norms = x.map((column) => Math.sqrt(dot(column, column)));
  if (norms.some((norm) => norm === 0)) return undefined;
  const unit = x.map((column, i) => column.map((v) => v / (norms[i] as number)));
  const products = unit.map((a) => unit.map((b) => dot(a, b)));
  const { solution, pivots } = eliminate(
    products,
    unit.map((a) => dot(a, y)),
  );
  // Columns of length 1 that depend on each other leave a pivot of rounding errors.
  if (pivots.some((pivot) => !(Math.abs(pivot) > DEPENDENT))) return undefined;
  return solution.map((value, i) => value / (norms[i] as number));
}

function partText(name: string, amount: number, product: boolean): string | undefined {
  if (amount === 1) return undefined;
  if (amount === 0) return `${name} is missing`;
  if (amount === 2) return `${name} comes twice`;
  if (product) {
    if (amount === -1) return `${name} is upside down`;
    return amount === 0.5
      ? `of ${name} only the square root comes`
      : `${name} comes to the power ${roundText(amount)}`;
  }
  if (amount === -1) return `${name} has the wrong sign`;
  return amount === 0.5 ? `${name} comes half` : `${name} comes ${roundText(amount)} times`;
}

function restText(rest: number, product: boolean): string | undefined {
  if (Math.abs(rest) < 1e-8) return undefined;
  if (product) return `all is ${times(Math.exp(rest))} as large as that makes it`;
  return `${roundText(Math.abs(rest))} is ${rest < 0 ? "taken away" : "added"} that does not belong there`;
}

/** The index at the end of a place, 0 where there is none. */
export const placeIn = (place: string): number => Number(/\[(\d+)\]$/.exec(place)?.[1] ?? 0);
