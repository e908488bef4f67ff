/** Data that a random autoregressive flow has made, and what is known of them. */

import { normals, type Random } from "../../random.ts";
import { generateOf, type Parts, pushOf } from "./autoregression.affine.ts";

/** What steers: the data, as in a MAF, or the base, as in an IAF. */
export type Steers = "x" | "z";
export const NAMES: Readonly<Record<Steers, string>> = { x: "a MAF", z: "an IAF" };

export const D = 3;

/** The log-density of a point, in nats, by weights that are read as those of one or the other. */
export function logDensityOf([A, a, M, m]: Parts, x: readonly number[], steers: Steers): number {
  const z: number[] = [];
  const given = steers === "x" ? x : z;
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    let [u, mu] = [a[i], m[i]];
    for (let j = 0; j < i; j++) {
      u += A[i][j] * given[j];
      mu += M[i][j] * given[j];
    }
    const alpha = Math.tanh(u);
    z.push((x[i] - mu) * Math.exp(-alpha));
    sum -= (z[i] * z[i] + LOG_2PI) / 2 + alpha;
  }
  return sum;
}

const LOG_2PI = Math.log(2 * Math.PI);

export const meanOf = (list: readonly number[]): number => list.reduce((sum, v) => sum + v, 0) / list.length;

/** Mean negative log-density of points, in nats. */
export const lossOf = (parts: Parts, points: readonly (readonly number[])[], steers: Steers): number =>
  -meanOf(points.map((x) => logDensityOf(parts, x, steers)));

export interface Source {
  readonly parts: Parts;
  /** @param from Where its numbers come from; by default the stream that has made the source. */
  draw(count: number, from?: Random): number[][];
}

/** Data of three numbers that a random flow of this kind has made: scales and shifts depend clearly on what steers. */
export function drawSource(random: Random, steers: Steers): Source {
  const weights = (low: number, high: number): number[][] =>
    Array.from({ length: D }, () =>
      Array.from({ length: D }, () => (random.integer(2) === 0 ? 1 : -1) * random.uniform(low, high)),
    );
  const [A, M] = [weights(0.8, 1.2), weights(0.5, 1)];
  const own = [random.uniform(-0.5, 0.3), random.uniform(-0.4, 0.1), random.uniform(-0.4, 0.1)];
  const means = Array.from({ length: D }, () => random.uniform(-1.5, 1.5));
  // Where data steer, what is subtracted lets each number have its mean, and its log-scale lie around its own.
  const centre = (rows: readonly (readonly number[])[], biases: readonly number[]) =>
    biases.map((bias, i) =>
      steers === "x" ? rows[i].reduce((sum, w, j) => (j < i ? sum - w * means[j] : sum), bias) : bias,
    );
  const parts: Parts = [A, centre(A, own), M, centre(M, means)];
  const generate = steers === "x" ? generateOf : pushOf;
  return {
    parts,
    draw: (count, from = random) => Array.from({ length: count }, () => generate(parts, normals(from, D))),
  };
}

/** Mean and covariance, and the root of the covariance that has 0 above its diagonal. */
export function momentsOf(data: readonly (readonly number[])[]): { mean: number[]; root: number[][] } {
  const size = data[0].length;
  const mean = Array.from({ length: size }, (_, i) => meanOf(data.map((x) => x[i])));
  const root = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      const covariance = meanOf(data.map((x) => (x[i] - mean[i]) * (x[j] - mean[j])));
      const known = root[i].reduce((sum, v, k) => (k < j ? sum + v * root[j][k] : sum), 0);
      root[i][j] = i === j ? Math.sqrt(covariance - known) : (covariance - known) / root[j][j];
    }
  return { mean, root };
}

/** Mean negative log-density of points under the best normal density of the data. */
export function linearLoss(
  data: readonly (readonly number[])[],
  points: readonly (readonly number[])[],
): number {
  const { mean, root } = momentsOf(data);
  return meanOf(
    points.map((x) => {
      const z: number[] = [];
      let loss = 0;
      for (const [i, row] of root.entries()) {
        const rest = z.reduce((sum, v, j) => sum - row[j] * v, x[i] - mean[i]);
        z.push(rest / row[i]);
        loss += z[i] ** 2 / 2 + Math.log(row[i] * Math.sqrt(2 * Math.PI));
      }
      return loss;
    }),
  );
}

/** Rows of a random flow's to learn from, others that are held out, and how likely they are. */
export interface Rows {
  readonly data: number[][];
  readonly heldOut: number[][];
  /** Mean negative log-density of what is held out under the truth, and under the best linear flow. */
  readonly truth: number;
  readonly linear: number;
}

export const ROWS = 200;
export const HELD_OUT = 500;

const rowsOf =
  (maker: Steers) =>
  (random: Random): Rows => {
    const source = drawSource(random, maker);
    const [data, heldOut] = [source.draw(ROWS), source.draw(HELD_OUT)];
    return {
      data,
      heldOut,
      truth: lossOf(source.parts, heldOut, maker),
      linear: linearLoss(data, heldOut),
    };
  };
/** By what has made them. */
export const drawRows: Readonly<Record<Steers, (random: Random) => Rows>> = {
  x: rowsOf("x"),
  z: rowsOf("z"),
};
