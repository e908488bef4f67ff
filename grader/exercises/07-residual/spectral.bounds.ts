/** Bounds of a spectral norm without any iteration, and what holds it below a limit. */

import type { Domain } from "../../domain/domain.ts";
import type { Region, Regions } from "../../domain/strata.ts";
import { type Matrix, transpose } from "../../oracle/matrices.ts";
import { normals, type Random } from "../../random.ts";
import { diagonalMatrix, normalMatrix, scale } from "./contraction.draws.ts";
import { isSameW, isShape, lengthOf, SAME_W, type Shape } from "./spectral.matrices.ts";

type Weights = [weights: number[][]];
type Limited = [weights: number[][], norm: number, limit: number];

const sizes = (rows: Matrix): number[] => rows.map((row) => row.reduce((sum, v) => sum + Math.abs(v), 0));

/** √Σ W_ij², and √(the largest column sum · the largest row sum) of sizes. */
export const boundsOf = ([w]: Readonly<Weights>): { frobenius: number; rowsAndColumns: number } => ({
  frobenius: lengthOf(w.flat()),
  rowsAndColumns: Math.sqrt(Math.max(...sizes(w)) * Math.max(...sizes(transpose(w)))),
});

export const limitedOf = ([w, norm, limit]: Readonly<Limited>): number[][] =>
  norm > limit ? scale(w, limit / norm) : w.map((row) => [...row]);

const matrices = (points: number, shape: Shape, draw?: (random: Random) => number[][]): Region<Weights> => ({
  points,
  draw: (random) => [draw?.(random) ?? normalMatrix(random, ...shape)],
  place: (w) => (isShape(w, shape) ? 0.5 : undefined),
});

const bounding: Regions<Weights> = {
  "square, three dimensions": matrices(4, [3, 3]),
  "wide: more columns than rows": matrices(4, [2, 5]),
  "tall: more rows than columns": matrices(4, [5, 2]),
  "one row": matrices(2, [1, 4]),
  "one column": matrices(2, [4, 1]),
  "one number": matrices(3, [1, 1]),
  "thirteen rows": matrices(1, [13, 3]),
  "negative numbers": matrices(2, [3, 4], (random) =>
    normalMatrix(random, 3, 4).map((row) => row.map((v) => -Math.abs(v))),
  ),
  "a matrix of zeros": matrices(1, [2, 3], () => [
    [0, 0, 0],
    [0, 0, 0],
  ]),
  "large and small": {
    points: 4,
    draw: (random, place) => [scale(normalMatrix(random, 4, 3), 10 ** (12 * place - 6))],
    place: (w) => (isShape(w, [4, 3]) ? 0.5 : undefined),
  },
};

export const boundsDomain: Domain<Weights> = {
  regions: bounding,
  allows: (answer) => answer.map((v) => 1e-6 * v),
  float32: (answer) => answer.map((v) => 2 * v),
};

const limitRegion = (
  points: number,
  norm: (random: Random, place: number) => number,
  limit: (random: Random, place: number, norm: number) => number,
  is: (norm: number, limit: number) => boolean,
): Region<Limited> => ({
  points,
  draw: (random, place) => {
    const size = norm(random, place);
    return [
      normalMatrix(random, 2 + random.integer(3), 2 + random.integer(3)),
      size,
      limit(random, place, size),
    ];
  },
  place: (_w, size, most) => (is(size, most) ? 0.5 : undefined),
});

const someLimit = (random: Random): number => random.uniform(0.3, 1.5);

const limiting: Regions<Limited> = {
  "a norm above the limit": limitRegion(
    4,
    (random) => random.uniform(1.6, 5),
    someLimit,
    (norm, limit) => norm > limit,
  ),
  "a norm below the limit": limitRegion(
    4,
    (random) => random.uniform(0.05, 0.9),
    (random, _place, norm) => random.uniform(1.1 * norm, 1.5),
    (norm, limit) => norm > 0 && norm < limit,
  ),
  "a little above, a little below": limitRegion(
    4,
    (random) => random.uniform(0.5, 1.2),
    (_random, place, norm) => norm * (place < 0.5 ? 0.99 : 1.01),
    (norm, limit) => norm !== limit && Math.abs(norm / limit - 1) < 0.02,
  ),
  "the limit itself": limitRegion(
    2,
    (random) => random.uniform(0.5, 1.2),
    (_random, _place, norm) => norm,
    (norm, limit) => norm === limit,
  ),
  "the norm 0": limitRegion(
    3,
    () => 0,
    (random) => random.uniform(0.3, 0.9),
    (norm) => norm === 0,
  ),
  "the norm 0 and the limit 1": limitRegion(
    2,
    () => 0,
    () => 1,
    (norm, limit) => norm === 0 && limit === 1,
  ),
  "the norm 1": limitRegion(
    2,
    () => 1,
    (random) => random.uniform(0.3, 0.9),
    (norm) => norm === 1,
  ),
  "the limit 1": limitRegion(
    4,
    (_random, place) => (place < 0.5 ? 0.5 : 1.5) + place,
    () => 1,
    (norm, limit) => limit === 1 && norm !== 1,
  ),
  "both are 1": limitRegion(
    2,
    () => 1,
    () => 1,
    (norm, limit) => norm === 1 && limit === 1,
  ),
  "large norms": limitRegion(
    3,
    (_random, place) => 10 ** (1 + 5 * place),
    someLimit,
    (norm) => norm >= 10,
  ),
  "weights of 0 among others": {
    points: 2,
    draw: (random) => [diagonalMatrix(normals(random, 3)), random.uniform(1.6, 3), someLimit(random)],
    place: (w) => (w.some((row) => row.includes(0)) ? 0.5 : undefined),
  },
  "one matrix": {
    points: 6,
    draw: (_random, place) => [SAME_W, place < 0.5 ? 2 : 2 + 4 * place, place < 0.5 ? 0.4 + place : 0.75],
    place: (w) => (isSameW(w) ? 0.5 : undefined),
  },
  "several matrices for one norm": {
    points: 3,
    draw: (random) => [normalMatrix(random, 2), 2, 0.5],
    place: (w, norm, limit) => (!isSameW(w) && norm === 2 && limit === 0.5 ? 0.5 : undefined),
  },
  "thirteen rows": {
    points: 1,
    draw: (random) => [normalMatrix(random, 13, 2), 2.5, 0.9],
    place: ({ length }) => (length === 13 ? 0.5 : undefined),
  },
};

export const limitDomain: Domain<Limited> = {
  regions: limiting,
  allows: (answer) => answer.map((v) => 1e-6 * Math.abs(v)),
  float32: (answer) => answer.map(Math.abs),
  open: (_w, norm, limit) => !(norm >= 0) || !(limit > 0),
};
