import type { Domain } from "../../domain/domain.ts";
import {
  bothSigns,
  either,
  linear,
  logarithmic,
  oneOf,
  pick,
  type Region,
  type Regions,
  type Span,
} from "../../domain/strata.ts";
import { fn, type MapRef, map, number, parameter, record, vector } from "../../harness/kinds.ts";
import { buildMap, mapRef } from "../../harness/maps.ts";
import type { Random } from "../../random.ts";

export type Sequence = readonly [f: MapRef, start: number, count: number];
export type Search = readonly [f: MapRef, start: number, tolerance: number, most: number];
export type Bound = readonly [slope: number, distance: number, tolerance: number];

export function iteratesOf(f: (z: number) => number, start: number, count: number): number[] {
  const list = [start];
  for (let k = 0; k < count; k++) list.push(f(list[k]));
  return list;
}

export interface Arrived {
  readonly z: number;
  readonly change: number;
  readonly steps: number;
}

/** What may be different in a wrong answer: when it ends, and what it gives. */
export interface Ways {
  readonly ends: (z: number, next: number, tolerance: number) => boolean;
  readonly next: (f: (z: number) => number, z: number) => number;
}
export const RIGHT: Ways = {
  ends: (z, next, tolerance) => Math.abs(next - z) <= tolerance,
  next: (f, z) => f(z),
};

export function searchOf(
  f: (z: number) => number,
  start: number,
  tolerance: number,
  most: number,
  { ends, next }: Ways = RIGHT,
): Arrived {
  let z = start;
  for (let steps = 1; ; steps++) {
    const now = next(f, z);
    const arrived = { z: now, change: Math.abs(now - z), steps };
    if (ends(z, now, tolerance) || !(steps < most)) return arrived;
    z = now;
  }
}

export const flatten = ({ z, change, steps }: Arrived): number[] => [z, change, steps];

/**
 * The smallest k with slope^k · distance ≤ tolerance; infinite where there is none: whoever takes the arguments in another order is
 * compared with that, too.
 */
export function stepsOf([slope, distance, tolerance]: Bound): number {
  if (!(distance > tolerance)) return 0;
  if (!(slope < 1 && tolerance > 0)) return Number.POSITIVE_INFINITY;
  if (slope <= 0) return 1;
  return Math.max(1, Math.ceil((Math.log(tolerance) - Math.log(distance)) / Math.log(slope)));
}

const line = (a: number, b: number): MapRef => mapRef("affine", a, b);
const cosine = (a: number, b: number): MapRef => mapRef("cosine", a, b);
const hyperbola = (a: number): MapRef => mapRef("hyperbola", a);

const half = line(0.5, 1);
const isHalf = (f: MapRef): boolean => JSON.stringify(f) === JSON.stringify(half);

/** These calls exactly, as arguments that are equal or plain are where answers go astray; the map is the same for all. */
function exactly<I extends readonly unknown[]>(calls: readonly I[]): Region<I> {
  const texts = calls.map((call) => JSON.stringify(call));
  return {
    points: calls.length,
    draw: (_random, place) => pick(calls, place),
    place: (...asked) => {
      const at = texts.indexOf(JSON.stringify(asked));
      return at < 0 ? undefined : (at + 0.5) / calls.length;
    },
  };
}

/** Calls whose map is of this family, placed by its first parameter. */
const family =
  (name: string, span: Span) =>
  ({ map: own, parameters }: MapRef) =>
    own === name ? span.place(parameters[0]) : undefined;

const shrinking = bothSigns(linear(0.1, 0.9));
const slow = bothSigns(linear(0.95, 0.99));
const crawling = bothSigns(linear(0.989, 0.99));
const growing = bothSigns(linear(1.05, 2));
const plain = oneOf(0, 1, -1);
const large = bothSigns(logarithmic(1e2, 1e6));
const tolerances = logarithmic(1e-9, 1e-2);
const someTolerance = (random: Random): number => tolerances.at(random.uniform(0, 1));
const MANY = 400;

const search = (
  points: number,
  draw: (random: Random, place: number) => Search,
  place: (...asked: Search) => number | undefined,
): Region<Search> => ({ points, draw, place });

const GIVEN: Search = [half, 3, 1e-6, 100];

