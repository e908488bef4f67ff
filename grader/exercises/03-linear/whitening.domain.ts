import type { Region, Regions } from "../../domain/strata.ts";
import type { Domains } from "../../exercise.ts";
import { fn, matrix, number, object, parameter, vector } from "../../harness/kinds.ts";
import { apply, type Matrix, multiply, solve, transpose } from "../../oracle/matrices.ts";
import { normals, type Random } from "../../random.ts";
import { ofEitherSign } from "./linear-algebra.draws.ts";

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

/** Mean, covariance and its root, and the deviation of each column. */
export interface Moments {
  readonly mean: readonly number[];
  readonly covariance: Matrix;
  readonly root: Matrix;
  readonly scales: readonly number[];
}

const known = new WeakMap<Matrix, Moments>();

/** Of data that do not change: many calls ask about the same. */
export function momentsOf(data: Matrix): Moments {
  const before = known.get(data);
  if (before) return before;
  const covariance = covarianceOf(data);
  const scales = covariance.map((row, i) => Math.sqrt(row[i]));
  const moments = { mean: meanOf(data), covariance, root: choleskyRoot(covariance), scales };
  known.set(data, moments);
  return moments;
}

/** The square of the distance from the mean, in whitened coordinates. */
export function squareAt({ mean, covariance }: Moments, x: readonly number[]): number {
  const offset = x.map((v, i) => v - mean[i]);
  return solve(covariance, offset).reduce((sum, v, i) => sum + v * offset[i], 0);
}

type Data = [data: number[][]];
export type Asked = [data: number[][], point: number[]];

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

function region(dimensions: number, draw: (random: Random) => number[][]): Region<Data> {
  return {
    points: 3,
    draw: (random) => [draw(random)],
    place: (data) => (data[0].length === dimensions ? 0.5 : undefined),
  };
}

const size = (random: Random): number => 20 + random.integer(30);

export const dataSets: Regions<Data> = {
  "two correlated columns": region(2, (random) => drawCorrelated(random, size(random), [1, 1], 0.5)),
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

/** @param which The number of the region. */
type DrawPoint = (random: Random, data: number[][], place: number, which: number) => number[];

const withPoints = (point: DrawPoint): Regions<Asked> =>
  Object.fromEntries(
    Object.entries(dataSets).map(([name, region], which): [string, Region<Asked>] => [
      name,
      {
        ...region,
        draw(random, place) {
          const [data] = region.draw(random, place);
          return [data, point(random, data, place, which)];
        },
        place: (data) => region.place(data),
      },
    ]),
  );

/** One where the data lie, one a few deviations away, and one with a special number at either end; in one column each. */
const dataPoint: DrawPoint = (random, data, place, which) => {
  const { mean, root } = momentsOf(data);
  const at = (size: number) =>
    apply(
      root,
      normals(random, mean.length).map((v) => size * v),
    ).map((v, j) => v + mean[j]);
  if (place < 1 / 3) return at(1);
  if (place < 2 / 3) return at(3);
  if (mean.length === 1) return [0];
  return at(1).with(which === 4 ? -1 : 0, [0, 1, -1, 0][which % 4]);
};
const latentPoint: DrawPoint = (random, data, place) => {
  const z = normals(random, data[0].length).map((v) => 2 * v);
  return place < 2 / 3 ? z : z.with(random.integer(z.length), -1);
};

/** What the statement allows, in units of the whitened coordinates and in nats: a training that has ended comes as close. */
export const ALLOWED = 1e-3;

const common = {
  float32: false,
  sees: { effect: 0.05 },
  open: (data: number[][], point: number[]) => point.length !== data[0]?.length,
} as const;

export const domains = {
  forward: {
    regions: withPoints(latentPoint),
    allows: (_answer, data) => momentsOf(data).scales.map((scale) => 4 * ALLOWED * scale),
    ...common,
  },
  inverse: { regions: withPoints(dataPoint), allows: () => ALLOWED, ...common },
  logDensity: {
    regions: withPoints(dataPoint),
    allows: (_answer, data, x) => ALLOWED * (1 + squareAt(momentsOf(data), x)),
    ...common,
  },
} satisfies Domains<typeof signatures>["fitWhitening"];

/** Two sets of data as large as each other, and two points among the first. */
export function twoSets(random: Random): { made: Data; other: Data; points: [number[], number[]] } {
  const [made, other] = [0, 1].map(() => drawCorrelated(random, 12, [1, 2], 0.5));
  return {
    made: [made],
    other: [other],
    points: [dataPoint(random, made, 0, 0), dataPoint(random, made, 0.5, 0)],
  };
}

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
