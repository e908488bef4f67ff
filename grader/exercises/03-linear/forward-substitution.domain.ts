import type { Domain } from "../../domain/domain.ts";
import { bothSigns, logarithmic, oneOf, type Region, type Regions } from "../../domain/strata.ts";
import { fn, matrix, number, parameter, vector } from "../../harness/kinds.ts";
import type { Matrix } from "../../oracle/matrices.ts";
import { normals } from "../../random.ts";
import {
  lowerTriangular,
  ofEitherSign,
  withDiagonal,
  withEntry,
  withRepeats,
} from "./linear-algebra.draws.ts";

type System = readonly [L: number[][], x: number[]];

/** Column by column: each number that is found is at once taken out of all rows below. */
export function truth([L, x]: System): number[] {
  const z = [...x];
  for (const [j, { length }] of L.entries()) {
    z[j] /= L[j][j];
    for (let i = j + 1; i < length; i++) z[i] -= L[i][j] * z[j];
  }
  return z;
}

const isDiagonal = (a: Matrix): boolean => a.every((row, i) => row.every((v, j) => i === j || v === 0));

/** So many dimensions, each in turn. */
function ofSize(low: number, high: number, points: number): Region<System> {
  return {
    points,
    draw(random, place) {
      const n = low + Math.floor(place * (high - low + 1) * (1 - 1e-12));
      return [lowerTriangular(random, n), normals(random, n)];
    },
    place: (_L, { length }) =>
      length >= low && length <= high ? (length - low + 0.5) / (high - low + 1) : undefined,
  };
}

const plain = oneOf(0, -0, 1, -1);
const sizes = bothSigns(logarithmic(3, 1e6));
const diagonals = bothSigns(logarithmic(1e-3, 1e3));

export const systems: Regions<System> = {
  "two to five dimensions": ofSize(2, 5, 12),
  "one dimension": ofSize(1, 1, 2),
  "six to twelve dimensions": ofSize(6, 12, 7),
  "thirty dimensions or more": { ...ofSize(30, 40, 1), once: true },
  "x with a 0, 1 or −1 in it": {
    points: 12,
    draw(random, place) {
      const n = 1 + (Math.floor(12 * place) % 3);
      return [lowerTriangular(random, n), withEntry(random, n, plain.at(place), random.integer(3))];
    },
    place: (_L, x) => x.map(plain.place).find((at) => at !== undefined),
  },
  "x that begins or ends with 0": {
    points: 4,
    draw: (random, place) => [lowerTriangular(random, 3), withEntry(random, 3, 0, place < 0.5 ? 0 : 1)],
    place: (_L, x) => (x[0] === 0 ? 0.25 : x.at(-1) === 0 ? 0.75 : undefined),
  },
  "x that is nothing but 0": {
    points: 3,
    draw(random, place) {
      const n = 1 + Math.floor(3 * place * (1 - 1e-12));
      return [lowerTriangular(random, n), new Array<number>(n).fill(0)];
    },
    place: (_L, x) => (x.every((v) => v === 0) ? (x.length - 0.5) / 3 : undefined),
  },
  "x with equal entries": {
    points: 3,
    draw: (random, place) => {
      const n = 2 + Math.floor(3 * place * (1 - 1e-12));
      return [lowerTriangular(random, n), withRepeats(random, n)];
    },
    place: (_L, x) => (x.some((v, i) => v === x[i + 1]) ? 0 : undefined),
  },
  "a large entry of x": {
    points: 12,
    draw: (random, place) => [
      lowerTriangular(random, 3),
      withEntry(random, 3, sizes.at(place), random.integer(3)),
    ],
    place: (_L, x) => x.map(sizes.place).find((at) => at !== undefined),
  },
  "a diagonal of every size": {
    points: 12,
    draw: (random, place) => [
      withDiagonal(lowerTriangular(random, 3), (i) =>
        i === 1 ? diagonals.at(place) : ofEitherSign(random, 0.5, 2),
      ),
      normals(random, 3),
    ],
    place: (L) => (L.length === 3 ? diagonals.place(L[1][1]) : undefined),
  },
  "a diagonal L": {
    points: 2,
    draw: (random) => [
      withDiagonal(
        [0, 1, 2].map(() => [0, 0, 0]),
        () => ofEitherSign(random, 0.5, 2),
      ),
      normals(random, 3),
    ],
    place: (L) => (L.length > 1 && isDiagonal(L) ? 0 : undefined),
  },
  "one argument after another": {
    points: 8,
    draw: (random, place) =>
      place < 0.5
        ? [lowerTriangular(random, 2), [1.5, -0.25]]
        : [
            [
              [2, 0],
              [0.5, -1],
            ],
            normals(random, 2),
          ],
    place: (L, x) =>
      x[0] === 1.5 && x[1] === -0.25 ? 0.25 : L.length === 2 && L[1][0] === 0.5 ? 0.75 : undefined,
  },
};