/** Where the iteration comes to rest, or never does. */
export const settling: Regions<Search> = {
  "a contraction, a line": search(
    12,
    (random, place) => [
      line(shrinking.at(place), random.normal()),
      random.normal(),
      someTolerance(random),
      MANY,
    ],
    family("affine", shrinking),
  ),
  "a contraction, a cosine": search(
    8,
    (random, place) => [
      cosine(shrinking.at(place), random.normal()),
      random.normal(),
      someTolerance(random),
      MANY,
    ],
    family("cosine", shrinking),
  ),
  "a slope close to 1": search(
    4,
    (random, place) => [
      line(slow.at(place), random.normal()),
      random.normal(),
      logarithmic(1e-5, 1e-2).at(random.uniform(0, 1)),
      3000,
    ],
    family("affine", slow),
  ),
  "more than 1000 steps": search(
    2,
    (random, place) => [line(crawling.at(place), random.uniform(1, 2)), 10 + random.normal(), 1e-6, 3000],
    (f, _start, tolerance) => (tolerance === 1e-6 ? family("affine", crawling)(f) : undefined),
  ),
  "a constant": search(
    2,
    (random) => [line(0, random.normal()), random.normal(), someTolerance(random), MANY],
    ({ map: own, parameters }) => (own === "affine" && parameters[0] === 0 ? 0.5 : undefined),
  ),
  "a start of 0, 1 or −1": search(
    6,
    (random, place) => [
      cosine(shrinking.at(random.uniform(0, 1)), random.normal()),
      plain.at(place),
      someTolerance(random),
      MANY,
    ],
    (_f, start) => plain.place(start),
  ),
  "a start far out": search(
    6,
    (random, place) => [
      line(shrinking.at(random.uniform(0, 1)), random.normal()),
      large.at(place),
      someTolerance(random),
      MANY,
    ],
    (_f, start) => large.place(start),
  ),
  "a start that stays": search(
    2,
    (random, place) =>
      place < 0.5
        ? [line(0.5, 0), 0, someTolerance(random), 20]
        : [line(0.5, 1), 2, someTolerance(random), 20],
    (f, start) => (buildMap(f)(start) === start ? 0.5 : undefined),
  ),
  "a coarse tolerance": search(
    4,
    (random, place) => [
      line(shrinking.at(random.uniform(0, 1)), random.normal()),
      20 * random.normal(),
      linear(0.05, 1).at(place),
      MANY,
    ],
    (_f, _start, tolerance) => linear(0.05, 1).place(tolerance),
  ),
  "equal or plain arguments": exactly<Search>([
    [half, 0.25, 0.25, 100],
    [half, 5, 1e-4, 5],
    [half, 0, 1e-4, 1],
    [half, 1, 1e-4, 1],
  ]),
  "one argument after another": search(
    8,
    (random, place) => {
      const at = Math.floor(4 * place * (1 - 1e-12));
      const half = (4 * place) % 1;
      const other = [
        line(shrinking.at(random.uniform(0, 1)), 1),
        random.normal(),
        pick([1e-3, 1e-8], half),
        pick([4, 9], half),
      ];
      return GIVEN.with(at, other[at] as number) as unknown as Search;
    },
    (...asked) => {
      const other = asked.flatMap((v, i) => (JSON.stringify(v) === JSON.stringify(GIVEN[i]) ? [] : [i]));
      return other.length === 1 ? (other[0] + 0.5) / 4 : undefined;
    },
  ),
};

/** Where it ends because it has taken as many steps as it may. */
export const endless: Regions<Search> = {
  "a slope beyond 1": search(
    8,
    (random, place) => [
      line(growing.at(place), random.normal()),
      random.normal(),
      someTolerance(random),
      5 + random.integer(30),
    ],
    family("affine", growing),
  ),
  "a slope of 1 or −1": search(
    4,
    (random, place) => [
      line(place < 0.5 ? 1 : -1, 1 + random.uniform(0, 1)),
      0.25,
      0.01,
      5 + random.integer(40),
    ],
    ({ map: own, parameters }) =>
      own === "affine" && Math.abs(parameters[0]) === 1 ? (parameters[0] === 1 ? 0.25 : 0.75) : undefined,
  ),
  "√(a² + z²)": search(
    6,
    (random, place) => [
      hyperbola(linear(0.5, 1.5).at(place)),
      random.normal(),
      place < 0.5 ? 0.001 : 0.05,
      60 + random.integer(900),
    ],
    family("hyperbola", linear(0.5, 1.5)),
  ),
  "a contraction with too few steps": search(
    4,
    (random, place) => [
      line(slow.at(place), 2),
      20 * (1 + random.uniform(0, 1)),
      1e-7,
      3 + random.integer(40),
    ],
    (f, _start, tolerance, most) => (tolerance === 1e-7 && most < 43 ? family("affine", slow)(f) : undefined),
  ),
  "one step": search(
    4,
    (random, place) => [
      line(either(shrinking, growing).at(place), random.normal()),
      random.normal(),
      someTolerance(random),
      1,
    ],
    (_f, _start, _tolerance, most) => (most === 1 ? 0.5 : undefined),
  ),
};

