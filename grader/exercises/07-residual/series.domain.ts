import type { Domain } from "../../domain/domain.ts";
import type { Region, Regions } from "../../domain/strata.ts";
import type { Domains } from "../../exercise.ts";
import { fn, type LinearMapRef, linearMap, matrix, number, parameter } from "../../harness/kinds.ts";
import { apply, dot, identity, logAbsDeterminant, type Matrix, multiply } from "../../oracle/matrices.ts";
import { normals, type Random } from "../../random.ts";
import { normalMatrix, scale, signs, spectralNorm } from "./contraction.draws.ts";

type Series = [product: LinearMapRef, dimensions: number, terms: number];
type Estimate = [product: LinearMapRef, noise: number[][], terms: number];
type Bound = [norm: number, dimensions: number, terms: number];

/** As many products as this takes. */
export const productOf = (a: Matrix, vectors: number, terms: number): LinearMapRef => ({
  linearMap: a,
  most: vectors * terms,
});

/** Σ_{k≤n} (−1)^{k+1} A^k / k, whose trace is the series. */
export function seriesMatrix(a: Matrix, terms: number): number[][] {
  let power = identity(a.length);
  let sum = scale(power, 0);
  for (let k = 1; k <= terms; k++) {
    power = multiply(power, a);
    const factor = (k % 2 === 1 ? 1 : -1) / k;
    sum = sum.map((row, i) => row.map((v, j) => v + factor * power[i][j]));
  }
  return sum;
}

export const seriesOf = ([{ linearMap: a }, , terms]: Series): number =>
  seriesMatrix(a, terms).reduce((sum, row, i) => sum + row[i], 0);

export function estimateOf([{ linearMap: a }, noise, terms]: Estimate): number {
  const B = seriesMatrix(a, terms);
  return noise.reduce((sum, e) => sum + dot(e, apply(B, e)), 0) / noise.length;
}

/** log det(I + A) in nats. */
export const exactOf = (a: Matrix): number =>
  logAbsDeterminant(a.map((row, i) => row.map((v, j) => v + (i === j ? 1 : 0))));

/** D Σ_{k>n} L^k/k: what −L·I is off by, and the least bound that there is. */
export function leastBound([norm, dimensions, terms]: Bound): number {
  let tail = 0;
  let power = norm ** terms;
  for (let k = terms + 1; k <= terms + 2000; k++) {
    power *= norm;
    tail += power / k;
  }
  return dimensions * tail;
}

/** D L^{n+1} / ((n + 1)(1 − L)): the same with every later k taken for n + 1. */
export const largestBound = ([norm, dimensions, terms]: Bound): number =>
  (dimensions * norm ** (terms + 1)) / ((terms + 1) * (1 - norm));

/** Any bound between the two will do: this one lies in the middle. */
export const middleBound = (asked: Bound): number => (leastBound(asked) + largestBound(asked)) / 2;

/** Of a spectral norm below 1, and with a trace away from 0, of either sign. */
export function jacobian(random: Random, n: number, norm = random.uniform(0.4, 0.9)): number[][] {
  const side = random.integer(2) === 0 ? 2 : -2;
  const a = normalMatrix(random, n).map((row, i) => row.with(i, row[i] + side));
  return scale(a, norm / spectralNorm(a));
}

/** Strictly above the diagonal: every power has the trace 0. */
const nilpotent = (random: Random, n: number): number[][] =>
  normalMatrix(random, n).map((row, i) => row.map((v, j) => (j > i ? 0.4 * v : 0)));

interface Wanted {
  readonly points: number;
  readonly dimensions: readonly [low: number, high: number];
  readonly terms: readonly [low: number, high: number];
  readonly draw?: (random: Random, n: number) => number[][];
  readonly is?: (a: Matrix, terms: number) => boolean;
}

const from = ([low, high]: readonly [number, number], place: number): number =>
  low + Math.floor(Math.min(place, 1 - Number.EPSILON) * (high - low + 1));
