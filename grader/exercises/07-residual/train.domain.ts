import { SPECIAL, specialData, specialNoise } from "../../domain/special-points.ts";
import type { Region, Regions } from "../../domain/strata.ts";
import type { Domains } from "../../exercise.ts";
import { fn, matrix, object, parameter, vector } from "../../harness/kinds.ts";
import { type Random, random as seeded } from "../../random.ts";

/** Data of the plane with a known density. */
export interface Source {
  /** @param from Where its numbers come from; by default the stream that has made the source. */
  draw(count: number, from?: Random): number[][];
  /** In nats. */
  logDensity(x: readonly number[]): number;
  readonly centre: readonly [number, number];
}

/**
 * A bell that is bent to a bow, y = width · b + bend · (√(1 + 1.5 a²) − 1.4), and turned to any side.
 *
 * @param reach How far from 0 its centre may lie.
 */
export function bow(random: Random, reach = 2): Source {
  const bend = (random.integer(2) === 0 ? 1 : -1) * random.uniform(1.2, 1.4);
  const width = random.uniform(0.28, 0.36);
  const turn = random.uniform(0, 2 * Math.PI);
  const centre = [random.uniform(-reach, reach), random.uniform(-reach, reach)] as const;
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  const middle = (a: number): number => bend * (Math.sqrt(1 + 1.5 * a * a) - 1.4);
  return {
    centre,
    draw: (count, from = random) =>
      Array.from({ length: count }, () => {
        const a = from.normal();
        const y = width * from.normal() + middle(a);
        return [centre[0] + c * a - s * y, centre[1] + s * a + c * y];
      }),
    logDensity([x1, x2]) {
      const [dx, dy] = [x1 - centre[0], x2 - centre[1]];
      const a = c * dx + s * dy;
      const b = (c * dy - s * dx - middle(a)) / width;
      return -(a * a + b * b) / 2 - Math.log(2 * Math.PI * width);
    },
  };
}

export const meanOf = (list: readonly number[]): number => list.reduce((sum, v) => sum + v, 0) / list.length;

/** The log-density of the base, in nats. */
export const logNormal = ([a, b]: readonly number[]): number => -(a * a + b * b) / 2 - Math.log(2 * Math.PI);

/** Not further away, so that 0, 1 and −1 lie in the bow. */
const nearby = (random: Random): Source => bow(random, 0.5);
const ROWS = 60;

/** Points of the data, one of which comes twice, and those with a number that people test for. */
function pointsOf(source: Source, random: Random): number[][] {
  const ordinary = source.draw(8, random);
  return [...ordinary, ...specialData(source.draw(200, random)), ordinary[2]];
}

/** Rows to fit to, and as many of another source; points of the data and of the base. */
export function drawAround(random: Random) {
  const source = nearby(random);
  return {
    data: source.draw(ROWS),
    other: nearby(random).draw(ROWS),
    points: pointsOf(source, random),
    noise: [[random.normal(), random.normal()], ...specialNoise(random)],
  };
}

/** One set of data for all: what is right of a flow that is fitted is right of it alone. */
const around = nearby(seeded("data of the domain of residual flows"));
const data = around.draw(ROWS);

type Point = [data: number[][], point: number[]];
const base: Regions<Point> = {
  "a point of the base": {
    draw: (random) => [data, [random.normal(), random.normal()]],
    place: () => 0.5,
  },
};
const plane: Regions<Point> = {
  "a point of the data": { draw: (random) => [data, around.draw(1, random)[0]], place: () => 0.5 },
};

type Listed = [data: number[][], points: number[][]];
const inLists = (region: Pick<Region<Listed>, "points" | "place">): Region<Listed> => ({
  draw: (random) => [data, pointsOf(around, random)],
  ...region,
});
const lists: Regions<Listed> = {
  "a list of points": inLists({ place: () => 0.5 }),
  "a part of a list": inLists({
    points: 8,
    place: (_data, points) => points.map((_, i) => i / Math.max(1, points.length - 1)),
  }),
  ...Object.fromEntries(
    SPECIAL.map((v) => [
      `a ${v} in a point`,
      inLists({
        points: 2,
        place: (_data, points) => points.map((x) => (x.includes(v) ? 0.5 : undefined)),
      }),
    ]),
  ),
};

/** What the checks can see of a flow that is right in many ways. */
const common = { allows: () => 5e-3, float32: false, sees: { effect: 0.1 } } as const;
const open = (_data: unknown, point: readonly number[]): boolean => point.length !== 2;

export const domains = {
  forward: { ...common, regions: base, open },
  inverse: { ...common, regions: plane, open },
  /** No region of its own for what is between the ends: any points there are right whose steps contract. */
  path: { ...common, regions: plane, open },
  logDensity: { ...common, regions: lists },
} satisfies Domains<typeof signatures>["fitResidual"];

export const signatures = {
  fitResidual: fn(
    [parameter("data", matrix)],
    object({
      forward: fn([parameter("z", vector)], vector),
      inverse: fn([parameter("x", vector)], vector),
      path: fn([parameter("x", vector)], matrix),
      logDensity: fn([parameter("points", matrix)], vector),
    }),
  ),
};
