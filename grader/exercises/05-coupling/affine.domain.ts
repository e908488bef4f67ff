import type { Domain } from "../../domain/domain.ts";
import { bothSigns, linear, oneOf, type Region, type Regions } from "../../domain/strata.ts";
import type { Domains } from "../../exercise.ts";
import { fn, matrix, number, object, parameter, vector } from "../../harness/kinds.ts";
import { apply, type Matrix } from "../../oracle/matrices.ts";
import { normals, type Random } from "../../random.ts";

/** The four parts of a coupling; and a point to send through it. */
export type Made = [S: number[][], p: number[], T: number[][], q: number[]];
export type Asked = [...made: Made, point: number[]];
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

/** Weights of a network with so many inputs and outputs: its s covers (−1, 1) without being stuck at the ends. */
export function drawParts(random: Random, kept: number, changed: number): Made {
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

const couplings: Regions<Asked> = {
  "two stay, two change": ofSize(2, 2, 4),
  "two stay, three change": ofSize(2, 3, 3),
  "three stay, one changes": ofSize(3, 1, 3),
  "one stays, one changes": ofSize(1, 1, 3),
  "one stays, four change": ofSize(1, 4, 2),
  "eight stay, eight change": ofSize(8, 8, 2),
  "a 0, 1 or −1 in the point": {
    points: 6,
    // Each once at the beginning and once at the end: among those that stay, and among the others.
    draw: (random, place) => [
      ...drawParts(random, 2, 3),
      normals(random, 5, 1.5).with([0, 4][Math.floor(6 * place) % 2], plain.at(place)),
    ],
    place: (...inputs) => inputs[4].map(plain.place).find((at) => at !== undefined),
  },
  "p and q of 0, 1 or −1": {
    points: 3,
    draw(random, place) {
      const [S, , T] = drawParts(random, 1, 1);
      return [S, [plain.at(place)], T, [plain.at((place + 1 / 3) % 1)], normals(random, 2, 1.5)];
    },
    place: (...inputs) => plain.place(inputs[1][0]),
  },
  // At the second s is 0 as well, and so is its log-determinant.
  "a point of zeros": {
    points: 2,
    draw(random, place) {
      const [S, p, T, q] = drawParts(random, 2, 3);
      return [S, place < 0.5 ? p : [0, 0, 0], T, q, [0, 0, 0, 0, 0]];
    },
    place: (...inputs) => (inputs[4].every((v) => v === 0) ? 0.5 : undefined),
  },
  // One number changes: of two, s may be 1 and −1, and nothing would be left of the log-determinant.
  "a point far out": {
    points: 4,
    draw: (random, place) => [
      ...drawParts(random, 2, 1),
      normals(random, 3, 1.5).with(random.integer(3), far.at(place)),
    ],
    place: (...inputs) => inputs[4].map(far.place).find((at) => at !== undefined),
  },
};

/** Two couplings of one size, and two points. */
export const twoCouplings = (random: Random): { made: Made; other: Made; points: [number[], number[]] } => ({
  made: drawParts(random, 2, 3),
  other: drawParts(random, 2, 3),
  points: [normals(random, 5, 1.5), normals(random, 5, 1.5)],
});

/** Parts that do not fit together, or do not fit the point. */
function isOpen(...[S, p, T, q, point]: Asked): boolean {
  const [kept, changed] = [S[0]?.length, S.length];
  return (
    !kept ||
    [p, T, q].some(({ length }) => length !== changed) ||
    [...S, ...T].some(({ length }) => length !== kept) ||
    point.length !== kept + changed
  );
}

/** Nine digits of the largest terms; in float32 what sums of so many of them leave. */
const ofTerms = (
  sizes: (parts: Parts, point: readonly number[]) => number[],
  isSum = false,
): Domain<Asked> => ({
  regions: couplings,
  allows: (_answer, ...[S, p, T, q, point]) => sizes([S, p, T, q], point).map((size) => 1e-9 * size),
  float32: (_answer, ...[S, p, T, q, point]) =>
    sizes([S, p, T, q], point).map((size) => (1 + (isSum ? S.length : S[0].length) / 4) * size),
  open: isOpen,
});

export const domains = {
  forward: ofTerms(forwardSizes),
  inverse: ofTerms(inverseSizes),
  logDet: ofTerms((parts, z) => [logDetSize(parts, z)], true),
  inverseLogDet: ofTerms((parts, x) => [logDetSize(parts, x)], true),
} satisfies Domains<typeof signatures>["affineCoupling"];

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
