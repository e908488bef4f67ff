import type { Domain } from "../../domain/domain.ts";
import { bothSigns, linear, logarithmic, oneOf, type Region, type Regions } from "../../domain/strata.ts";
import { fn, matrix, number, parameter, record, vector } from "../../harness/kinds.ts";
import { apply, type Matrix, transpose } from "../../oracle/matrices.ts";
import { normals, type Random } from "../../random.ts";
import { normalMatrix, scale, spectralNorm } from "./contraction.draws.ts";

type Numbers = readonly number[];

export type Asked = readonly [
  W: number[][],
  c: number[],
  V: number[][],
  L: number,
  y: number[],
  epsilon: number,
];
export type Change = readonly [epsilon: number, L: number];

export const norm = (list: Numbers): number => Math.sqrt(list.reduce((sum, v) => sum + v * v, 0));
export const minus = (a: Numbers, b: Numbers): number[] => a.map((v, i) => v - b[i]);

/** f(z) = V tanh(W z + c) */
export const residualOf = (
  [W, c, V]: readonly [Matrix, Numbers, Matrix, ...unknown[]],
  z: Numbers,
): number[] =>
  apply(
    V,
    apply(W, z).map((v, i) => Math.tanh(v + c[i])),
  );

export const changeOf = ([epsilon, L]: Change): number => (epsilon * (1 - L)) / L;

export interface Solved {
  readonly z: number[];
  readonly bound: number;
}

/** More than three times what the steepest question takes to its last digit: what has not ended by then never does. */
export const MOST_STEPS = 2_000;

/** Of an iteration z ← step(z), from `start`, until `ends` says so; `MOST_STEPS` at most. */
export function iterate(
  start: Numbers,
  step: (z: Numbers) => number[],
  ends: (change: number[], steps: number, next: Numbers) => boolean,
): { z: number[]; change: number[]; steps: number } {
  let z = [...start];
  for (let steps = 1; ; steps++) {
    const next = step(z);
    const change = minus(next, z);
    if (ends(change, steps, next) || steps === MOST_STEPS) return { z: next, change, steps };
    z = next;
  }
}

/**
 * By Banach's bound of the last change. Not longer than with this L it can take: what is no contraction, as with arguments in another
 * order, would go on for ever.
 */
export function solveOf(asked: Asked): Solved {
  const [, , , L, y, epsilon] = asked;
  const allowed = changeOf([epsilon, L]);
  let most = 1;
  const { z, change } = iterate(
    y,
    (at) => minus(y, residualOf(asked, at)),
    (moved, steps) => {
      if (steps === 1 && L > 0 && L < 1) most = 10 + Math.log(allowed / norm(moved)) / Math.log(L);
      return norm(moved) <= allowed || !(steps < most);
    },
  );
  return { z, bound: (L / (1 - L)) * norm(change) };
}

/** As near as double precision comes: until nothing changes any more, or only the last digit does. */
export function exactOf(asked: Asked): number[] {
  const [, , , , y] = asked;
  const least = 1e-15 * (1 + norm(y));
  let quiet = 0;
  return iterate(
    y,
    (at) => minus(y, residualOf(asked, at)),
    (moved) => {
      quiet = norm(moved) <= least ? quiet + 1 : 0;
      return quiet > 3;
    },
  ).z;
}

/** A network of Lipschitz constant L or a little less. */
function network(random: Random, n: number, hidden: number, L: number): [number[][], number[], number[][]] {
  const [W, V] = [normalMatrix(random, hidden, n), normalMatrix(random, n, hidden)];
  const size = spectralNorm(W) * spectralNorm(V);
  return [W, normals(random, hidden, 0.5), scale(V, (0.999999 * L) / size)];
}

/** f(z) = −s · L tanh(z), but for a rotation: where z is small, the bound is met with equality. */
function tight(random: Random, n: number, L: number, sign: 1 | -1): [number[][], number[], number[][]] {
  const u = normals(random, n);
  const length = norm(u) ** 2;
  const turn = u.map((a, i) => u.map((b, j) => Number(i === j) - (2 * a * b) / length));
  return [turn, new Array<number>(n).fill(0), scale(transpose(turn), sign * L)];
}

const someL = linear(0.3, 0.9);
const steep = linear(0.9, 0.95);
const epsilons = logarithmic(1e-9, 1e-2);
const someEpsilon = (random: Random): number => epsilons.at(random.uniform(0, 1));
const plain = oneOf(0, 1, -1);
const large = bothSigns(logarithmic(1e2, 1e5));
const firstPlace = (list: Numbers, place: (value: number) => number | undefined): number | undefined =>
  list.map(place).find((at) => at !== undefined);

