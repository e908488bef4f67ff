import type { Domain } from "../../domain/domain.ts";
import { bothSigns, logarithmic, oneOf, type Region, type Regions } from "../../domain/strata.ts";
import type { Domains } from "../../exercise.ts";
import { fn, matrix, number, object, parameter, vector } from "../../harness/kinds.ts";
import { apply, type Matrix, multiply } from "../../oracle/matrices.ts";
import { normals, type Random, random as seeded } from "../../random.ts";
import { ofEitherSign, withEntry } from "./linear-algebra.draws.ts";

/** What a flow is made of, and a point to send through it. */
export type Asked = [order: number[], lower: number[][], upper: number[][], d: number[], point: number[]];
export type Parts = readonly [order: readonly number[], lower: Matrix, upper: Matrix, d: readonly number[]];

/** Ones on the diagonal, and below it what the matrix has there. */
export const unitLower = (a: Matrix): number[][] =>
  a.map((row, i) => row.map((v, j) => (j < i ? v : j === i ? 1 : 0)));

/** The diagonal, and above it what the matrix has there. */
export const upperWith = (a: Matrix, d: readonly number[]): number[][] =>
  a.map((row, i) => row.map((v, j) => (j > i ? v : j === i ? d[i] : 0)));

/** Row i of P A is row order[i] of A. */
export const permute = <A>(order: readonly number[], rows: readonly A[]): A[] =>
  order.map((from) => rows[from]);

/** P L (U + D) as one matrix. */
export const product = ([order, lower, upper, d]: Parts): number[][] =>
  permute(order, multiply(unitLower(lower), upperWith(upper, d)));

export const forwardTruth = ([order, lower, upper, d, z]: Asked): number[] =>
  permute(order, apply(unitLower(lower), apply(upperWith(upper, d), z)));

/** Both triangles column by column: each number that is found is at once taken out of the rows that are left. */
export function inverseTruth([order, lower, upper, d, x]: Asked): number[] {
  const n = d.length;
  const z = Array.from({ length: n }, (_, i) => x[order.indexOf(i)]);
  for (let j = 0; j < n; j++) for (let i = j + 1; i < n; i++) z[i] -= lower[i][j] * z[j];
  for (let j = n - 1; j >= 0; j--) {
    z[j] /= d[j];
    for (let i = 0; i < j; i++) z[i] -= upper[i][j] * z[j];
  }
  return z;
}

const size = (a: Matrix): number[][] => a.map((row) => row.map(Math.abs));

/** What the terms of each sum are in size: P |L| |U + D| |z|. */
export const forwardSizes = ([order, lower, upper, d, z]: Asked): number[] =>
  forwardTruth([[...order], size(lower), size(upper), d.map(Math.abs), z.map(Math.abs)]);

/** The same on the way back, where nothing cancels. */
export const inverseSizes = ([order, lower, upper, d, x]: Asked): number[] =>
  inverseTruth([
    [...order],
    lower.map((row) => row.map((v) => -Math.abs(v))),
    upper.map((row) => row.map((v) => -Math.abs(v))),
    d.map(Math.abs),
    x.map(Math.abs),
  ]);

/** The permutations of so many numbers that exchange no two: P is another one than its inverse. */
function shuffle(random: Random, n: number): number[] {
  const shift = n < 3 ? random.integer(n) : 1 + random.integer(n - 1);
  const order = Array.from({ length: n }, (_, i) => (i + shift) % n);
  if (n > 3) [order[0], order[1]] = [order[1], order[0]];
  return order;
}

/** Every entry is a number, those that do not count too. */
const full = (random: Random, n: number): number[][] =>
  Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) =>
      i === j ? ofEitherSign(random, 1.5, 3) : random.normal() / Math.sqrt(n),
    ),
  );

const diagonal = (random: Random, n: number): number[] =>
  Array.from({ length: n }, () => ofEitherSign(random, 0.5, 2));

export type Made = [order: number[], lower: number[][], upper: number[][], d: number[]];

export function parts(random: Random, n: number): Made {
  return [shuffle(random, n), full(random, n), full(random, n), diagonal(random, n)];
}

function ofSize(low: number, high: number, points: number): Region<Made> {
  return {
    points,
    draw: (random, place) => parts(random, low + Math.floor(place * (high - low + 1) * (1 - 1e-12))),
    place: (...inputs) => (inputs[3].length >= low && inputs[3].length <= high ? 0.5 : undefined),
  };
}

/** Drawing thousands of entries takes long: of flows that large, only the diagonal and the order differ from run to run. */
const LARGE = 40;
const fixed = seeded("matrices of forty dimensions");
const [largeLower, largeUpper] = [full(fixed, LARGE), full(fixed, LARGE)];
const largeParts = (random: Random): Made => [
  shuffle(random, LARGE),
  largeLower,
  largeUpper,
  diagonal(random, LARGE),
];

const plain = oneOf(0, 1, -1);
const units = oneOf(1, -1);
const scales = bothSigns(logarithmic(1e-3, 1e3));

