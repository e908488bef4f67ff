import type { Domain } from "../../domain/domain.ts";
import { relatively, wellConditioned } from "../../domain/domain.ts";
import { listRegions } from "../../domain/list-regions.ts";
import { along, bothSigns, linear, logarithmic, negative, oneOf, type Regions } from "../../domain/strata.ts";
import { fn, number, parameter, vector } from "../../harness/kinds.ts";
import type { Random } from "../../random.ts";

export interface Leak {
  /** The slope below 0. */
  readonly leak: number;
}

/** Of the textbook. */
export const LEAK: Leak = { leak: 0.1 };

/** Hundredths, none smaller than the textbook's: 200 of them are still a number in double precision. */
export const drawLeak = (random: Random): Leak => ({ leak: (11 + random.integer(65)) / 100 });

/** The z that the leaky ReLU takes to x. */
export const inverseTruth = ({ leak }: Leak, x: number): number => (x < 0 ? x / leak : x);

/** One over the product of the slopes, one slope after another. */
export const determinantTruth = ({ leak }: Leak, z: readonly number[]): number =>
  z.reduce((product, v) => (v < 0 ? product / leak : product), 1);

export const numbers = {
  "below 0": along(linear(-5, -0.01), 8),
  "above 0": along(linear(0.01, 5), 8),
  "0": along(oneOf(0, -0), 2),
  "1 and −1": along(oneOf(1, -1), 2),
  "close to 0": along(bothSigns(logarithmic(1e-9, 0.01)), 12),
  "far below 0": along(negative(logarithmic(5, 1e6)), 8),
  "far above 0": along(logarithmic(5, 1e6), 8),
};

export const inverting: Domain<readonly [x: number]> = {
  regions: numbers,
  allows: relatively(1e-9),
  float32: wellConditioned,
};

/** As often below 0 as above, of many sizes. */
const item = (random: Random): number => (random.integer(2) === 0 ? -1 : 1) * Math.exp(random.uniform(-6, 3));

const some = (random: Random): number[] => Array.from({ length: 1 + random.integer(4) }, () => item(random));

type Point = readonly [z: number[]];

export const points: Regions<Point> = {
  ...listRegions<Point>({ item, call: (z) => [z], least: 1 }),
  "all below 0": {
    points: 3,
    draw: (random, place) => [
      Array.from({ length: 1 + Math.floor(8 * place) }, () => -Math.abs(item(random))),
    ],
    place: (z) => (z.length > 0 && z.every((v) => v < 0) ? 0 : undefined),
  },
  "equal numbers below 0 beside each other": {
    points: 3,
    draw(random) {
      const [first, second] = [-Math.abs(item(random)), item(random)];
      return [[first, first, second, first, first]];
    },
    place: (z) => (z.some((v, i) => v < 0 && v === z[i + 1]) ? 0 : undefined),
  },
  "0 at the beginning": {
    points: 3,
    draw: (random) => [[0, ...some(random)]],
    place: (z) => (z[0] === 0 ? 0 : undefined),
  },
  "0 at the end": {
    points: 3,
    draw: (random) => [[...some(random), 0]],
    place: (z) => (z.at(-1) === 0 ? 0 : undefined),
  },
  "nothing but 0": {
    points: 3,
    draw: (_random, place) => [new Array<number>(1 + Math.floor(3 * place * (1 - 1e-12))).fill(0)],
    place: (z) => (z.length > 0 && z.every((v) => v === 0) ? (z.length - 0.5) / 3 : undefined),
  },
  "none below 0": {
    points: 3,
    draw: (random, place) => [
      Array.from({ length: 1 + Math.floor(8 * place) }, () => Math.abs(item(random))),
    ],
    place: (z) => (z.length > 0 && z.every((v) => v >= 0) ? 0 : undefined),
  },
};

export const measuring: Domain<Point> = {
  regions: points,
  open: (z) => z.length === 0,
  allows: relatively(1e-9),
  // Some hundred factors; and beyond 10³⁸ float32 has no numbers.
  float32: (answer, z) => answer.map((v) => (v > 1e37 ? Number.POSITIVE_INFINITY : v * (1 + z.length))),
};

export const signatures = {
  leakyInverse: fn([parameter("x", number)], number),
  inverseDeterminant: fn([parameter("z", vector)], number),
};