function ofSize(n: number, hidden: number, points: number): Region<Asked> {
  return {
    points,
    draw: (random, place) => {
      const L = someL.at(place);
      return [...network(random, n, hidden, L), L, normals(random, n, 1.5), someEpsilon(random)];
    },
    place: (W, _c, V, L) => (W.length === hidden && V.length === n ? someL.place(L) : undefined),
  };
}

const isTight = (V: Matrix, c: Numbers): boolean => V.length === c.length && c.every((v) => v === 0);
const trueSign = (W: Matrix, V: Matrix): number => V[0].reduce((sum, v, k) => sum + v * W[k][0], 0);

/** y small, so that tanh is nearly straight. */
function ofTight(n: number, sign: 1 | -1, points: number): Region<Asked> {
  return {
    points,
    draw: (random, place) => {
      const L = steep.at(place);
      const v = 0.002 * (random.integer(2) === 0 ? 1 : -1);
      // Equal numbers in y: no norm but the Euclidean one sees how far it is.
      const y = Array.from({ length: n }, () => v);
      return [...tight(random, n, L, sign), L, y, logarithmic(1e-8, 1e-6).at(random.uniform(0, 1))];
    },
    place: (W, c, V, L, y) =>
      V.length === n && isTight(V, c) && Math.sign(trueSign(W, V)) === sign && Math.abs(y[0]) === 0.002
        ? steep.place(L)
        : undefined,
  };
}

export const regions: Regions<Asked> = {
  "two numbers": ofSize(2, 3, 6),
  "one number": ofSize(1, 2, 4),
  "four numbers": ofSize(4, 6, 3),
  "one hidden number": ofSize(3, 1, 2),
  "as steep as allowed, from one side": ofTight(1, -1, 2),
  "as steep as allowed, to and fro": ofTight(2, 1, 2),
  "as steep as allowed, six numbers": ofTight(6, -1, 2),
  "a small L": {
    points: 2,
    draw: (random, place) => {
      const L = logarithmic(1e-3, 0.1).at(place);
      return [...network(random, 2, 3, L), L, normals(random, 2), someEpsilon(random)];
    },
    place: (_W, _c, _V, L) => logarithmic(1e-3, 0.1).place(L),
  },
  "an L that is larger than need be": {
    points: 2,
    draw: (random) => [...network(random, 2, 3, 0.2), 0.95, normals(random, 2), someEpsilon(random)],
    place: (W, _c, _V, L) => (L === 0.95 && W.length === 3 ? 0.5 : undefined),
  },
  "a coarse ε": {
    points: 3,
    draw: (random, place) => {
      const L = someL.at(random.uniform(0, 1));
      return [...network(random, 2, 3, L), L, normals(random, 2, 3), linear(0.1, 1).at(place)];
    },
    place: (_W, _c, _V, _L, _y, epsilon) => linear(0.1, 1).place(epsilon),
  },
  "a 0, 1 or −1 in y": {
    points: 6,
    draw: (random, place) => [
      ...network(random, 2, 3, 0.6),
      0.6,
      normals(random, 2).with(random.integer(2), plain.at(place)),
      1e-7,
    ],
    place: (_W, _c, _V, _L, y) => firstPlace(y, plain.place),
  },
  "nothing but zeros": {
    points: 2,
    draw: (random, place) => {
      const [W, , V] = network(random, 2, 3, 0.6);
      return [W, [0, 0, 0], V, 0.6, [0, 0], place < 0.5 ? 1e-7 : 1e-4];
    },
    place: (_W, c, _V, _L, y) => ([...c, ...y].every((v) => v === 0) ? 0.5 : undefined),
  },
  "a large y": {
    points: 4,
    draw: (random, place) => [
      ...network(random, 2, 3, 0.8),
      0.8,
      normals(random, 2).with(random.integer(2), large.at(place)),
      1e-6,
    ],
    place: (_W, _c, _V, _L, y) => firstPlace(y, large.place),
  },
  "a 0, 1 or −1 in c": {
    points: 6,
    draw: (random, place) => {
      const [W, c, V] = network(random, 2, 3, 0.6);
      return [W, c.with(random.integer(3), plain.at(place)), V, 0.6, normals(random, 2), 1e-7];
    },
    place: (_W, c) => firstPlace(c, plain.place),
  },
  "L and ε equal": {
    points: 2,
    draw: (random) => {
      const v = random.uniform(0.3, 0.7);
      return [...network(random, 2, 3, v), v, normals(random, 2, 3), v];
    },
    place: (_W, _c, _V, L, _y, epsilon) => (L === epsilon ? 0.5 : undefined),
  },
  "one argument after another": {
    points: 10,
    draw: (random, place) => {
      const at = CHANGED[Math.floor(CHANGED.length * place * (1 - 1e-12))];
      const other = {
        0: sameSize(random, GIVEN[0]),
        1: normals(random, 2),
        2: sameSize(random, GIVEN[2]),
        4: normals(random, 2),
        5: 1e-8,
      };
      return GIVEN.with(at, other[at]) as unknown as Asked;
    },
    place: (...asked) => {
      const other = asked.flatMap((v, i) => (JSON.stringify(v) === JSON.stringify(GIVEN[i]) ? [] : [i]));
      const at = (CHANGED as readonly number[]).indexOf(other[0]);
      return other.length === 1 && at >= 0 ? (at + 0.5) / CHANGED.length : undefined;
    },
  },
};