/** The regions of both checks, for what is made of the declaration. */
export const searchDomain: Domain<Search> = {
  regions: { ...settling, ...endless },
  // z to ten digits, its change to what subtraction leaves of that, the count exactly.
  allows: ([z, change]) => [
    1e-10 * (1 + Math.abs(z)),
    1e-13 * (1 + Math.abs(z)) + 1e-9 * Math.abs(change),
    1e-6,
  ],
  float32: false,
  open: (_f, _start, tolerance, most) => !(tolerance > 0) || most < 1,
};

const sequence = (
  points: number,
  draw: (random: Random, place: number) => Sequence,
  place: (...asked: Sequence) => number | undefined,
): Region<Sequence> => ({ points, draw, place });

const someMap = (random: Random): MapRef =>
  random.integer(2) === 0
    ? line(either(shrinking, growing).at(random.uniform(0, 1)), random.normal())
    : cosine(shrinking.at(random.uniform(0, 1)), random.normal());

export const sequenceDomain: Domain<Sequence> = {
  regions: {
    "some steps": sequence(
      8,
      (random, place) => [someMap(random), random.normal(), 2 + Math.floor(10 * place)],
      (_f, _start, count) => (count >= 2 && count <= 12 ? (count - 2) / 10 : undefined),
    ),
    "no step at all": sequence(
      2,
      (random) => [someMap(random), random.normal(), 0],
      (_f, _start, count) => (count === 0 ? 0.5 : undefined),
    ),
    "one step": sequence(
      3,
      (random) => [someMap(random), random.normal(), 1],
      (_f, _start, count) => (count === 1 ? 0.5 : undefined),
    ),
    "many steps": sequence(
      2,
      (random) => [
        line(shrinking.at(random.uniform(0, 1)), random.normal()),
        random.normal(),
        80 + random.integer(20),
      ],
      (_f, _start, count) => (count >= 80 ? 0.5 : undefined),
    ),
    "a start of 0, 1 or −1": sequence(
      6,
      (random, place) => [someMap(random), plain.at(place), 4],
      (_f, start) => plain.place(start),
    ),
    "a start far out": sequence(
      4,
      (random, place) => [line(shrinking.at(random.uniform(0, 1)), random.normal()), large.at(place), 4],
      (_f, start) => large.place(start),
    ),
    "a start that stays": sequence(
      2,
      (_random, place) => (place < 0.5 ? [line(0.5, 0), 0, 3] : [line(0.5, 1), 2, 3]),
      (f, start) => (buildMap(f)(start) === start ? 0.5 : undefined),
    ),
    "equal or plain arguments": exactly<Sequence>([
      [half, 3, 3],
      [half, 0, 0],
      [half, 0, 1],
      [half, 1, 0],
      [half, 1, 1],
    ]),
    "another map, start or count": sequence(
      6,
      (random, place) => {
        if (place < 1 / 3) return [someMap(random), 3, 4];
        return place < 2 / 3 ? [half, random.normal(), 4] : [half, 3, pick([6, 11], 3 * place - 2)];
      },
      (f, start, count) => {
        if (start === 3 && count === 4 && !isHalf(f)) return 1 / 6;
        if (isHalf(f) && count === 4 && start !== 3) return 1 / 2;
        return isHalf(f) && start === 3 && count > 4 ? 5 / 6 : undefined;
      },
    ),
  },
  allows: (answer) => answer.map((v) => 1e-10 * (1 + Math.abs(v))),
  float32: false,
  open: (_f, _start, count) => count < 0,
};

/** Half-way between two numbers of steps, so that no rounding decides. */
const within = (random: Random, slope: number, distance: number, steps: number): Bound => [
  slope,
  distance,
  distance * slope ** (steps - random.uniform(0.25, 0.75)),
];
const slopes = linear(0.1, 0.9);

