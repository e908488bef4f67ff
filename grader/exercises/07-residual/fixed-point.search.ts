/** The search for a fixed point: until it hardly moves, or has taken as many steps as it may. */

import type { Domain } from "../../domain/domain.ts";
import {
  bothSigns,
  either,
  linear,
  logarithmic,
  pick,
  type Region,
  type Regions,
} from "../../domain/strata.ts";
import type { MapRef } from "../../harness/kinds.ts";
import { buildMap, mapRef } from "../../harness/maps.ts";
import type { Random } from "../../random.ts";
import {
  cosine,
  exactly,
  family,
  growing,
  half,
  large,
  line,
  plain,
  shrinking,
} from "./fixed-point.draws.ts";

export type Search = readonly [f: MapRef, start: number, tolerance: number, most: number];

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

const hyperbola = (a: number): MapRef => mapRef("hyperbola", a);

const slow = bothSigns(linear(0.95, 0.99));
const crawling = bothSigns(linear(0.989, 0.99));
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
