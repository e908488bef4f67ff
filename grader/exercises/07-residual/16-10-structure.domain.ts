import type { Domain } from "../../domain/domain.ts";
import { bothSigns, logarithmic, oneOf, type Region, type Regions } from "../../domain/strata.ts";
import { figure, fn, matrix, parameter, vector } from "../../harness/kinds.ts";
import { identity, type Matrix, multiply } from "../../oracle/matrices.ts";
import { normals, type Random } from "../../random.ts";
import { normalMatrix } from "./contraction.draws.ts";

type Numbers = readonly number[];
export type Dense = readonly [A: number[][], B: number[][]];
export type Elementwise = readonly [a: number[], b: number[]];

/** P and Q above R and S. */
export const blocks = (P: Matrix, Q: Matrix, R: Matrix, S: Matrix): number[][] => [
  ...P.map((row, i) => [...row, ...Q[i]]),
  ...R.map((row, i) => [...row, ...S[i]]),
];
export const zeros = (rows: number, columns: number): number[][] =>
  Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
export const diagonal = (list: Numbers): number[][] =>
  list.map((own, i) => list.map((_, j) => (i === j ? own : 0)));

/** The second line's Jacobian times the first one's: the chain rule, without the product multiplied out. */
export function denseOf([A, B]: readonly [Matrix, Matrix]): number[][] {
  const [one, two] = [A.length, B.length];
  const first = blocks(identity(one), A, zeros(two, one), identity(two));
  const second = blocks(identity(one), zeros(one, two), B, identity(two));
  return multiply(second, first);
}

export const elementwiseOf = ([a, b]: readonly [Numbers, Numbers]): number[][] =>
  denseOf([diagonal(a), diagonal(b)]);

/** How many numbers each half has: in the figure of (i), and in that of (ii). */
export interface Halves {
  readonly dense: number;
  readonly elementwise: number;
}

export const TEXTBOOK: Halves = { dense: 4, elementwise: 4 };

/** Few enough to be seen, and two different numbers: one figure is not the other with more zeros. */
export function drawHalves(random: Random): Halves {
  for (;;) {
    const [dense, elementwise] = [3 + random.integer(9), 3 + random.integer(9)];
    if (dense !== elementwise) return { dense, elementwise };
  }
}

const ones = (rows: number, columns: number): number[][] =>
  zeros(rows, columns).map((row) => row.map(() => 1));
/** Where an entry can be another number than 0, with so many numbers in each half. */
export const densePattern = (half: number): number[][] => denseOf([ones(half, half), ones(half, half)]);
export const elementwisePattern = (half: number): number[][] =>
  elementwiseOf([new Array<number>(half).fill(1), new Array<number>(half).fill(1)]);

const absolute = (rows: Matrix): number[][] => rows.map((row) => row.map(Math.abs));

const plain = oneOf(0, 1, -1);
const large = bothSigns(logarithmic(5, 1e5));
const firstPlace = (list: Numbers, place: (value: number) => number | undefined): number | undefined =>
  list.map(place).find((at) => at !== undefined);
const isAll = (value: number, list: Numbers): boolean => list.every((v) => v === value);

/** `place` in two halves: something special in the first argument, or in the second. */
const inEither = <T>(
  points: number,
  make: (random: Random) => [T, T],
  special: (random: Random, ordinary: T, place: number) => T,
  entries: (value: T) => Numbers,
  placeOf: (list: Numbers) => number | undefined,
): Region<readonly [T, T]> => ({
  points,
  draw(random, place) {
    const [first, second] = make(random);
    const within = (2 * place) % 1;
    return place < 0.5 ? [special(random, first, within), second] : [first, special(random, second, within)];
  },
  place(first, second) {
    const [one, two] = [first, second].map((value) => placeOf(entries(value)));
    return one !== undefined ? one / 2 : two !== undefined ? (1 + two) / 2 : undefined;
  },
});

const pair = (random: Random): [number[][], number[][]] => [
  normalMatrix(random, 2, 2),
  normalMatrix(random, 2, 2),
];
const flat = (rows: number[][]): Numbers => rows.flat();
const withEntry = (random: Random, rows: number[][], value: number): number[][] => {
  const [i, j] = [random.integer(rows.length), random.integer(rows[0].length)];
  return rows.with(i, rows[i].with(j, value));
};

const ofSize = (one: number, two: number, points: number): Region<Dense> => ({
  points,
  draw: (random) => [normalMatrix(random, one, two), normalMatrix(random, two, one)],
  place: (A, B) => (A.length === one && B.length === two ? 0.5 : undefined),
});

const GIVEN: Dense = [
  [
    [0.5, -1.25],
    [0.75, 2],
  ],
  [
    [-0.5, 1.5],
    [0.25, -2],
  ],
];