export const boundDomain: Domain<Bound> = {
  regions: {
    "several steps": {
      points: 10,
      draw: (random, place) =>
        within(
          random,
          slopes.at(random.uniform(0, 1)),
          logarithmic(0.1, 10).at(random.uniform(0, 1)),
          2 + Math.floor(18 * place),
        ),
      place: (...asked) =>
        asked[0] <= 0.9 && stepsOf(asked) >= 2 && stepsOf(asked) <= 20
          ? (stepsOf(asked) - 2) / 18
          : undefined,
    },
    "a slope close to 1": {
      points: 4,
      draw: (random, place) =>
        within(random, linear(0.95, 0.995).at(place), random.uniform(0.5, 5), 100 + random.integer(500)),
      place: (slope) => linear(0.95, 0.995).place(slope),
    },
    "a slope close to 0": {
      points: 3,
      draw: (random, place) =>
        within(random, logarithmic(1e-3, 0.05).at(place), random.uniform(0.5, 5), 1 + random.integer(3)),
      place: (slope) => logarithmic(1e-3, 0.05).place(slope),
    },
    "one step": {
      points: 3,
      draw: (random, place) => within(random, slopes.at(place), random.uniform(0.5, 5), 1),
      place: (...asked) => (stepsOf(asked) === 1 ? slopes.place(asked[0]) : undefined),
    },
    "near enough from the beginning": {
      points: 4,
      draw: (random, place) => {
        const tolerance = random.uniform(0.1, 2);
        return [slopes.at(place), tolerance * (place < 0.5 ? random.uniform(0.1, 0.9) : 0.01), tolerance];
      },
      place: (slope, distance, tolerance) => (distance < tolerance ? slopes.place(slope) : undefined),
    },
    "a distance of 0": {
      points: 2,
      draw: (random) => [random.uniform(0.1, 0.9), 0, random.uniform(0.1, 1)],
      place: (_slope, distance) => (distance === 0 ? 0.5 : undefined),
    },
    "a distance of 1": {
      points: 2,
      draw: (random) => within(random, random.uniform(0.1, 0.9), 1, 1 + random.integer(12)),
      place: (_slope, distance) => (distance === 1 ? 0.5 : undefined),
    },
    "a tolerance of 1": {
      points: 2,
      draw: (random) => {
        const slope = random.uniform(0.1, 0.9);
        return [slope, slope ** -(1 + random.integer(9) - random.uniform(0.25, 0.75)), 1];
      },
      place: (_slope, distance, tolerance) => (tolerance === 1 && distance > 1 ? 0.5 : undefined),
    },
    "far out, and fine": {
      points: 3,
      draw: (random, place) =>
        within(random, random.uniform(0.3, 0.9), logarithmic(1e3, 1e6).at(place), 20 + random.integer(40)),
      place: (_slope, distance) => logarithmic(1e3, 1e6).place(distance),
    },
    "equal or plain arguments": exactly<Bound>([
      [0.5, 0.5, 0.1],
      [0.4, 3, 0.4],
      [0.6, 0.7, 0.7],
      [0.6, 0, 1],
      [0.6, 1, 1],
    ]),
    "another slope, distance or tolerance": {
      points: 6,
      draw: (_random, place) => {
        if (place < 1 / 3) return [pick([0.3, 0.8], 3 * place), 3, 0.01];
        return place < 2 / 3
          ? [0.5, pick([7, 300], 3 * place - 1), 0.01]
          : [0.5, 3, pick([0.3, 0.001], 3 * place - 2)];
      },
      place: (slope, distance, tolerance) => {
        if (distance === 3 && tolerance === 0.01 && slope !== 0.5) return 1 / 6;
        if (slope === 0.5 && tolerance === 0.01 && distance !== 3) return 1 / 2;
        return slope === 0.5 && distance === 3 && tolerance !== 0.01 ? 5 / 6 : undefined;
      },
    },
  },
  allows: () => 1e-6,
  float32: false,
  open: (slope, distance, tolerance) => !(slope > 0 && slope < 1) || distance < 0 || !(tolerance > 0),
};

export const signatures = {
  iterates: fn([parameter("f", map), parameter("start", number), parameter("count", number)], vector),
  fixedPoint: fn(
    [
      parameter("f", map),
      parameter("start", number),
      parameter("tolerance", number),
      parameter("most", number),
    ],
    record({ z: number, change: number, steps: number }),
  ),
  stepsNeeded: fn(
    [parameter("slope", number), parameter("distance", number), parameter("tolerance", number)],
    number,
  ),
};
