/** Slopes of learners' maps by difference quotients, as far as the numbers of the map tell them. */

import { workedOutOnce } from "../domain/shared-calls.ts";
import type { Matrix } from "./matrices.ts";

/** A map that may be asked in another process. */
export type PointMap = (point: number[]) => number[] | Promise<number[]>;

/** Entries, and what is to be known of them: a log-determinant of a Jacobian. */
export interface Quotient {
  /** The entries with one step, in an order of their own. */
  by(step: number): Promise<readonly number[]>;
  of(entries: readonly number[]): number;
}

/** How often the step is halved before a point is given up: by then float32 leaves too little of the differences. */
const HALVINGS = 3;

/** The Jacobian of a map by central differences, row by row. */
export async function jacobianBy(map: PointMap, at: readonly number[], step: number): Promise<number[][]> {
  const rows: number[][] = [];
  for (const [j, [right, left]] of pointsBeside(at, step).entries()) {
    const [up, down] = [await map(right), await map(left)];
    for (const [i, above] of up.entries()) {
      rows[i] ??= [];
      rows[i][j] = (above - (down[i] ?? Number.NaN)) / (2 * step);
    }
  }
  return rows;
}

/** Of each coordinate the points on both sides. Where hundreds of wrong answers are asked about the same point, they stay the same. */
const pointsBeside = (at: readonly number[], step: number): (readonly [number[], number[]])[] =>
  workedOutOnce(pointsBeside, [], [at, step], () =>
    at.map((v, j) => [at.with(j, v + step), at.with(j, v - step)] as const),
  );

/**
 * What central differences tend to: they miss a slope by a multiple of the step's square, which two steps tell apart from the slope
 * itself (Richardson's extrapolation). A small step alone will not do: of a map in float32 it leaves roundings, and a large one is
 * wrong where a map bends within it.
 *
 * @param within By how much what is to be known may move from one step to the next. The step is halved until it does not.
 * @returns Undefined where it moves still.
 */
export async function limitOf(
  { by, of }: Quotient,
  step: number,
  within: number,
): Promise<readonly number[] | undefined> {
  let coarse = await by(step);
  // A map without slopes, or without numbers: no step will change that.
  if (!Number.isFinite(of(coarse))) return coarse;
  let before = of(coarse);
  for (let halved = 1; halved <= HALVINGS; halved++) {
    const fine = await by(step / 2 ** halved);
    const limit = fine.map((v, i) => (4 * v - coarse[i]) / 3);
    const now = of(limit);
    if (Math.abs(now - before) <= within) return limit;
    [coarse, before] = [fine, now];
  }
  return undefined;
}

/** A square matrix from its entries, row by row. */
export const squareOf = (entries: readonly number[], n: number): Matrix =>
  Array.from({ length: n }, (_, i) => entries.slice(i * n, (i + 1) * n));
