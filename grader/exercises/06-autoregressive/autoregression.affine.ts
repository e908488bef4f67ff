/** Affine autoregression under one masked layer, in double precision: what each number is scaled and shifted by. */

import type { Matrix } from "../../oracle/matrices.ts";

/** Weights and biases of the log-scales, then of the shifts. */
export type Made = [A: number[][], a: number[], M: number[][], m: number[]];
/** And a point of the data or of the base. */
export type Asked = [...made: Made, point: number[]];
export type Parts = readonly [A: Matrix, a: readonly number[], M: Matrix, m: readonly number[]];

/** Whether number i looks at number j. */
export type Sees = (i: number, j: number) => boolean;
export const before: Sees = (i, j) => j < i;

/** How the arguments become log-scale and shift of number i. */
export interface Steering {
  readonly sees: Sees;
  readonly squash: (u: number) => number;
  readonly biases: boolean;
  /** Columns of A and M are taken for rows. */
  readonly turned?: boolean;
  /** What stands in a is added after the squashing. */
  readonly biasOutside?: boolean;
  /** What becomes of a shift. */
  readonly bend?: (mu: number) => number;
}
export const RIGHT: Steering = { sees: before, squash: Math.tanh, biases: true };

const line = (row: readonly number[], bias: number, point: readonly number[], sees: (j: number) => boolean) =>
  row.reduce((sum, weight, j) => sum + (sees(j) ? weight * (point[j] ?? 0) : 0), bias);

/** Log-scale and shift of number i. */
export function steer(
  [A, a, M, m]: Parts,
  i: number,
  point: readonly number[],
  { sees, squash, biases, turned, biasOutside, bend = (mu) => mu }: Steering = RIGHT,
): { alpha: number; mu: number } {
  const own = (j: number) => sees(i, j);
  const rowOf = (rows: Matrix) => (turned ? rows.map((row) => row[i]) : rows[i]);
  const [inside, outside] = biasOutside ? [0, a[i]] : [a[i], 0];
  return {
    alpha: squash(line(rowOf(A), biases ? inside : 0, point, own)) + outside,
    mu: bend(line(rowOf(M), biases ? m[i] : 0, point, own)),
  };
}

/** Those of all numbers. */
export function conditionerOf(
  parts: Parts,
  point: readonly number[],
  steering = RIGHT,
): { alpha: number[]; mu: number[] } {
  const all = point.map((_, i) => steer(parts, i, point, steering));
  return { alpha: all.map(({ alpha }) => alpha), mu: all.map(({ mu }) => mu) };
}

/** z of x, where x steers: all at once. */
export const latentOf = (parts: Parts, x: readonly number[], steering = RIGHT): number[] =>
  x.map((v, i) => {
    const { alpha, mu } = steer(parts, i, x, steering);
    return (v - mu) * Math.exp(-alpha);
  });

/** x of z, where x steers: one after the other. */
export function generateOf(parts: Parts, z: readonly number[], steering = RIGHT): number[] {
  const x: number[] = [];
  for (const [i, v] of z.entries()) {
    // What is not generated yet still is z, as where a list is overwritten.
    const { alpha, mu } = steer(parts, i, [...x, ...z.slice(i)], steering);
    x.push(v * Math.exp(alpha) + mu);
  }
  return x;
}

/** x of z, where z steers: all at once. */
export const pushOf = (parts: Parts, z: readonly number[], steering = RIGHT): number[] =>
  z.map((v, i) => {
    const { alpha, mu } = steer(parts, i, z, steering);
    return v * Math.exp(alpha) + mu;
  });

/** z of x, where z steers: one after the other. */
export function recoverOf(parts: Parts, x: readonly number[], steering = RIGHT): number[] {
  const z: number[] = [];
  for (const [i, v] of x.entries()) {
    const { alpha, mu } = steer(parts, i, [...z, ...x.slice(i)], steering);
    z.push((v - mu) * Math.exp(-alpha));
  }
  return z;
}

/** Σ α_i, steered by this point. */
export const sumOfAlphas = (parts: Parts, point: readonly number[], steering = RIGHT): number =>
  point.reduce((sum, _, i) => sum + steer(parts, i, point, steering).alpha, 0);

const LOG_2PI = Math.log(2 * Math.PI);
export const logNormal = (z: readonly number[]): number =>
  z.reduce((sum, v) => sum - (v * v + LOG_2PI) / 2, 0);

/** Of the masked autoregressive flow at x, in nats. */
export const mafLogDensity = (parts: Parts, x: readonly number[], steering = RIGHT): number =>
  logNormal(latentOf(parts, x, steering)) - sumOfAlphas(parts, x, steering);

/** Of the inverse autoregressive flow at the x that comes of z, in nats. */
export const iafLogDensity = (parts: Parts, z: readonly number[], steering = RIGHT): number =>
  logNormal(z) - sumOfAlphas(parts, z, steering);

/** What an error of one rounding in each step may become: of α, μ, and of the number that they move. */
export interface Sizes {
  readonly alpha: number[];
  readonly shift: number[];
  readonly moved: number[];
}

/**
 * @param onward x = z e^α + μ, else z = (x − μ) e^{−α}.
 * @param inTurn What steers is computed itself, one number after the other, so that its errors go on.
 */
export function sizesOf(parts: Parts, point: readonly number[], onward: boolean, inTurn: boolean): Sizes {
  const [A, a, M, m] = parts;
  const image = inTurn ? (onward ? generateOf(parts, point) : recoverOf(parts, point)) : point;
  const alpha: number[] = [];
  const shifts: number[] = [];
  const moved: number[] = [];
  for (const [i, v] of point.entries()) {
    const error = (row: readonly number[], bias: number) =>
      row
        .slice(0, i)
        .reduce(
          (sum, w, j) => sum + Math.abs(w) * (2 * Math.abs(image[j]) + (inTurn ? moved[j] : 0)),
          Math.abs(bias),
        );
    const own = steer(parts, i, image);
    alpha.push(1 + error(A[i], a[i]));
    const shift = error(M[i], m[i]);
    shifts.push(shift);
    moved.push(
      onward
        ? Math.abs(v) * Math.exp(own.alpha) * (1 + alpha[i]) + 2 * shift
        : (Math.abs(v) + 2 * shift) * Math.exp(-own.alpha) * (1 + alpha[i]),
    );
  }
  return { alpha, shift: shifts, moved };
}

/** The same of a log-density: of −z²/2 for each number, and of the log-scales. */
export const logDensitySize = (z: readonly number[], { alpha, moved }: Sizes): number =>
  z.reduce((sum, v, i) => sum + 1 + Math.abs(v) * (Math.abs(v) + moved[i]) + alpha[i], 0);
