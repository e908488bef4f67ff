import { SPECIAL, specialData, specialNoise } from "../../domain/special-points.ts";
import { oneOf, type Regions } from "../../domain/strata.ts";
import type { Domains } from "../../exercise.ts";
import { fn, matrix, object, parameter, vector } from "../../harness/kinds.ts";
import { type Random, random as seeded } from "../../random.ts";

/** Data of the plane with a known density: a bell that two couplings have bent. */
export interface Source {
  draw(count: number): number[][];
  /** In nats. */
  logDensity(x: readonly number[]): number;
  /** What holds nearly all of the mass, and of what a flow makes of it. */
  readonly range: readonly [readonly [number, number], readonly [number, number]];
}

const ofEitherSign = (random: Random, low: number, high: number): number =>
  (random.integer(2) === 0 ? 1 : -1) * random.uniform(low, high);

/**
 * y₂ = w z₂ exp(0.3 tanh z₁) + a valley or a hill over z₁;  y₁ = m z₁ + a soft step over y₂;  x = y + centre.
 *
 * Bounded shifts, so that no point lies where nothing can be learned about it.
 *
 * @param reach How far from 0 its centre may lie.
 */
export function bentBell(random: Random, reach = 2): Source {
  const bend = ofEitherSign(random, 2, 2.6);
  const width = random.uniform(0.35, 0.5);
  const step = ofEitherSign(random, 0.15, 0.3);
  const middle = random.uniform(0.6, 0.8);
  const centre = [random.uniform(-reach, reach), random.uniform(-reach, reach)];
  const hill = (z: number) => bend * (Math.tanh(1.5 * (z - 0.8)) - Math.tanh(1.5 * (z + 0.8)) + 0.8);
  const push = ([a, b]: readonly number[]): number[] => {
    const up = width * b * Math.exp(0.3 * Math.tanh(a)) + hill(a);
    return [centre[0] + middle * a + step * Math.tanh(up), centre[1] + up];
  };
  return {
    draw: (count) => Array.from({ length: count }, () => push([random.normal(), random.normal()])),
    logDensity([x, y]) {
      const up = y - centre[1];
      const a = (x - centre[0] - step * Math.tanh(up)) / middle;
      const b = (up - hill(a)) / (width * Math.exp(0.3 * Math.tanh(a)));
      return -(a * a + b * b) / 2 - Math.log(2 * Math.PI * width * middle) - 0.3 * Math.tanh(a);
    },
    range: [
      [centre[0] - 6, centre[0] + 6],
      [centre[1] - 7, centre[1] + 7],
    ],
  };
}

export const meanOf = (list: readonly number[]): number => list.reduce((sum, v) => sum + v, 0) / list.length;

/** The log-density of the base, in nats. */
export const logNormal = ([a, b]: readonly number[]): number => -(a * a + b * b) / 2 - Math.log(2 * Math.PI);

/** Rows to fit to, and as many of another source; points of the data and of the base, one of which comes twice. */
export function drawAround(random: Random) {
  // Not further away, so that 0, 1 and −1 lie in the band.
  const source = bentBell(random, 0.5);
  const points = source.draw(8);
  const noise = [...specialNoise(random), [random.normal(), random.normal()]];
  return {
    data: source.draw(ROWS),
    other: bentBell(random, 0.5).draw(ROWS),
    points: [...points, points[2]],
    special: specialData(source.draw(200)),
    noise,
  };
}
const ROWS = 60;

/** One set of data for all: what is right of a flow that is fitted is right of it alone. */
const example = seeded("data of the domain");
const around = bentBell(example, 0.5);
const data = around.draw(ROWS);

const special = oneOf(...SPECIAL);
type Point = [data: number[][], point: number[]];
const base: Regions<Point> = {
  "a point of the base": {
    draw: (random, place) => [
      data,
      [random.normal(), place < 0.5 ? random.normal() : special.at(2 * place - 1)],
    ],
    place: () => 0.5,
  },
};
const plane: Regions<Point> = {
  "a point of the data": { draw: (random) => [data, bentBellPoint(random)], place: () => 0.5 },
};
const bentBellPoint = (random: Random): number[] =>
  data[random.integer(ROWS)].map((v) => v + 0.1 * random.normal());
const lists: Regions<[data: number[][], points: number[][]]> = {
  "a list of points": {
    draw(random) {
      const points = Array.from({ length: 12 }, () => bentBellPoint(random));
      return [data, [...points, points[3]]];
    },
    place: () => 0.5,
  },
};
/** What the checks can see of a flow that is right in many ways. */
const common = { allows: () => 5e-3, float32: false, sees: { effect: 0.1 } } as const;
const open = (_data: unknown, point: readonly number[]): boolean => point.length !== 2;

export const domains = {
  forward: { ...common, regions: base, open },
  inverse: { ...common, regions: plane, open },
  logDensity: { ...common, regions: lists },
} satisfies Domains<typeof signatures>["fitRealNVP"];

export const signatures = {
  fitRealNVP: fn(
    [parameter("data", matrix)],
    object({
      forward: fn([parameter("z", vector)], vector),
      inverse: fn([parameter("x", vector)], vector),
      logDensity: fn([parameter("points", matrix)], vector),
    }),
  ),
};
