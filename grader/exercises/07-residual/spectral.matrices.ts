/** Matrices of weights, as both the power iteration and the bounds are asked about them. */

import type { Matrix } from "../../oracle/matrices.ts";

export const lengthOf = (v: readonly number[]): number => Math.hypot(...v);

export type Shape = readonly [rows: number, columns: number];
export const isShape = (w: Matrix, [rows, columns]: Shape): boolean =>
  w.length === rows && w[0].length === columns;

export const SAME_W = [
  [1, 2, -1],
  [0.5, -1, 3],
  [2, 1, 0.25],
];
export const isSameW = (w: Matrix): boolean => w[0][0] === 1 && w[0][1] === 2;
