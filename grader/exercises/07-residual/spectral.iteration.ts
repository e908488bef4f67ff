/** The power iteration: one step, and the norm after several. */

import type { Domain } from "../../domain/domain.ts";
import type { Region, Regions } from "../../domain/strata.ts";
import { apply, type Matrix, transpose } from "../../oracle/matrices.ts";
import { normals, type Random } from "../../random.ts";
import { normalMatrix, scale } from "./contraction.draws.ts";
import { isSameW, isShape, lengthOf, SAME_W, type Shape } from "./spectral.matrices.ts";

type Step = [weights: number[][], u: number[]];
type Steps = [weights: number[][], u: number[], steps: number];

/** v = Wᵀu / |Wᵀu|, u = Wv / |Wv|, and |Wv|. */
export function stepOf([w, u]: Readonly<Step>): { u: number[]; v: number[]; norm: number } {
  const back = apply(transpose(w), u);
  const v = back.map((x) => x / lengthOf(back));
  const there = apply(w, v);
  const norm = lengthOf(there);
  return { u: there.map((x) => x / norm), v, norm };
}

export function normOf([w, u, steps]: Readonly<Steps>): number {
  let at = stepOf([w, u]);
  for (let k = 1; k < Math.min(steps, 5000); k++) at = stepOf([w, at.u]);
  return at.norm;
}

/** How much rounding of W and u is enlarged on the way to the answer. */
function conditionOf(w: Matrix, u: readonly number[]): number {
  const size = lengthOf(w.flat());
  const back = lengthOf(apply(transpose(w), u));
  return ((size * lengthOf(u)) / back) * (size / stepOf([w as number[][], u as number[]]).norm);
}

/** Drawn again while u hardly meets what W keeps: there digits get lost. */
function tame<I extends readonly unknown[]>(draw: () => I): I {
  for (;;) {
    const inputs = draw();
    if (conditionOf(...(inputs as unknown as [Matrix, number[]])) < 20) return inputs;
  }
}

function steps(
  points: number,
  [rows, columns]: Shape,
  draw: (random: Random, place: number) => Step = (random) => [
    normalMatrix(random, rows, columns),
    normals(random, rows),
  ],
  is: (w: Matrix, u: readonly number[]) => boolean = () => true,
): Region<Step> {
  return {
    points,
    draw: (random, place) => tame(() => draw(random, place)),
    place: (w, u) => (isShape(w, [rows, columns]) && is(w, u) ? 0.5 : undefined),
  };
}

const SAME_U = [0.5, -0.25, 2];

const stepping: Regions<Step> = {
  "square, three dimensions": steps(4, [3, 3]),
  "wide: more columns than rows": steps(4, [2, 5]),
  "tall: more rows than columns": steps(4, [5, 2]),
  "one row": steps(3, [1, 4]),
  "one column": steps(3, [4, 1]),
  "one number": steps(3, [1, 1]),
  "thirteen rows": steps(1, [13, 4]),
  "u of another length": steps(
    4,
    [3, 3],
    (random, place) => [normalMatrix(random, 3), normals(random, 3).map((v) => 10 ** (8 * place - 4) * v)],
    (_w, u) => lengthOf(u) > 20 || lengthOf(u) < 0.05,
  ),
  "small and large weights": steps(
    4,
    [3, 4],
    (random, place) => [scale(normalMatrix(random, 3, 4), 10 ** (12 * place - 6)), normals(random, 3)],
    (w) => lengthOf(w.flat()) > 50 || lengthOf(w.flat()) < 0.3,
  ),
  "u with 0, 1 or −1 in it": {
    points: 9,
    draw: (random, place) =>
      tame(() => {
        const which = Math.floor(9 * place);
        const u = normals(random, 3).with([0, 1, 2][which % 3], [0, 1, -1][Math.floor(which / 3)]);
        return [normalMatrix(random, 3, 2), u];
      }),
    place: (w, u) => (isShape(w, [3, 2]) && u.some((v) => v === 0 || Math.abs(v) === 1) ? 0.5 : undefined),
  },
  "u with equal numbers": steps(
    2,
    [4, 3],
    (random) => {
      const [a, b] = normals(random, 2);
      return [normalMatrix(random, 4, 3), [a, a, b, a]];
    },
    (_w, u) => new Set(u).size < u.length,
  ),
  "a column of zeros": steps(
    3,
    [3, 3],
    (random) => [normalMatrix(random, 3).map((row) => row.with(1, 0)), normals(random, 3)],
    (w) => w.every((row) => row[1] === 0),
  ),
  "a row of zeros": steps(
    3,
    [3, 3],
    (random) => [normalMatrix(random, 3).with(1, [0, 0, 0]), normals(random, 3)],
    (w) => w[1].every((v) => v === 0),
  ),
  "a vector for several matrices": steps(
    3,
    [3, 3],
    (random) => [normalMatrix(random, 3), SAME_U],
    (_w, u) => u[2] === 2,
  ),
  "a matrix for several vectors": steps(3, [3, 3], (random) => [SAME_W, normals(random, 3)], isSameW),
};