/** Frobenius norms of 0.72 and 0.98, so that their product is below L. */
const GIVEN: Asked = [
  [
    [0.5, 0.25],
    [-0.25, 0.375],
  ],
  [0.25, -0.5],
  [
    [0.5, -0.5],
    [0.25, 0.625],
  ],
  0.75,
  [1.5, -0.5],
  1e-6,
];
const CHANGED = [0, 1, 2, 4, 5] as const;
/** Another matrix of the same Frobenius norm, which the spectral one does not exceed. */
function sameSize(random: Random, a: Matrix): number[][] {
  const other = normalMatrix(random, a.length, a[0].length);
  return scale(other, norm(a.flat()) / norm(other.flat()));
}

/** The same equation, first coarsely and then finely. */
export function twoTolerances(random: Random): Asked[] {
  const [L, y] = [0.9, normals(random, 2)];
  const parts = network(random, 2, 3, L);
  return [1e-2, 1e-9].map((epsilon) => [...parts, L, y, epsilon]);
}

export const solveDomain: Domain<Asked> = {
  regions,
  // The Euclidean norm is looked at, of which each number is a part.
  allows: (answer, ...asked) => answer.map(() => asked[5] + 1e-13 * (1 + norm(asked[4]))),
  float32: false,
  open: (W, c, V, L, y, epsilon) =>
    W.length === 0 ||
    y.length === 0 ||
    c.length !== W.length ||
    V.length !== y.length ||
    W.some(({ length }) => length !== y.length) ||
    V.some(({ length }) => length !== W.length) ||
    !(L > 0 && L < 1) ||
    !(epsilon > 0),
};

const ofChange = (
  points: number,
  draw: (random: Random, place: number) => Change,
  place: (...asked: Change) => number | undefined,
): Region<Change> => ({ points, draw, place });
const middle = linear(0.1, 0.9);

export const changeDomain: Domain<Change> = {
  regions: {
    "an ordinary L": ofChange(
      8,
      (random, place) => [someEpsilon(random), middle.at(place)],
      (_epsilon, L) => middle.place(L),
    ),
    "L close to 1": ofChange(
      4,
      (random, place) => [someEpsilon(random), 1 - logarithmic(1e-4, 0.05).at(place)],
      (_epsilon, L) => logarithmic(1e-4, 0.05).place(1 - L),
    ),
    "L close to 0": ofChange(
      4,
      (random, place) => [someEpsilon(random), logarithmic(1e-4, 0.05).at(place)],
      (_epsilon, L) => logarithmic(1e-4, 0.05).place(L),
    ),
    "a coarse ε": ofChange(
      3,
      (random, place) => [linear(0.1, 2).at(place), random.uniform(0.1, 0.9)],
      (epsilon) => linear(0.1, 2).place(epsilon),
    ),
    "ε of 1": ofChange(
      2,
      (random) => [1, random.uniform(0.1, 0.9)],
      (epsilon) => (epsilon === 1 ? 0.5 : undefined),
    ),
    "ε and L equal, or one of them the same": ofChange(
      6,
      (random, place) => {
        const v = random.uniform(0.1, 0.9);
        return place < 1 / 3 ? [v, v] : place < 2 / 3 ? [0.01, v] : [0.1 * v, 0.75];
      },
      (epsilon, L) => (epsilon === L ? 1 / 6 : epsilon === 0.01 ? 1 / 2 : L === 0.75 ? 5 / 6 : undefined),
    ),
  },
  allows: (answer) => answer.map((v) => 1e-10 * Math.abs(v)),
  float32: (_answer, epsilon, L) => [epsilon / L],
  open: (epsilon, L) => !(L > 0 && L < 1) || !(epsilon > 0),
};

export const signatures = {
  allowedChange: fn([parameter("epsilon", number), parameter("L", number)], number),
  invertBlock: fn(
    [
      parameter("W", matrix),
      parameter("c", vector),
      parameter("V", matrix),
      parameter("L", number),
      parameter("y", vector),
      parameter("epsilon", number),
    ],
    record({ z: vector, bound: number }),
  ),
};
