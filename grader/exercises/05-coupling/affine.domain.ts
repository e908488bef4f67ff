import { bothSigns, linear, oneOf, type Region, type Regions } from "../../domain/strata.ts";
import { fn, matrix, number, object, parameter, vector } from "../../harness/kinds.ts";
import { apply, type Matrix } from "../../oracle/matrices.ts";
import type { Random } from "../../random.ts";

/** The four parts of a coupling, and a point to send through it. */
export type Asked = readonly [S: number[][], p: number[], T: number[][], q: number[], point: number[]];
export type Parts = readonly [S: Matrix, p: readonly number[], T: Matrix, q: readonly number[]];

const add = (a: readonly number[], b: readonly number[]): number[] => a.map((v, i) => v + b[i]);

/** Log-scale and shift of each changed number, from those that stay. */
export function steer([S, p, T, q]: Parts, kept: readonly number[]): { s: number[]; t: number[] } {
  return { s: add(apply(S, kept), p).map(Math.tanh), t: add(apply(T, kept), q) };
}

const halves = ([S]: Parts, point: readonly number[]): [number[], number[]] => [
  point.slice(0, S[0].length),
  point.slice(S[0].length),
];

export function forwardOf(parts: Parts, z: readonly number[]): number[] {
  const [a, b] = halves(parts, z);
  const { s, t } = steer(parts, a);
  return [...a, ...b.map((v, i) => v * Math.exp(s[i]) + t[i])];
}

export function inverseOf(parts: Parts, x: readonly number[]): number[] {
  const [a, b] = halves(parts, x);
  const { s, t } = steer(parts, a);
  return [...a, ...b.map((v, i) => (v - t[i]) / Math.exp(s[i]))];
}

export function logDetOf(parts: Parts, point: readonly number[]): number {
  return steer(parts, halves(parts, point)[0]).s.reduce((sum, v) => sum + v, 0);
}

const size = (a: Matrix): number[][] => a.map((row) => row.map(Math.abs));

/** What the terms are in size: of the argument of tanh, and of t. */
function sizes([S, p, T, q]: Parts, a: readonly number[]): { argument: number[]; shift: number[] } {
  const kept = a.map(Math.abs);
  return {
    argument: add(apply(size(S), kept), p.map(Math.abs)),
    shift: add(apply(size(T), kept), q.map(Math.abs)),
  };
}

/** An error of the argument of tanh is one of s, and so one of the factor e^s. */
export function forwardSizes(parts: Parts, z: readonly number[]): number[] {
  const [a, b] = halves(parts, z);
  const { argument, shift } = sizes(parts, a);
  const { s } = steer(parts, a);
  return [
    ...a.map(Math.abs),
    ...b.map((v, i) => Math.abs(v) * Math.exp(s[i]) * (2 + argument[i]) + 2 * shift[i]),
  ];
}

export function inverseSizes(parts: Parts, x: readonly number[]): number[] {
  const [a, b] = halves(parts, x);
  const { argument, shift } = sizes(parts, a);
  const { s } = steer(parts, a);
  return [
    ...a.map(Math.abs),
    ...b.map((v, i) => (Math.abs(v) + 2 * shift[i]) * Math.exp(-s[i]) * (2 + argument[i])),
  ];
}

export function logDetSize(parts: Parts, point: readonly number[]): number {
  const [a] = halves(parts, point);
  return sizes(parts, a).argument.reduce((sum, v) => sum + 1 + v, 0);
}

const normals = (random: Random, n: number, scale = 1): number[] =>
  Array.from({ length: n }, () => scale * random.normal());

/** Weights of a network with so many inputs and outputs: its s covers (−1, 1) without being stuck at the ends. */
export function drawParts(
  random: Random,
  kept: number,
  changed: number,
): [number[][], number[], number[][], number[]] {
  const weights = () => Array.from({ length: changed }, () => normals(random, kept, 0.8 / Math.sqrt(kept)));
  return [weights(), normals(random, changed, 0.4), weights(), normals(random, changed)];
}

function ofSize(kept: number, changed: number, points: number): Region<Asked> {
  return {
    points,
    draw: (random) => [...drawParts(random, kept, changed), normals(random, kept + changed, 1.5)],
    place: (S) => (S.length === changed && S[0].length === kept ? 0.5 : undefined),
  };
}

const plain = oneOf(0, 1, -1);
const far = bothSigns(linear(20, 200));

export const couplings: Regions<Asked> = {
  "two stay, two change": ofSize(2, 2, 4),
  "two stay, three change": ofSize(2, 3, 4),
  "three stay, one changes": ofSize(3, 1, 3),
  "one stays, one changes": ofSize(1, 1, 3),
  "one stays, four change": ofSize(1, 4, 2),
  "eight stay, eight change": ofSize(8, 8, 1),
  "a 0, 1 or −1 in the point": {
    points: 6,
    draw: (random, place) => [
      ...drawParts(random, 2, 3),
      normals(random, 5, 1.5).with(random.integer(5), plain.at(place)),
    ],
    place: (...inputs) => inputs[4].map(plain.place).find((at) => at !== undefined),
  },
  "a point of zeros": {
    points: 1,
    draw: (random) => [...drawParts(random, 2, 3), [0, 0, 0, 0, 0]],
    place: (...inputs) => (inputs[4].every((v) => v === 0) ? 0 : undefined),
  },
  "a point far out": {
    points: 4,
    draw: (random, place) => [
      ...drawParts(random, 2, 2),
      normals(random, 4, 1.5).with(random.integer(4), far.at(place)),
    ],
    place: (...inputs) => inputs[4].map(far.place).find((at) => at !== undefined),
  },
};

/** One coupling, and several points that it is asked about in turn: for answers that keep what they were asked first. */
export function severalPoints(random: Random): Asked[] {
  const parts = drawParts(random, 2, 3);
  return [0, 1, 2].map(() => [...parts, normals(random, 5, 1.5)]);
}

export const signatures = {
  affineCoupling: fn(
    [parameter("S", matrix), parameter("p", vector), parameter("T", matrix), parameter("q", vector)],
    object({
      forward: fn([parameter("z", vector)], vector),
      inverse: fn([parameter("x", vector)], vector),
      logDet: fn([parameter("z", vector)], number),
      inverseLogDet: fn([parameter("x", vector)], number),
    }),
  ),
};