/** Of unit vectors, and of the norm. */
const stepErrors = (answer: readonly number[], w: Matrix): number[] =>
  answer.map((v, i) => (i < w.length + w[0].length ? 1 : Math.abs(v)));

const isVoid = (w: Matrix, u: readonly number[]): boolean =>
  u.length !== w.length || !(conditionOf(w, u) < 1e3);

export const stepDomain: Domain<Step> = {
  regions: stepping,
  allows: (answer, w, u) => stepErrors(answer, w).map((size) => 1e-6 * size * conditionOf(w, u)),
  float32: (answer, w, u) => stepErrors(answer, w).map((size) => size * conditionOf(w, u)),
  open: isVoid,
};

/** Singular values 1 and, closely below it, others: many steps are needed. */
function slow(random: Random): number[][] {
  const angle = random.uniform(0, 6);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const size = random.uniform(0.5, 2);
  return [
    [c * size, -s * size * 0.9],
    [s * size, c * size * 0.9],
  ];
}

const many = (
  points: number,
  [low, high]: readonly [number, number],
  shapes: readonly Shape[],
  draw: (random: Random, shape: Shape) => number[][] = (random, shape) => normalMatrix(random, ...shape),
  is: (w: Matrix) => boolean = () => true,
): Region<Steps> => ({
  points,
  draw: (random, place) => {
    const count = low + Math.floor(Math.min(place, 1 - Number.EPSILON) * (high - low + 1));
    const shape = shapes[random.integer(shapes.length)];
    return tame(() => [draw(random, shape), normals(random, shape[0]), count] as Steps);
  },
  place: (w, _u, count) =>
    count >= low && count <= high && shapes.some((shape) => isShape(w, shape)) && is(w)
      ? (count - low + 0.5) / (high - low + 1)
      : undefined,
});

const isSlow = (w: Matrix): boolean =>
  Math.abs(Math.hypot(w[0][1], w[1][1]) / Math.hypot(w[0][0], w[1][0]) - 0.9) < 1e-9;

const iterating: Regions<Steps> = {
  "two to five steps, square": many(
    4,
    [2, 5],
    [
      [3, 3],
      [4, 4],
    ],
  ),
  "two to five steps, wide or tall": many(
    6,
    [2, 5],
    [
      [2, 4],
      [5, 2],
      [1, 3],
      [3, 1],
    ],
  ),
  "one step": many(
    3,
    [1, 1],
    [
      [3, 3],
      [2, 4],
      [5, 2],
    ],
  ),
  "six to thirty steps": many(4, [6, 30], [[2, 2]], slow, isSlow),
  "forty steps, singular values close to each other": many(2, [40, 40], [[2, 2]], slow, isSlow),
  "several numbers of steps": {
    points: 4,
    draw: (_random, place) => [SAME_W, SAME_U, 1 + Math.floor(4 * place)],
    place: (w, u) => (isSameW(w) && u[2] === 2 ? 0.5 : undefined),
  },
  "several matrices": {
    points: 3,
    draw: (random) => tame(() => [normalMatrix(random, 3), SAME_U, 3] as Steps),
    place: (w, u) => (!isSameW(w) && u[2] === 2 ? 0.5 : undefined),
  },
  "several vectors": {
    points: 3,
    draw: (random) => tame(() => [SAME_W, normals(random, 3), 2] as Steps),
    place: (w, u) => (isSameW(w) && u[2] !== 2 ? 0.5 : undefined),
  },
  "u with 0, 1 or −1 in it": {
    points: 9,
    draw: (random, place) =>
      tame(() => {
        const which = Math.floor(9 * place);
        const u = normals(random, 3).with([0, 1, 2][which % 3], [0, 1, -1][Math.floor(which / 3)]);
        return [normalMatrix(random, 3, 2), u, 2] as Steps;
      }),
    place: (w, u) => (isShape(w, [3, 2]) && u.some((v) => v === 0 || Math.abs(v) === 1) ? 0.5 : undefined),
  },
  "large and small u": {
    points: 4,
    draw: (random, place) =>
      tame(
        () =>
          [normalMatrix(random, 3, 4), normals(random, 3).map((v) => 10 ** (8 * place - 4) * v), 2] as Steps,
      ),
    place: (w) => (isShape(w, [3, 4]) ? 0.5 : undefined),
  },
};

export const iterationDomain: Domain<Steps> = {
  regions: iterating,
  allows: (answer, w, u) => answer.map((v) => 1e-6 * v * conditionOf(w, u)),
  float32: (answer, w, u, count) => answer.map((v) => v * conditionOf(w, u) * Math.min(count, 5)),
  open: (w, u, count) => isVoid(w, u) || !Number.isInteger(count) || count < 1,
};
