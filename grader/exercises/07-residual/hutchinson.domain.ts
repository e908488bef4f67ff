import type { Domain } from "../../domain/domain.ts";
import { logarithmic, type Region, type Regions } from "../../domain/strata.ts";
import type { Domains } from "../../exercise.ts";
import { fn, type LinearMapRef, linearMap, matrix, number, parameter, vector } from "../../harness/kinds.ts";
import { apply, dot, type Matrix } from "../../oracle/matrices.ts";
import { normals, type Random } from "../../random.ts";
import {
  antisymmetric,
  diagonalMatrix,
  normalMatrix,
  productSize,
  signs,
  symmetric,
} from "./contraction.draws.ts";

export type Estimated = [product: LinearMapRef, noise: number[][]];
type Spread = [A: number[][], samples: number];

export const meanOf = (list: readonly number[]): number => list.reduce((sum, v) => sum + v, 0) / list.length;

export const traceOf = (a: Matrix): number => a.reduce((sum, row, i) => sum + row[i], 0);

/** As many products as there are vectors. */
export const productOf = (a: Matrix, noise: readonly unknown[]): LinearMapRef => ({
  linearMap: a,
  most: noise.length,
});

/** (1/I) Σ εᵀ A ε */
export const estimateOf = ([{ linearMap: a }, noise]: Estimated): number =>
  meanOf(noise.map((e) => dot(e, apply(a, e))));

/** Var εᵀAε / I by the symmetric part S of A: 2 ‖S‖² for normal numbers; of signs without the diagonal, as ε_i² is 1 always. */
export function varianceOf(a: Matrix, samples: number, kind: "normal" | "signs"): number {
  let sum = 0;
  for (const [i, row] of symmetric(a).entries())
    for (const [j, v] of row.entries()) if (kind === "normal" || i !== j) sum += v * v;
  return (2 * sum) / samples;
}

export const gaussianOf = ([a, samples]: Spread): number => varianceOf(a, samples, "normal");
export const rademacherOf = ([a, samples]: Spread): number => varianceOf(a, samples, "signs");

type DrawNoise = (random: Random, n: number) => number[];

/** One region of estimates: so many vectors of one kind for a matrix of so many dimensions. */
function estimates(
  points: number,
  [low, high]: readonly [number, number],
  count: (random: Random, n: number) => number,
  noise: DrawNoise,
  draw: (random: Random, n: number) => number[][] = (random, n) => normalMatrix(random, n),
): Region<Estimated> {
  return {
    points,
    draw(random) {
      const n = low + random.integer(high - low + 1);
      const rows = Array.from({ length: count(random, n) }, () => noise(random, n));
      return [productOf(draw(random, n), rows), rows];
    },
    place: ({ linearMap: { length } }) => (length >= low && length <= high ? 0.5 : undefined),
  };
}

const few = (random: Random): number => 2 + random.integer(6);
const either: DrawNoise = (random, n) => (random.integer(2) === 0 ? normals(random, n) : signs(random, n));

const SAME_NOISE = [
  [1.5, -1],
  [0.5, 2],
];
const SAME_MATRIX = [
  [1, 2],
  [-3, 4],
];

export const estimating: Regions<Estimated> = {
  "normal noise, three to six dimensions": estimates(4, [3, 6], few, normals),
  "noise of signs": estimates(4, [3, 6], few, signs),
  "two dimensions": estimates(3, [2, 2], few, either),
  "one dimension": estimates(3, [1, 1], few, normals),
  "one vector": {
    ...estimates(3, [3, 6], () => 1, either),
    place: (_product, noise) => (noise.length === 1 ? 0.5 : undefined),
  },
  "as many vectors as dimensions": {
    ...estimates(3, [3, 5], (_random, n) => n, normals),
    place: (_product, noise) => (noise.length === noise[0]?.length ? 0.5 : undefined),
  },
  "a hundred vectors": {
    // Not around 0, where rounding in float32 is as large as what is to be seen.
    ...estimates(
      1,
      [3, 3],
      (random) => 101 + random.integer(30),
      either,
      (random, n) => normalMatrix(random, n).map((row, i) => row.with(i, row[i] + 3)),
    ),
    place: (_product, noise) => (noise.length > 100 ? 0.5 : undefined),
    once: true,
  },
  "the same vectors for other matrices": {
    points: 4,
    draw: (random) => [productOf(normalMatrix(random, 2), SAME_NOISE), SAME_NOISE],
    place: (_product, noise) => (noise.length === 2 && noise[0][0] === 1.5 ? 0.5 : undefined),
  },
  "other vectors for the same matrix": {
    points: 4,
    draw(random) {
      const noise = [normals(random, 2), normals(random, 2)];
      return [productOf(SAME_MATRIX, noise), noise];
    },
    place: ({ linearMap: a }) => (a.length === 2 && a[0][0] === 1 ? 0.5 : undefined),
  },
  // vᵀAv is 0 for every v: the estimate is 0, and never off.
  "a matrix that turns at right angles": {
    ...estimates(3, [2, 4], few, either, (random, n) => antisymmetric(normalMatrix(random, n))),
    place: ({ linearMap: a }) => (a.length > 1 && a.every((row, i) => row[i] === 0) ? 0.5 : undefined),
  },
};