const within = (v: number, [low, high]: readonly [number, number]): boolean => v >= low && v <= high;

/** The matrix, and how many dimensions and terms. */
const drawWanted = ({ dimensions, terms, draw = jacobian }: Wanted, random: Random, place: number) => {
  const n = from(dimensions, random.uniform(0, 1));
  return { a: draw(random, n), n, terms: from(terms, place) };
};
const placeOf = ({ dimensions, terms, is = () => true }: Wanted, a: Matrix, count: number) =>
  within(a.length, dimensions) && within(count, terms) && is(a, count)
    ? (count - terms[0] + 0.5) / (terms[1] - terms[0] + 1)
    : undefined;

const isNilpotent = (a: Matrix): boolean => a.every((row, i) => row.every((v, j) => j > i || v === 0));

const SAME = [
  [0.3, -0.4],
  [0.5, 0.2],
];

const wanted: { readonly [name: string]: Wanted } = {
  "two to four terms, three to five dimensions": { points: 6, dimensions: [3, 5], terms: [2, 4] },
  "five to twelve terms": { points: 8, dimensions: [2, 4], terms: [5, 12] },
  "one term": { points: 3, dimensions: [2, 4], terms: [1, 1] },
  "one dimension": { points: 4, dimensions: [1, 1], terms: [2, 9] },
  "one dimension and one term": { points: 2, dimensions: [1, 1], terms: [1, 1] },
  "forty terms": {
    points: 2,
    dimensions: [2, 2],
    terms: [40, 40],
    draw: (random, n) => jacobian(random, n, 0.95),
  },
  "as many terms as dimensions": {
    points: 3,
    dimensions: [3, 3],
    terms: [3, 3],
  },
  "traces of 0": {
    points: 3,
    dimensions: [3, 3],
    terms: [4, 4],
    draw: nilpotent,
    is: isNilpotent,
  },
};

const seriesRegions: Regions<Series> = {
  ...Object.fromEntries(
    Object.entries(wanted).map(([name, one]): [string, Region<Series>] => [
      name,
      {
        points: one.points,
        draw(random, place) {
          const { a, n, terms } = drawWanted(one, random, place);
          return [productOf(a, n, terms), n, terms];
        },
        place: ({ linearMap: a }, _dimensions, terms) => placeOf(one, a, terms),
      },
    ]),
  ),
  "several numbers of terms for one matrix": {
    points: 4,
    draw: (_random, place) => [productOf(SAME, 2, 8), 2, from([1, 8], place)],
    place: ({ linearMap: a }) => (a.length === 2 && a[0][0] === SAME[0][0] ? 0.5 : undefined),
  },
  "several matrices": {
    points: 3,
    draw: (random) => [productOf(jacobian(random, 2), 2, 3), 2, 3],
    place: (_product, dimensions, terms) => (dimensions === 2 && terms === 3 ? 0.5 : undefined),
  },
};

const few = (random: Random, n: number): number[][] => {
  const draw = random.integer(2) === 0 ? normals : signs;
  return Array.from({ length: 2 + random.integer(4) }, () => draw(random, n));
};

const SAME_NOISE = [
  [1.5, -1],
  [0.5, 2],
];