/** Numbers that carry the errors of all that was put in before: |z| of the system in which nothing cancels. */
function carryRounding([L, x]: System): number[] {
  const sizes: number[] = [];
  for (const [i, v] of x.entries())
    sizes.push(
      (Math.abs(v) + sizes.reduce((sum, size, j) => sum + Math.abs(L[i][j]) * size, 0)) / Math.abs(L[i][i]),
    );
  return sizes;
}

export const solving: Domain<System> = {
  regions: systems,
  open: (L, x) => L.length !== x.length,
  allows: (_answer, ...inputs) => carryRounding(inputs).map((size) => 1e-9 * size),
  // Each row is a sum of as many terms.
  float32: (_answer, ...inputs) => carryRounding(inputs).map((size, i) => size * (1 + i / 4)),
};

type Triangle = readonly [L: number[][]];

/** By powers of two: no product of mantissas leaves the numbers. */
export function logDet([L]: Triangle): number {
  let [mantissa, exponent] = [1, 0];
  for (const [i, row] of L.entries()) {
    mantissa *= Math.abs(row[i]);
    const power = Math.floor(Math.log2(mantissa));
    mantissa /= 2 ** power;
    exponent += power;
  }
  return Math.log(mantissa) + exponent * Math.LN2;
}

function triangle(low: number, high: number, points: number): Region<Triangle> {
  const { draw } = ofSize(low, high, points);
  return {
    points,
    draw: (random, place) => [draw(random, place)[0]],
    place: (L) => ofSize(low, high, points).place(L, L[0]),
  };
}

/** The diagonal is so small, or so large, that its product is no number any more; at first a negative one. */
function product(size: number): Region<Triangle> {
  return {
    points: 4,
    draw(random, place) {
      const signs = Array.from({ length: 40 }, () => Math.sign(random.normal()));
      const sign = signs.reduce((a, b) => a * b) * (place < 0.5 ? -1 : 1);
      const diagonal = signs.map((s, i) => (i === 0 ? s * sign : s) * random.uniform(size / 2, size));
      return [withDiagonal(lowerTriangular(random, 40), (i) => diagonal[i])];
    },
    place: (L) =>
      L.length === 40 && Math.abs(Math.log(Math.abs(L[0][0]) / size)) < 1
        ? 0.5 + L.reduce((sign, row, i) => sign * Math.sign(row[i]), 1) / 4
        : undefined,
  };
}

export const triangles: Regions<Triangle> = {
  "two to five dimensions": triangle(2, 5, 12),
  "one dimension": triangle(1, 1, 3),
  "six to twelve dimensions": triangle(6, 12, 7),
  "1 and −1 on the diagonal": {
    points: 2,
    draw: (random) => [withDiagonal(lowerTriangular(random, 3), () => (random.integer(2) === 0 ? 1 : -1))],
    place: (L) => (L.every((row, i) => Math.abs(row[i]) === 1) ? 0 : undefined),
  },
  "a diagonal of every size": {
    points: 12,
    draw: (random, place) => [
      withDiagonal(lowerTriangular(random, 3), (i) =>
        i === 1 ? diagonals.at(place) : ofEitherSign(random, 0.5, 2),
      ),
    ],
    place: (L) => (L.length === 3 ? diagonals.place(L[1][1]) : undefined),
  },
};

export const extremes: Regions<Triangle> = {
  "a product too small for a number": product(1e-9),
  "a product too large for a number": product(1e9),
};

export const measuring: Domain<Triangle> = {
  regions: { ...triangles, ...extremes },
  allows: (_answer, L) =>
    1e-9 * L.reduce((sum, row, i) => sum + Math.abs(Math.log(Math.abs(row[i]))), 0) + 1e-12,
  float32: (_answer, L) => L.reduce((sum, row, i) => sum + 1 + Math.abs(Math.log(Math.abs(row[i]))), 0),
};

export const signatures = {
  solveLower: fn([parameter("L", matrix), parameter("x", vector)], vector),
  logAbsDet: fn([parameter("L", matrix)], number),
};