const sizes = ([{ linearMap: a }, noise]: Estimated): number =>
  meanOf(noise.map((e) => productSize(e, a, e)));

const estimateDomain: Domain<Estimated> = {
  regions: estimating,
  allows: (_answer, ...inputs) => 1e-6 * sizes(inputs),
  float32: (_answer, ...inputs) => sizes(inputs) * inputs[0].linearMap.length,
  open: ({ linearMap: a }, noise) => noise.length === 0 || noise.some((e) => e.length !== a.length),
};

/** Lists of numbers from [0, 1): around ½ as well. */
export const uniforms: Regions<[u: number[]]> = {
  "some numbers": {
    points: 6,
    draw: (random, place) => [Array.from({ length: 2 + Math.floor(11 * place) }, () => random.uniform(0, 1))],
    place: ({ length }) => (length >= 2 && length <= 13 ? (length - 2) / 11 : undefined),
  },
  "one number": {
    points: 4,
    draw: (_random, place) => [[place]],
    place: (u) => (u.length === 1 ? u[0] : undefined),
  },
  "no numbers": { points: 1, draw: () => [[]], place: ({ length }) => (length === 0 ? 0.5 : undefined) },
  "numbers 0 and ½": {
    points: 8,
    draw(random, place) {
      const u = Array.from({ length: Math.floor(8 * place) % 4 }, () => random.uniform(0, 1));
      const at = [0, u.length, random.integer(u.length + 1)][Math.floor(8 * place) % 3];
      return [u.toSpliced(at, 0, place < 0.5 ? 0 : 0.5)];
    },
    place: (u) => u.map((v) => (v === 0 ? 0.2 : v === 0.5 ? 0.8 : undefined)),
  },
  "nothing but 0": {
    points: 2,
    draw: (random) => [new Array<number>(1 + random.integer(4)).fill(0)],
    place: (u) => (u.length > 0 && u.every((v) => v === 0) ? 0.5 : undefined),
  },
  "equal numbers beside each other": {
    points: 3,
    draw(random) {
      const [a, b] = [random.uniform(0, 1), random.uniform(0, 1)];
      return [[a, a, b, b, a]];
    },
    place: (u) => (u.length > 1 && u.some((v, i) => v === u[i + 1]) ? 0.5 : undefined),
  },
  "close to ½": {
    points: 6,
    draw: (random, place) => [[random.uniform(0, 1), nearHalf.at(place), random.uniform(0, 1)]],
    place: (u) => u.map((v) => nearHalf.place(v)),
  },
  "many numbers": {
    points: 1,
    once: true,
    draw: (random) => [Array.from({ length: 1001 + random.integer(99) }, () => random.uniform(0, 1))],
    place: ({ length }) => (length > 1000 ? 0.5 : undefined),
  },
};

const nearHalf = {
  at: (place: number): number => 0.5 + (place < 0.5 ? -1 : 1) * 10 ** (-2 - 8 * ((2 * place) % 1)),
  place: (v: number): number | undefined =>
    v !== 0.5 && Math.abs(v - 0.5) < 0.01 ? (v < 0.5 ? 0.25 : 0.75) : undefined,
};

export const signsOf = (u: readonly number[]): number[] => u.map((v) => (v < 0.5 ? -1 : 1));