const estimateRegions: Regions<Estimate> = {
  ...Object.fromEntries(
    Object.entries(wanted).map(([name, one]): [string, Region<Estimate>] => [
      name,
      {
        points: one.points,
        draw(random, place) {
          const { a, n, terms } = drawWanted(one, random, place);
          const noise = few(random, n);
          return [productOf(a, noise.length, terms), noise, terms];
        },
        place: ({ linearMap: a }, _noise, terms) => placeOf(one, a, terms),
      },
    ]),
  ),
  // Turned at right angles by A, and by A³: with one term or two of which the second is the same for all, the estimate can be 0.
  "an estimate of 0": {
    points: 2,
    draw(random) {
      const size = random.uniform(0.2, 0.9);
      const a = [
        [0, size],
        [-size, 0],
      ];
      const noise = few(random, 2);
      return [productOf(a, noise.length, 1), noise, 1];
    },
    place: ({ linearMap: a }, _noise, terms) =>
      a.length === 2 && a[0][0] === 0 && a[1][1] === 0 && terms === 1 ? 0.5 : undefined,
  },
  "one vector": {
    points: 3,
    draw: (random) => [productOf(jacobian(random, 3), 1, 4), [normals(random, 3)], 4],
    place: (_product, noise) => (noise.length === 1 ? 0.5 : undefined),
  },
  "as many vectors as dimensions": {
    points: 3,
    draw: (random) => [productOf(jacobian(random, 3), 3, 3), [0, 1, 2].map(() => normals(random, 3)), 3],
    place: ({ linearMap: a }, noise) => (noise.length === a.length ? 0.5 : undefined),
  },
  "a hundred vectors": {
    points: 1,
    once: true,
    draw(random) {
      const noise = Array.from({ length: 120 + random.integer(30) }, () => normals(random, 3));
      return [productOf(jacobian(random, 3), noise.length, 2), noise, 2];
    },
    place: (_product, noise) => (noise.length > 100 ? 0.5 : undefined),
  },
  "several numbers of terms for one matrix": {
    points: 4,
    draw: (_random, place) => [productOf(SAME, 2, 8), SAME_NOISE, from([1, 8], place)],
    place: ({ linearMap: a }, noise) =>
      a[0][0] === SAME[0][0] && noise[0][0] === SAME_NOISE[0][0] ? 0.5 : undefined,
  },
  "several matrices for one noise": {
    points: 3,
    draw: (random) => [productOf(jacobian(random, 2), 2, 3), SAME_NOISE, 3],
    place: ({ linearMap: a }, noise) =>
      a[0][0] !== SAME[0][0] && noise[0][0] === SAME_NOISE[0][0] ? 0.5 : undefined,
  },
  "several noises for one matrix": {
    points: 3,
    draw: (random) => [productOf(SAME, 2, 3), [normals(random, 2), normals(random, 2)], 3],
    place: ({ linearMap: a }, noise, terms) =>
      a[0][0] === SAME[0][0] && noise[0][0] !== SAME_NOISE[0][0] && terms === 3 ? 0.5 : undefined,
  },
};

/** What rounding is measured by: the lengths of all A^k ε. */
function sizeOf(a: Matrix, squares: number, terms: number): number {
  const norm = spectralNorm(a);
  let sum = 0;
  for (let k = 1; k <= terms; k++) sum += norm ** k;
  return squares * sum;
}
const squaresOf = (noise: readonly (readonly number[])[]): number =>
  noise.reduce((sum, e) => sum + dot(e, e), 0) / noise.length;

const isPlain = (terms: number): boolean => Number.isInteger(terms) && terms >= 1;

const seriesDomain: Domain<Series> = {
  regions: seriesRegions,
  allows: (_answer, { linearMap: a }, dimensions, terms) => 3e-7 * sizeOf(a, dimensions, terms),
  float32: (_answer, { linearMap: a }, dimensions, terms) => sizeOf(a, dimensions, terms),
  open: ({ linearMap: a, most }, dimensions, terms) =>
    dimensions !== a.length || !isPlain(terms) || most < dimensions * terms,
};

const estimateDomain: Domain<Estimate> = {
  regions: estimateRegions,
  allows: (_answer, { linearMap: a }, noise, terms) => 3e-7 * sizeOf(a, squaresOf(noise), terms),
  float32: (_answer, { linearMap: a }, noise, terms) => sizeOf(a, squaresOf(noise), terms),
  open: ({ linearMap: a, most }, noise, terms) =>
    noise.length === 0 ||
    noise.some((e) => e.length !== a.length) ||
    !isPlain(terms) ||
    most < noise.length * terms,
};

