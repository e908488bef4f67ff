import type { Domain } from "../../domain/domain.ts";
import { bothSigns, logarithmic, oneOf, type Region, type Regions } from "../../domain/strata.ts";
import { fn, matrix, parameter, vector } from "../../harness/kinds.ts";
import type { Matrix } from "../../oracle/matrices.ts";
import { normals, type Random } from "../../random.ts";
import { withEntry, withRepeats } from "./linear-algebra.draws.ts";

type Asked = readonly [vectors: number[][], point: number[]];

/** By unit vectors. */
export const mirrorAll = (vectors: Matrix, h: readonly number[]): number[] =>
  vectors.reduce<number[]>(
    (point, v) => {
      const length = Math.hypot(...v);
      const unit = v.map((value) => value / length);
      const along = unit.reduce((sum, value, i) => sum + value * point[i], 0);
      return point.map((value, i) => value - 2 * along * unit[i]);
    },
    [...h],
  );

export const forwards = ([vectors, h]: Asked): number[] => mirrorAll(vectors, h);
export const backwards = ([vectors, x]: Asked): number[] => mirrorAll(vectors.toReversed(), x);

/** No two of them at right angles or alike: their order matters. */
const someVectors = (random: Random, count: number, n: number): number[][] =>
  Array.from({ length: count }, () => normals(random, n));

function ofSize(count: (random: Random) => number, low: number, high: number, points: number): Region<Asked> {
  return {
    points,
    draw(random, place) {
      const n = low + Math.floor(place * (high - low + 1) * (1 - 1e-12));
      return [someVectors(random, count(random), n), normals(random, n)];
    },
    place: (vectors, { length }) =>
      length >= low && length <= high && vectors.length > 0
        ? (length - low + 0.5) / (high - low + 1)
        : undefined,
  };
}

const lengths = logarithmic(1e-3, 1e3);
const plain = oneOf(0, -0, 1, -1);
const sizes = bothSigns(logarithmic(3, 1e6));
const two = (random: Random): number => 2 + random.integer(2);

/** One mirror each. */
export const single: Regions<Asked> = {
  "one reflection": {
    ...ofSize(() => 1, 2, 5, 8),
    place: (vectors, { length }) =>
      vectors.length === 1 && length > 1 && length < 6 ? (length - 1.5) / 4 : undefined,
  },
  "a v of every length": {
    points: 12,
    draw(random, place) {
      const v = normals(random, 3);
      const scale = lengths.at(place) / Math.hypot(...v);
      return [[v.map((value) => value * scale)], normals(random, 3)];
    },
    place: ([v]) => (v?.length === 3 ? lengths.place(Math.hypot(...v)) : undefined),
  },
  "a v along an axis": {
    points: 3,
    draw(random, place) {
      const axis = Math.floor(3 * place * (1 - 1e-12));
      return [[[0, 0, 0].with(axis, random.uniform(0.5, 2))], normals(random, 3)];
    },
    place: ([v]) => (v?.length === 3 && v.filter((value) => value === 0).length === 2 ? 0.5 : undefined),
  },
};

/** Several, or none; and points of every kind. */
export const several: Regions<Asked> = {
  "two or three reflections": {
    ...ofSize(two, 2, 5, 12),
    place: (vectors, { length }) =>
      vectors.length > 1 && vectors.length < 4 && length > 1 && length < 6 ? (length - 1.5) / 4 : undefined,
  },
  "more reflections than dimensions": {
    points: 3,
    draw: (random) => [someVectors(random, 5, 3), normals(random, 3)],
    place: (vectors, { length }) => (vectors.length > length && length > 1 ? 0 : undefined),
  },
  "one dimension": ofSize((random) => 1 + random.integer(3), 1, 1, 4),
  "no reflection": {
    points: 2,
    draw: (random) => [[], normals(random, 3)],
    place: (vectors) => (vectors.length === 0 ? 0 : undefined),
  },
  "thirty dimensions or more": { ...ofSize(two, 30, 40, 1), once: true },
  "a point with a 0, 1 or −1 in it": {
    points: 12,
    draw(random, place) {
      const n = 1 + (Math.floor(12 * place) % 3);
      return [someVectors(random, two(random), n), withEntry(random, n, plain.at(place), random.integer(3))];
    },
    place: (_vectors, h) => h.map(plain.place).find((at) => at !== undefined),
  },
  "a point that begins or ends with 0": {
    points: 4,
    draw: (random, place) => [someVectors(random, 2, 3), withEntry(random, 3, 0, place < 0.5 ? 0 : 1)],
    place: (_vectors, h) => (h[0] === 0 ? 0.25 : h.at(-1) === 0 ? 0.75 : undefined),
  },
  "a point of zeros": {
    points: 3,
    draw(random, place) {
      const n = 1 + Math.floor(3 * place * (1 - 1e-12));
      return [someVectors(random, 2, n), new Array<number>(n).fill(0)];
    },
    place: (_vectors, h) => (h.every((v) => v === 0) ? (h.length - 0.5) / 3 : undefined),
  },
  "equal entries": {
    points: 3,
    draw(random, place) {
      const n = 2 + Math.floor(3 * place * (1 - 1e-12));
      return [someVectors(random, 2, n), withRepeats(random, n)];
    },
    place: (_vectors, h) => (h.some((v, i) => v === h[i + 1]) ? 0 : undefined),
  },
  "a large entry": {
    points: 12,
    draw: (random, place) => [
      someVectors(random, 2, 3),
      withEntry(random, 3, sizes.at(place), random.integer(3)),
    ],
    place: (_vectors, h) => h.map(sizes.place).find((at) => at !== undefined),
  },
  "one argument after another": {
    points: 8,
    draw: (random, place) =>
      place < 0.5
        ? [someVectors(random, 2, 2), [1.5, -0.25]]
        : [
            [
              [2, 0.5],
              [0.5, -1],
            ],
            normals(random, 2),
          ],
    place: (vectors, h) =>
      h[0] === 1.5 && h[1] === -0.25 ? 0.25 : vectors[0]?.[1] === 0.5 ? 0.75 : undefined,
  },
};

/** A reflection keeps the length of a point, so that the error of each number goes by that. */
function domainOf(regions: Regions<Asked>): Domain<Asked> {
  const length = (h: readonly number[]): number => Math.hypot(...h);
  return {
    regions,
    open: (vectors, h) => vectors.some((v) => v.length !== h.length),
    allows: (answer, _vectors, h) => answer.map(() => 1e-9 * length(h)),
    float32: (answer, vectors, h) => answer.map(() => length(h) * (1 + vectors.length) * (1 + h.length / 8)),
  };
}

export const reflecting = domainOf({ ...several, ...single });

export const signatures = {
  reflectAll: fn([parameter("vectors", matrix), parameter("h", vector)], vector),
  reflectBack: fn([parameter("vectors", matrix), parameter("x", vector)], vector),
};