const manySamples = logarithmic(1, 1e7);
const wholeSamples = (random: Random): number => Math.round(manySamples.at(random.uniform(0, 0.5)));

function spreads(
  points: number,
  draw: (random: Random, place: number) => number[][],
  is: (a: Matrix, samples: number) => boolean,
  samples: (random: Random, place: number) => number = wholeSamples,
): Region<Spread> {
  return {
    points,
    draw: (random, place) => [draw(random, place), samples(random, place)],
    place: (a, count) => (is(a, count) ? 0.5 : undefined),
  };
}

const isSquare = (a: Matrix, low: number, high = low): boolean =>
  a.length >= low && a.length <= high && a.every((row) => row.length === a.length);
const isSymmetric = (a: Matrix): boolean => a.every((row, i) => row.every((v, j) => v === a[j]?.[i]));
const isDiagonal = (a: Matrix): boolean => a.every((row, i) => row.every((v, j) => i === j || v === 0));

export const spreading: Regions<Spread> = {
  "three to five dimensions": spreads(
    4,
    (random) => normalMatrix(random, 3 + random.integer(3)),
    (a) => isSquare(a, 3, 5),
  ),
  "two dimensions": spreads(
    3,
    (random) => normalMatrix(random, 2),
    (a) => isSquare(a, 2),
  ),
  "one dimension": spreads(
    3,
    (random) => normalMatrix(random, 1),
    (a) => isSquare(a, 1),
  ),
  "a symmetric matrix": spreads(
    3,
    (random) => symmetric(normalMatrix(random, 3)),
    (a) => a.length > 1 && isSymmetric(a) && !isDiagonal(a),
  ),
  "a matrix that turns at right angles": spreads(
    2,
    (random) => antisymmetric(normalMatrix(random, 3)),
    (a) => a.length > 1 && a.every((row, i) => row[i] === 0),
  ),
  "a diagonal matrix": spreads(
    3,
    (random) => diagonalMatrix(normals(random, 3)),
    (a) => a.length > 1 && isDiagonal(a),
  ),
  "a triangular matrix": spreads(
    3,
    (random) => normalMatrix(random, 3).map((row, i) => row.map((v, j) => (j > i ? 0 : v))),
    (a) => a.length > 1 && !isDiagonal(a) && a.every((row, i) => row.every((v, j) => j <= i || v === 0)),
  ),
  "one sample": spreads(
    3,
    (random) => normalMatrix(random, 3),
    (_a, samples) => samples === 1,
    () => 1,
  ),
  "samples of every number": spreads(
    6,
    () => SAME_MATRIX,
    (a, samples) => a[0][0] === 1 && samples > 1,
    (_random, place) => Math.round(manySamples.at(place)),
  ),
  "twelve dimensions": spreads(
    1,
    (random) => normalMatrix(random, 13),
    (a) => isSquare(a, 13),
  ),
};

const spreadDomain: Domain<Spread> = {
  regions: spreading,
  allows: (_answer, a, samples) => 1e-6 * spreadSize(a, samples),
  float32: (_answer, a, samples) => spreadSize(a, samples),
  open: (a, samples) => samples < 1 || !isSquare(a, 1, 100),
};

/** What is added up, diagonal and all, as if nothing cancelled in the symmetric part. */
const spreadSize = (a: Matrix, samples: number): number =>
  varianceOf(
    a.map((row) => row.map(Math.abs)),
    samples,
    "normal",
  );

const signsDomain: Domain<[u: number[]]> = {
  regions: uniforms,
  allows: () => 0,
  float32: (answer) => answer.map(() => 0),
  // No answer is 0, which lies between those that there are.
  sees: { effect: 1e-3 },
};

export const domains = {
  estimateTrace: estimateDomain,
  drawSigns: signsDomain,
  gaussianVariance: spreadDomain,
  rademacherVariance: spreadDomain,
} satisfies Domains<typeof signatures>;

export const signatures = {
  estimateTrace: fn([parameter("product", linearMap), parameter("noise", matrix)], number),
  drawSigns: fn([parameter("u", vector)], vector),
  gaussianVariance: fn([parameter("A", matrix), parameter("samples", number)], number),
  rademacherVariance: fn([parameter("A", matrix), parameter("samples", number)], number),
};