export const madeFlows: Regions<Made> = {
  "three to five dimensions": ofSize(3, 5, 9),
  "one or two dimensions": ofSize(1, 2, 4),
  "six to twenty dimensions": ofSize(6, 20, 2),
  "nothing exchanged": {
    points: 2,
    draw: (random) => [[0, 1, 2], full(random, 3), full(random, 3), diagonal(random, 3)],
    place: (order) => (order.every((from, i) => from === i) ? 0 : undefined),
  },
  "a diagonal of every size": {
    points: 8,
    draw(random, place) {
      const [order, lower, upper, d] = parts(random, 3);
      return [order, lower, upper, d.with(1, scales.at(place))];
    },
    place: (...inputs) => scales.place(inputs[3][1]),
  },
  "a 1 or −1 on the diagonal": {
    points: 2,
    draw(random, place) {
      const [order, lower, upper, d] = parts(random, 3);
      return [order, lower, upper, d.with(random.integer(3), units.at(place))];
    },
    place: (...inputs) => inputs[3].map(units.place).find((at) => at !== undefined),
  },
  "the determinant 1 or −1": {
    points: 2,
    draw(random, place) {
      const [order, lower, upper] = parts(random, 2);
      return [order, lower, upper, [units.at(place), units.at(random.uniform(0, 1))]];
    },
    place: (...inputs) => (inputs[3].every((v) => Math.abs(v) === 1) ? 0 : undefined),
  },
};

/** The same flows, each with a point. */
const withPoints = Object.fromEntries(
  Object.entries(madeFlows).map(([name, region]): [string, Region<Asked>] => [
    name,
    {
      ...region,
      draw(random, place) {
        const made = region.draw(random, place);
        return [...made, normals(random, made[3].length)];
      },
      place: (order, lower, upper, d) => region.place(order, lower, upper, d),
    },
  ]),
);

const flows: Regions<Asked> = {
  ...withPoints,
  "forty dimensions": {
    points: 1,
    once: true,
    draw: (random) => [...largeParts(random), normals(random, LARGE)],
    place: (...inputs) => (inputs[3].length === LARGE ? 0 : undefined),
  },
  "a 0, 1 or −1 in the point": {
    points: 9,
    draw: (random, place) => [
      ...parts(random, 3),
      withEntry(random, 3, plain.at(place), Math.floor(9 * place)),
    ],
    place: (...inputs) => inputs[4].map(plain.place).find((at) => at !== undefined),
  },
  "a point of zeros": {
    points: 1,
    draw: (random) => [...parts(random, 3), [0, 0, 0]],
    place: (...inputs) => (inputs[4].every((v) => v === 0) ? 0 : undefined),
  },
};

/** So small or so large that the product of the diagonal is no number any more; at first a negative one. */
function extreme(of: number): Region<Made> {
  return {
    points: 2,
    draw(random, place) {
      const [order, lower, upper, d] = largeParts(random);
      const sign = d.reduce((product, v) => product * Math.sign(v), place < 0.5 ? -1 : 1);
      return [order, lower, upper, d.map((v, i) => (i === 0 ? sign : 1) * v * of)];
    },
    place: (...inputs) => (inputs[3].length === LARGE && Math.abs(inputs[3][0] / of) < 3 ? 0.5 : undefined),
  };
}

export const extremes: Regions<Made> = {
  "a determinant too small for a number": extreme(1e-9),
  "a determinant too large for a number": extreme(1e9),
};

/** Two flows of one size that differ in every part, and two points. */
export function twoFlows(random: Random): { made: Made; other: Made; points: [number[], number[]] } {
  const [[, ...made], [, ...other]] = [parts(random, 3), parts(random, 3)];
  return {
    made: [[1, 2, 0], ...made],
    other: [[2, 0, 1], ...other],
    points: [normals(random, 3), normals(random, 3)],
  };
}

/** That the parts fit together, and can be undone. */
const isFlow = (order: readonly number[], lower: Matrix, upper: Matrix, d: readonly number[]): boolean =>
  !d.includes(0) &&
  [order, lower, upper].every(({ length }) => length === d.length) &&
  d.every((_, i) => order.includes(i));
const isOpen = (...[order, lower, upper, d, point]: Asked): boolean =>
  !isFlow(order, lower, upper, d) || point.length !== d.length;

/** Nine digits of the largest terms; in float32 what sums of so many of them leave. */
const ofTerms = (sizes: (asked: Asked) => number[]): Omit<Domain<Asked>, "regions"> => ({
  allows: (_answer, ...asked) => sizes(asked).map((of) => 1e-9 * of),
  float32: (_answer, ...asked) => sizes(asked).map((of) => (1 + asked[3].length / 4) * of),
  open: isOpen,
});
const logSizes = (d: readonly number[]): number =>
  d.reduce((sum, v) => sum + Math.abs(Math.log(Math.abs(v))), 0);

export const domains = {
  forward: { regions: flows, ...ofTerms(forwardSizes) },
  inverse: { regions: flows, ...ofTerms(inverseSizes) },
  logDet: {
    regions: { ...madeFlows, ...extremes },
    allows: (_answer, ...made) => 1e-9 * logSizes(made[3]) + 1e-12,
    float32: (_answer, ...made) => logSizes(made[3]) + made[3].length,
    open: (...made) => !isFlow(...made),
  },
} satisfies Domains<typeof signatures>["pluFlow"];

export const signatures = {
  pluFlow: fn(
    [
      parameter("order", vector),
      parameter("lower", matrix),
      parameter("upper", matrix),
      parameter("d", vector),
    ],
    object({
      forward: fn([parameter("z", vector)], vector),
      inverse: fn([parameter("x", vector)], vector),
      logDet: fn([], number),
    }),
  ),
};
