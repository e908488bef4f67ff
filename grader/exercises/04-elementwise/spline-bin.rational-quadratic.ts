/** One bin of a rational-quadratic spline in double precision, from sums of positive terms only. */

import { bothSigns, logarithmic, type Region, type Regions } from "../../domain/strata.ts";
import type { Random } from "../../random.ts";

/** Position in the bin or share of its height, from 0 to 1; height over width; slopes at both ends. */
export type Asked = readonly [at: number, s: number, first: number, second: number];

/** s + (δ₁ + δ₂ − 2s)·ξ(1 − ξ) */
export const denominator = (xi: number, s: number, first: number, second: number): number =>
  s * (xi ** 2 + (1 - xi) ** 2) + (first + second) * xi * (1 - xi);

export const shareAt = (xi: number, s: number, first: number, second: number): number =>
  (xi * (s * xi + first * (1 - xi))) / denominator(xi, s, first, second);

export const slopeAt = (xi: number, s: number, first: number, second: number): number =>
  (s ** 2 * (second * xi ** 2 + 2 * s * xi * (1 - xi) + first * (1 - xi) ** 2)) /
  denominator(xi, s, first, second) ** 2;

/** By halving, as far as numbers go. */
export function positionAt(share: number, s: number, first: number, second: number): number {
  let [low, high] = [0, 1];
  if (share <= 0 || share >= 1) return share <= 0 ? 0 : 1;
  for (let i = 0; i < 1100; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (shareAt(middle, s, first, second) < share) low = middle;
    else high = middle;
  }
  const miss = (xi: number): number => Math.abs(shareAt(xi, s, first, second) - share);
  return miss(low) < miss(high) ? low : high;
}

type Shape = [s: number, first: number, second: number];
type AskedOnce = [at: number, s: number, first: number, second: number];

const shape = (random: Random, spread = 10): Shape => {
  const draw = () => Math.exp(random.uniform(-1, 1) * Math.log(spread));
  return [draw(), draw(), draw()];
};

/** Pairs of arguments: equal to each other, or the first of them this number and the second 1. */
const COINCIDENCES: readonly (readonly [number, number, number?])[] = [
  [0, 1],
  [0, 2],
  [0, 3],
  [0, 1, 0],
  [0, 2, 0],
  [0, 3, 0],
  [0, 1, 1],
  [0, 2, 1],
  [0, 3, 1],
  [1, 2, 1],
  [1, 3, 1],
  [2, 3, 1],
];
const GIVEN: Asked = [0.3, 0.7, 1.5, 0.4];
const fourth = (place: number): number => Math.floor(4 * place * (1 - 1e-12));
const tiny = logarithmic(1e-6, 1e-2);
const apart = bothSigns(logarithmic(1e-9, 1e-4));
const steep = logarithmic(10, 1000);

function region(
  points: number,
  draw: (random: Random, place: number) => AskedOnce,
  place: Region<Asked>["place"],
) {
  return { points, draw, place };
}

/** The bins and the places in them that both directions and the slope are asked for. */
export const regions: Regions<Asked> = {
  "in the midst of a bin": region(
    24,
    (random, place) => [0.01 + 0.98 * place, ...shape(random)],
    (at) => (at >= 0.01 && at <= 0.99 ? (at - 0.01) / 0.98 : undefined),
  ),
  "the lower end": region(
    4,
    (random) => [0, ...shape(random)],
    (at) => (at === 0 ? 0.5 : undefined),
  ),
  "the upper end": region(
    4,
    (random) => [1, ...shape(random)],
    (at) => (at === 1 ? 0.5 : undefined),
  ),
  "close to the lower end": region(
    8,
    (random, place) => [tiny.at(place), ...shape(random)],
    (at) => tiny.place(at),
  ),
  "close to the upper end": region(
    8,
    (random, place) => [1 - tiny.at(place), ...shape(random)],
    (at) => tiny.place(1 - at),
  ),
  "a straight bin": region(
    8,
    (random, place) => {
      const [s] = shape(random);
      return [0.01 + 0.98 * place, s, s, s];
    },
    (at, s, first, second) => (first === s && second === s && at > 0 && at < 1 ? at : undefined),
  ),
  "a bin that begins as steeply as it is on the whole": region(
    6,
    (random, place) => {
      const [s, , second] = shape(random);
      return [0.01 + 0.98 * place, s, s, second];
    },
    (at, s, first) => (first === s && at > 0 && at < 1 ? at : undefined),
  ),
  "a nearly straight bin": region(
    8,
    (random, place) => {
      const [s] = shape(random);
      return [random.uniform(0.05, 0.95), s, s * (1 + apart.at(place)), s * (1 + apart.at(place) / 2)];
    },
    (_at, s, first) => apart.place(first / s - 1),
  ),
  "equal slopes at both ends": region(
    6,
    (random, place) => {
      const [s, first] = shape(random);
      return [0.01 + 0.98 * place, s, first, first];
    },
    (at, _s, first, second) => (first === second && at > 0 && at < 1 ? at : undefined),
  ),
  "steep at the beginning": region(
    8,
    (random, place) => [
      random.uniform(0.05, 0.95),
      random.uniform(0.5, 2),
      steep.at(place),
      random.uniform(0.5, 2),
    ],
    (_at, _s, first) => steep.place(first),
  ),
  "steep at the end": region(
    8,
    (random, place) => [
      random.uniform(0.05, 0.95),
      random.uniform(0.5, 2),
      random.uniform(0.5, 2),
      steep.at(place),
    ],
    (_at, _s, _first, second) => steep.place(second),
  ),
  "steep on the whole": region(
    8,
    (random, place) => [
      random.uniform(0.05, 0.95),
      steep.at(place),
      random.uniform(0.5, 2),
      random.uniform(0.5, 2),
    ],
    (_at, s) => steep.place(s),
  ),
  "a 1 among the numbers": region(
    12,
    (random, place) => {
      const asked: AskedOnce = [random.uniform(0.05, 0.95), ...shape(random)];
      asked[1 + Math.floor(3 * place * (1 - 1e-12))] = 1;
      return asked;
    },
    (_at, ...others) => {
      const which = others.indexOf(1);
      return which < 0 ? undefined : (which + 0.5) / 3;
    },
  ),
  "two equal arguments, or an end and a 1": region(
    12,
    (random, place) => {
      const [one, other, at] = COINCIDENCES[Math.floor(12 * place * (1 - 1e-12))];
      const asked: AskedOnce = [random.uniform(0.15, 0.95), ...shape(random)];
      if (at !== undefined) asked[one] = at;
      asked[other] = one === 0 && at === undefined ? asked[0] : 1;
      return asked;
    },
    (...asked) => {
      const which = COINCIDENCES.findIndex(([one, other, at]) =>
        at === undefined
          ? asked[one] === asked[other] && asked[one] !== 1
          : asked[one] === at && asked[other] === 1,
      );
      return which < 0 ? undefined : (which + 0.5) / 12;
    },
  ),
  "one argument after another": region(
    20,
    (random, place) => {
      const fresh: AskedOnce = [random.uniform(0.05, 0.95), ...shape(random)];
      return GIVEN.with(fourth(place), fresh[fourth(place)]) as AskedOnce;
    },
    (...asked) => {
      const other = asked.flatMap((v, i) => (v === GIVEN[i] ? [] : [i]));
      return other.length === 1 ? (other[0] + 0.5) / 4 : undefined;
    },
  ),
};

/** Calls that no spline makes. */
export const isNoBin = (at: number, s: number, first: number, second: number): boolean =>
  !(at >= 0 && at <= 1 && s > 0 && first > 0 && second > 0);