const dense: Regions<Dense> = {
  "two and two": ofSize(2, 2, 6),
  "one and one": ofSize(1, 1, 4),
  "two and three": ofSize(2, 3, 3),
  "three and one": ofSize(3, 1, 3),
  "four and four": ofSize(4, 4, 2),
  "a 0, 1 or −1 in A or B": inEither(
    12,
    pair,
    (random, rows, place) => withEntry(random, rows, plain.at(place)),
    flat,
    (list) => firstPlace(list, plain.place),
  ),
  "A or B of zeros": inEither(
    2,
    pair,
    () => zeros(2, 2),
    flat,
    (list) => (isAll(0, list) ? 0.5 : undefined),
  ),
  "a large entry": inEither(
    8,
    pair,
    (random, rows, place) => withEntry(random, rows, large.at(place)),
    flat,
    (list) => firstPlace(list, large.place),
  ),
  "equal entries": inEither(
    4,
    pair,
    (random, rows) => {
      const v = random.normal();
      return rows.map((row) => row.map(() => v));
    },
    flat,
    (list) => (list.length === 4 && list[0] !== 0 && isAll(list[0], list) ? 0.5 : undefined),
  ),
  "a product of −I": {
    points: 2,
    draw(random) {
      const [p, q] = [random.uniform(0.5, 2), random.uniform(0.5, 2)];
      return [diagonal([p, q]), diagonal([-1 / p, -1 / q])];
    },
    place: (A, B) =>
      A.length === 2 &&
      B.length === 2 &&
      A[0][1] === 0 &&
      B[0][1] === 0 &&
      Math.abs(1 + A[0][0] * B[0][0]) < 1e-12
        ? 0.5
        : undefined,
  },
  "one argument after another": {
    points: 6,
    draw: (random, place) => GIVEN.with(place < 0.5 ? 0 : 1, normalMatrix(random, 2, 2)) as unknown as Dense,
    place(A, B) {
      const same = [A, B].map((rows, i) => JSON.stringify(rows) === JSON.stringify(GIVEN[i]));
      return same[1] && !same[0] ? 0.25 : same[0] && !same[1] ? 0.75 : undefined;
    },
  },
};

const lists = (random: Random): [number[], number[]] => [normals(random, 3), normals(random, 3)];
const itself = (list: number[]): Numbers => list;

const ofLength = (low: number, high: number, points: number): Region<Elementwise> => ({
  points,
  draw(random, place) {
    const n = low + Math.floor(place * (high - low + 1) * (1 - 1e-12));
    return [normals(random, n), normals(random, n)];
  },
  place: ({ length }) =>
    length >= low && length <= high ? (length - low + 0.5) / (high - low + 1) : undefined,
});

const elementwise: Regions<Elementwise> = {
  "two to five numbers": ofLength(2, 5, 8),
  "one number": ofLength(1, 1, 4),
  "nine numbers": ofLength(9, 9, 1),
  "a 0, 1 or −1 in a or b": inEither(
    12,
    lists,
    (random, list, place) => list.with(random.integer(3), plain.at(place)),
    itself,
    (list) => firstPlace(list, plain.place),
  ),
  "a or b of zeros": inEither(
    2,
    lists,
    () => [0, 0, 0],
    itself,
    (list) => (isAll(0, list) ? 0.5 : undefined),
  ),
  "a large slope": inEither(
    8,
    lists,
    (random, list, place) => list.with(random.integer(3), large.at(place)),
    itself,
    (list) => firstPlace(list, large.place),
  ),
  "equal slopes": inEither(
    4,
    lists,
    (random, list) => {
      const v = random.normal();
      return list.map(() => v);
    },
    itself,
    (list) => (list.length === 3 && list[0] !== 0 && isAll(list[0], list) ? 0.5 : undefined),
  ),
  "one argument after another": {
    points: 6,
    draw: (random, place) =>
      place < 0.5 ? [normals(random, 2), [-0.5, 1.5]] : [[0.75, -1.25], normals(random, 2)],
    place: (a, b) =>
      a.length !== 2
        ? undefined
        : b[0] === -0.5 && b[1] === 1.5
          ? 0.25
          : a[0] === 0.75 && a[1] === -1.25
            ? 0.75
            : undefined,
  },
};

const allows = (sizes: Matrix): number[] => sizes.flat().map((size) => 1e-6 * size);

export const denseDomain: Domain<Dense> = {
  regions: dense,
  allows: (_answer, A, B) => allows(denseOf([absolute(A), absolute(B)])),
  float32: (_answer, A, B) => denseOf([absolute(A), absolute(B)]).flat(),
  open: (A, B) =>
    A.length === 0 ||
    B.length === 0 ||
    A.some(({ length }) => length !== B.length) ||
    B.some(({ length }) => length !== A.length),
};

export const elementwiseDomain: Domain<Elementwise> = {
  regions: elementwise,
  allows: (_answer, a, b) => allows(elementwiseOf([a.map(Math.abs), b.map(Math.abs)])),
  float32: (_answer, a, b) => elementwiseOf([a.map(Math.abs), b.map(Math.abs)]).flat(),
  open: (a, b) => a.length === 0 || a.length !== b.length,
};

export const signatures = {
  denseJacobian: fn([parameter("A", matrix), parameter("B", matrix)], matrix),
  elementwiseJacobian: fn([parameter("a", vector), parameter("b", vector)], matrix),
  denseFigure: fn([], figure),
  elementwiseFigure: fn([], figure),
};
