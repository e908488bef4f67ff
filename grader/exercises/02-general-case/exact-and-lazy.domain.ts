import type { Domain } from "../../domain/domain.ts";
import { along, linear, logarithmic, only, type Region, type Regions } from "../../domain/strata.ts";
import { fn, matrix, number, parameter } from "../../harness/kinds.ts";
import { logAbsDeterminant, type Matrix } from "../../oracle/matrices.ts";
import type { Random } from "../../random.ts";

export type Asked = readonly [J: number[][]];

export const exactTruth = ([J]: Asked): number => logAbsDeterminant(J);
export const lazyTruth = ([J]: Asked): number =>
  J.reduce((sum, row, i) => sum + Math.log2(Math.abs(row[i])) * Math.LN2, 0);

/** Entries of size 1; none of those on the diagonal close to 0. */
function full(random: Random, n: number, size = 1): number[][] {
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => {
      const value = random.normal();
      return size * (i === j ? value + Math.sign(value) * 0.3 : value);
    }),
  );
}

/** Drawn again while it is so close to singular that digits get lost. */
function tame(draw: () => number[][]): Asked {
  for (;;) {
    const J = draw();
    const scale = Math.abs(J[0][0]) || 1;
    if (logAbsDeterminant(J.map((row) => row.map((v) => v / scale))) > -3 * J.length) return [J];
  }
}

const withSign = (J: Matrix, sign: number, determinant: number): number[][] =>
  J.map((row, i) => row.map((v) => (i === 0 && Math.sign(determinant) !== sign ? -v : v)));

const det2 = (J: Matrix): number => J[0][0] * J[1][1] - J[0][1] * J[1][0];

function ofSize(low: number, high: number, points: number): Region<Asked> {
  return {
    points,
    draw(random, place) {
      const n = low + Math.floor(place * (high - low + 1) * (1 - 1e-12));
      return tame(() => full(random, n));
    },
    place: (J) =>
      J.length >= low && J.length <= high ? (J.length - low + 0.5) / (high - low + 1) : undefined,
  };
}

const ofScale = (scale: number): Region<Asked> => ({
  points: 2,
  draw: (random) => tame(() => full(random, 12, scale)),
  place: (J) => (J.length === 12 && Math.abs(Math.log10(Math.abs(J[0][0]) / scale)) < 3 ? 0.5 : undefined),
});

export const matrices: Regions<Asked> = {
  "three to five dimensions": ofSize(3, 5, 9),
  "two dimensions": ofSize(2, 2, 4),
  "one dimension": ofSize(1, 1, 3),
  "eight dimensions": ofSize(8, 8, 2),
  "a negative determinant": {
    points: 3,
    draw: (random) =>
      tame(() => {
        const J = full(random, 2);
        return withSign(J, -1, det2(J));
      }),
    place: (J) => (J.length === 2 && det2(J) < 0 ? 0.5 : undefined),
  },
  "a positive determinant": {
    points: 3,
    draw: (random) =>
      tame(() => {
        const J = full(random, 2);
        return withSign(J, 1, det2(J));
      }),
    place: (J) => (J.length === 2 && det2(J) > 0 ? 0.5 : undefined),
  },
  "a determinant too small for a number": ofScale(1e-30),
  "a determinant too large for a number": ofScale(1e30),
};

/** Only the exact one has a finite value there. */
export const zeros: Regions<Asked> = {
  "a 0 where the first pivot would be": {
    points: 4,
    draw: (random) =>
      tame(() => {
        const J = full(random, 4);
        J[0][0] = 0;
        J[1][0] = Math.abs(J[1][0]);
        return J;
      }),
    place: (J) => (J.length === 4 && J[0][0] === 0 && J[1][0] > 0 ? 0.5 : undefined),
  },
  // The largest number of such a column is the 0; the largest size is another one's.
  "a 0 above negative numbers": {
    points: 3,
    draw: (random) =>
      tame(() => {
        const J = full(random, 4).map(([first, ...others]) => [-Math.abs(first), ...others]);
        J[0][0] = 0;
        return J;
      }),
    place: (J) => (J.length === 4 && J[0][0] === 0 && J[1][0] < 0 ? 0.5 : undefined),
  },
  "a permutation": {
    points: 2,
    draw: () => [
      [
        [0, 0, 1],
        [1, 0, 0],
        [0, 1, 0],
      ],
    ],
    place: (J) => (J.length === 3 && J[0][0] === 0 && J[0][1] === 0 ? 0.5 : undefined),
  },
};

export const diagonals: Regions<Asked> = {
  "a log-determinant of 0": {
    points: 2,
    draw: () => [
      [
        [1, 0],
        [0, -1],
      ],
    ],
    place: (J) => (J.length === 2 && J[0][0] === 1 && J[1][1] === -1 && J[0][1] === 0 ? 0.5 : undefined),
  },
};

/** Eight digits of numbers of size 1, or of the answer. */
const eightDigits = (answer: readonly number[]): number[] => answer.map((v) => 1e-8 * (1 + Math.abs(v)));

export const exactDomain: Domain<Asked> = {
  regions: { ...matrices, ...zeros, ...diagonals },
  allows: eightDigits,
  float32: false,
};

export const lazyDomain: Domain<Asked> = {
  regions: { ...matrices, ...diagonals },
  allows: eightDigits,
  float32: false,
  open: (J) => J.some((row, i) => row[i] === 0),
};

export const factors: Regions<readonly [number]> = {
  "a factor up to 10": along(linear(1.1, 10), 4),
  "a large factor": along(logarithmic(10, 1e8), 4),
  "the factor 1": along(only(1), 2),
};

/** The matrix [[first, b], [−cross · b, 1/first]], whose diagonal has the product 1. */
export interface Fooling {
  readonly first: number;
  readonly cross: number;
}

export const PLAIN: Fooling = { first: 1, cross: 1 };

/** Small whole numbers. */
export const drawFooling = (random: Random): Fooling => ({
  first: 2 + random.integer(8),
  cross: 2 + random.integer(8),
});

/** Lengths along the axes measured otherwise, it is [[1, β], [−β, 1]] with β = √cross · b: a turn by atan β and a stretch by its secant. */
export const fooledTruth = ({ cross }: Fooling, factor: number): number =>
  Math.tan(Math.acos(1 / Math.sqrt(factor))) / Math.sqrt(cross);

export const fooledDomain: Domain<readonly [number]> = {
  regions: factors,
  allows: (answer) => answer.map((v) => 1e-7 * (1 + Math.abs(v))),
  float32: false,
  open: (factor) => factor < 1,
};

export const signatures = {
  exactLogDet: fn([parameter("J", matrix)], number),
  lazyLogDet: fn([parameter("J", matrix)], number),
  fooled: fn([parameter("factor", number)], number),
};