interface Bounds {
  readonly points: number;
  readonly norm: readonly [number, number];
  readonly dimensions: readonly [number, number];
  readonly terms: readonly [number, number];
  readonly is?: (...asked: Bound) => boolean;
}

const bounds = ({ points, norm, dimensions, terms, is = () => true }: Bounds): Region<Bound> => ({
  points,
  draw: (random, place) => [
    norm[0] + place * (norm[1] - norm[0]),
    from(dimensions, random.uniform(0, 1)),
    from(terms, random.uniform(0, 1)),
  ],
  place: (...asked) =>
    within(asked[0], norm) && within(asked[1], dimensions) && within(asked[2], terms) && is(...asked)
      ? norm[1] === norm[0]
        ? 0.5
        : (asked[0] - norm[0]) / (norm[1] - norm[0])
      : undefined,
});

const boundRegions: Regions<Bound> = {
  "norms from 0.2 to 0.9": bounds({ points: 10, norm: [0.2, 0.9], dimensions: [2, 10], terms: [2, 9] }),
  "norms close to 1": bounds({ points: 4, norm: [0.9, 0.98], dimensions: [2, 10], terms: [2, 9] }),
  "one dimension": bounds({ points: 3, norm: [0.2, 0.9], dimensions: [1, 1], terms: [2, 9] }),
  "one term": bounds({ points: 3, norm: [0.2, 0.9], dimensions: [2, 10], terms: [1, 1] }),
  "one dimension and one term": bounds({ points: 2, norm: [0.2, 0.9], dimensions: [1, 1], terms: [1, 1] }),
  "as many terms as dimensions": bounds({ points: 3, norm: [0.2, 0.9], dimensions: [4, 4], terms: [4, 4] }),
  "the dimensions of an image": bounds({
    points: 3,
    norm: [0.4, 0.9],
    dimensions: [3072, 3072],
    terms: [2, 12],
  }),
  "twenty terms": bounds({ points: 3, norm: [0.5, 0.98], dimensions: [2, 10], terms: [20, 20] }),
  "several dimensions": {
    points: 4,
    draw: (_random, place) => [0.5, from([1, 9], place), 3],
    place: (norm, _dimensions, terms) => (norm === 0.5 && terms === 3 ? 0.5 : undefined),
  },
  "several numbers of terms": {
    points: 4,
    draw: (_random, place) => [0.5, 6, from([1, 9], place)],
    place: (norm, dimensions) => (norm === 0.5 && dimensions === 6 ? 0.5 : undefined),
  },
  "the norm 0": bounds({ points: 2, norm: [0, 0], dimensions: [2, 4], terms: [2, 4] }),
  "the norm 0 in one dimension": bounds({ points: 2, norm: [0, 0], dimensions: [1, 1], terms: [2, 4] }),
  "the norm 0 and one term": bounds({ points: 2, norm: [0, 0], dimensions: [2, 4], terms: [1, 1] }),
};

const boundDomain: Domain<Bound> = {
  regions: boundRegions,
  allows: (_answer, ...asked) =>
    (largestBound(asked) - leastBound(asked)) / 2 + 1e-9 * leastBound(asked) + 1e-12 * asked[1],
  float32: false,
  open: (norm, dimensions, terms) => !(norm >= 0 && norm < 1) || dimensions < 1 || !isPlain(terms),
};

export const domains = {
  seriesLogDet: seriesDomain,
  estimateLogDet: estimateDomain,
  remainderBound: boundDomain,
} satisfies Domains<typeof signatures>;

export const signatures = {
  seriesLogDet: fn(
    [parameter("product", linearMap), parameter("dimensions", number), parameter("terms", number)],
    number,
  ),
  estimateLogDet: fn(
    [parameter("product", linearMap), parameter("noise", matrix), parameter("terms", number)],
    number,
  ),
  remainderBound: fn(
    [parameter("norm", number), parameter("dimensions", number), parameter("terms", number)],
    number,
  ),
};
