import type { Region, Regions } from "../../domain/strata.ts";
import { fn, matrix, number, object, parameter, vector } from "../../harness/kinds.ts";
import { type Matrix, multiply, transpose } from "../../oracle/matrices.ts";
import type { Random } from "../../random.ts";
import { normals, ofEitherSign } from "./linear-algebra.draws.ts";

export const meanOf = (rows: Matrix): number[] =>
  transpose(rows).map((column) => column.reduce((sum, v) => sum + v, 0) / rows.length);

/** Σ (x − centre)(x − centre)ᵀ / I */
export function scatterAbout(rows: Matrix, centre: readonly number[]): number[][] {
  const offsets = transpose(rows.map((row) => row.map((v, i) => v - centre[i])));
  return multiply(offsets, transpose(offsets)).map((row) => row.map((v) => v / rows.length));
}

export const covarianceOf = (rows: Matrix): number[][] => scatterAbout(rows, meanOf(rows));

/** The lower triangular root of a covariance, column by column. */
export function choleskyRoot(covariance: Matrix): number[][] {
  const rest = covariance.map((row) => [...row]);
  const n = rest.length;
  const root = rest.map((row) => row.map(() => 0));
  for (let j = 0; j < n; j++) {
    root[j][j] = Math.sqrt(rest[j][j]);
    for (let i = j + 1; i < n; i++) root[i][j] = rest[i][j] / root[j][j];
    for (let i = j + 1; i < n; i++) for (let k = j + 1; k < n; k++) rest[i][k] -= root[i][j] * root[k][j];
  }
  return root;
}

type Data = readonly [data: number[][]];

/** Rows mixed out of independent numbers, so that the columns depend on each other; on scales of their own, about a centre. */
function drawCorrelated(
  random: Random,
  count: number,
  scales: readonly number[],
  mixing: number,
): number[][] {
  const n = scales.length;
  const mix = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => (i === j ? 1 : mixing * ofEitherSign(random, 0.6, 1))),
  );
  const centre = scales.map((scale) => scale * random.uniform(-3, 3));
  return Array.from({ length: count }, () => {
    const z = normals(random, n);
    return mix.map((row, i) => centre[i] + scales[i] * row.reduce((sum, v, j) => sum + v * z[j], 0));
  });
}

function region(dimensions: number, draw: (random: Random) => number[][], points = 2): Region<Data> {
  return {
    points,
    draw: (random) => [draw(random)],
    place: (data) => (data[0].length === dimensions ? 0.5 : undefined),
  };
}

const size = (random: Random): number => 20 + random.integer(30);

export const dataSets: Regions<Data> = {
  "two correlated columns": region(2, (random) => drawCorrelated(random, size(random), [1, 1], 0.5), 3),
  "three columns": region(3, (random) => drawCorrelated(random, size(random), [1, 1, 1], 0.4)),
  "four columns on scales of their own": region(4, (random) =>
    drawCorrelated(random, size(random), [100, 1, 0.01, 5], 0.3),
  ),
  "one column": region(1, (random) => drawCorrelated(random, size(random), [random.uniform(0.5, 3)], 0)),
  "hardly correlated": region(2, (random) => drawCorrelated(random, size(random), [1, 2], 0.02)),
  "strongly correlated": region(2, (random) =>
    drawCorrelated(random, size(random), [1, 1], 0).map(([a, b]) => [a, 0.95 * a + 0.2 * b]),
  ),
  "few rows": region(2, (random) => drawCorrelated(random, 5, [1, 1], 0.5)),
};

export const signatures = {
  fitWhitening: fn(
    [parameter("data", matrix)],
    object({
      forward: fn([parameter("z", vector)], vector),
      inverse: fn([parameter("x", vector)], vector),
      logDensity: fn([parameter("x", vector)], number),
    }),
  ),
};
