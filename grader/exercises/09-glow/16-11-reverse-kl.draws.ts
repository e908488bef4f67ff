/** What problem 16.11 may be asked for: base points, maps, and densities that are known up to a factor. */

import { listRegions } from "../../domain/list-regions.ts";
import {
  bothSigns,
  linear,
  logarithmic,
  oneOf,
  type Place,
  type Region,
  type Regions,
} from "../../domain/strata.ts";
import type { MapRef } from "../../harness/kinds.ts";
import { combine, mapRef } from "../../harness/maps.ts";
import type { Random } from "../../random.ts";

export type Loss = readonly [z: number[], f: MapRef, slope: MapRef, q: MapRef];
export type Descent = readonly [z: number[], a: number, b: number, q: MapRef, qSlope: MapRef];

export interface Target {
  readonly q: MapRef;
  readonly qSlope: MapRef;
}

const times = (factor: number, of: MapRef): MapRef => combine("product", mapRef("constant", factor), of);

/** factor · (two peaks of heavy tails). */
export function twoPeaks(random: Random, factor: number): Target {
  const peaks = [-1, 1].map((side) => [side * random.uniform(0.5, 2), random.uniform(0.6, 1.2)] as const);
  const sum = (name: string) => times(factor, combine("sum", ...peaks.map((peak) => mapRef(name, ...peak))));
  return { q: sum("logistic-density"), qSlope: sum("logistic-density-derivative") };
}

/** factor · exp(−½((x − m)/s)²). */
export const oneBell = (factor: number, m: number, s: number): Target => ({
  q: times(factor, mapRef("bell", m, s)),
  qSlope: times(factor, mapRef("bell-derivative", m, s)),
});

const someTarget = (random: Random, factor: number): Target =>
  random.integer(2) === 0
    ? twoPeaks(random, factor)
    : oneBell(factor, random.uniform(-2, 2), random.uniform(0.8, 2));

export const someFactor = (random: Random): number => Math.exp(random.uniform(-3, 3));

/** A map and its slope, which has this sign. */
export function someMap(random: Random, sign: number): readonly [MapRef, MapRef] {
  switch (random.integer(3)) {
    case 0:
      return affine(sign * random.uniform(0.3, 2), random.uniform(-1, 1));
    case 1: {
      const scale = sign * random.uniform(0.3, 1);
      return [mapRef("sinh", scale), mapRef("sinh-derivative", scale)];
    }
    default: {
      const [a, b] = [sign * random.uniform(0.3, 0.7), random.uniform(-0.5, 0.5)];
      return [mapRef("exponential", a, b), mapRef("exponential-derivative", a, b)];
    }
  }
}

const affine = (slope: number, shift: number): readonly [MapRef, MapRef] => [
  mapRef("affine", slope, shift),
  mapRef("affine-derivative", slope),
];

export const someZ = (random: Random, count = 2 + random.integer(11)): number[] =>
  Array.from({ length: count }, () => oneZ(random));
/** Where the maps above stay where the densities above are no less than 1e-100. */
const oneZ = (random: Random): number => Math.max(-3, Math.min(3, random.normal()));

/** The factor stands outermost: what region a call is of shows in it. */
const factorOf = ({ of }: MapRef): number => of?.[0]?.parameters[0] ?? Number.NaN;
const slopeOf = (slope: MapRef): number | undefined =>
  slope.map === "affine-derivative" ? slope.parameters[0] : undefined;

const extreme = logarithmic(1e3, 1e30);
const tiny = logarithmic(1e-30, 1e-3);

const when = (holds: boolean): Place => (holds ? 0.5 : undefined);

const lossRegion = (
  points: number,
  draw: (random: Random, place: number) => Loss,
  place: Region<Loss>["place"],
): Region<Loss> => ({ points, draw, place });

const someLoss = (random: Random, z = someZ(random), sign = 1): Loss => {
  const [f, slope] = someMap(random, sign);
  return [z, f, slope, someTarget(random, someFactor(random)).q];
};

/** Two to five numbers; in the first half of the places the first is 0, else the last. */
function withZero(random: Random, place: number): number[] {
  const others = someZ(random, 1 + random.integer(4));
  return place < 0.5 ? [0, ...others] : [...others, 0];
}
const endsWithZero = (z: readonly number[]): Place => (z[0] === 0 ? 0.25 : z.at(-1) === 0 ? 0.75 : undefined);

/** The bell that is as high at its peak as the base: with z = 0 and the map that does nothing the loss is 0. */
const PEAK_OF_BASE: MapRef = times(Math.exp(-Math.log(2 * Math.PI) / 2), mapRef("bell", 0, 1));

const GIVEN_LOSS: Loss = [
  [0.5, -1.25],
  mapRef("sinh", 0.75),
  mapRef("sinh-derivative", 0.75),
  times(2.5, mapRef("bell", 0.5, 1.5)),
];

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const isFalling = ({ map, parameters }: MapRef): boolean => map.endsWith("-derivative") && parameters[0] < 0;

export const losses: Regions<Loss> = {
  ...listRegions<Loss>({
    item: oneZ,
    call: (z, random) => someLoss(random, z),
    least: 1,
    noun: "z",
  }),
  "a list that begins or ends with 0": lossRegion(
    4,
    (random, place) => someLoss(random, withZero(random, place)),
    (z) => endsWithZero(z),
  ),
  "nothing but 0": lossRegion(
    3,
    (random) => someLoss(random, new Array<number>(1 + random.integer(3)).fill(0)),
    (z) => when(z.every((v) => v === 0)),
  ),
  "a loss of exactly 0": lossRegion(
    2,
    (_random) => [[0], ...affine(1, 0), PEAK_OF_BASE],
    (z, _f, slope, q) => when(z.length === 1 && z[0] === 0 && slopeOf(slope) === 1 && same(q, PEAK_OF_BASE)),
  ),
  "falling maps": lossRegion(
    9,
    (random) => someLoss(random, someZ(random), -1),
    (_z, _f, slope) => when(isFalling(slope)),
  ),
  "the map that does nothing, or turns round": lossRegion(
    4,
    (random, place) => {
      const [f, slope] = affine(place < 0.5 ? 1 : -1, 0);
      return [someZ(random), f, slope, someTarget(random, someFactor(random)).q];
    },
    (_z, _f, slope) => {
      const steep = slopeOf(slope);
      return steep === 1 ? 0.25 : steep === -1 ? 0.75 : undefined;
    },
  ),
  "steep and flat lines": lossRegion(
    8,
    (random, place) => {
      const steep = bothSigns(logarithmic(1e-3, 3)).at(place);
      const [f, slope] = affine(steep, random.uniform(-1, 1));
      return [someZ(random), f, slope, someTarget(random, someFactor(random)).q];
    },
    (_z, _f, slope) => {
      const steep = slopeOf(slope);
      return steep === undefined ? undefined : bothSigns(logarithmic(1e-3, 3)).place(steep);
    },
  ),
  "no factor": lossRegion(
    3,
    (random) => someLoss(random).with(3, twoPeaks(random, 1).q) as unknown as Loss,
    (_z, _f, _slope, q) => when(factorOf(q) === 1),
  ),
  "a large factor": lossRegion(
    6,
    (random, place) => someLoss(random).with(3, twoPeaks(random, extreme.at(place)).q) as unknown as Loss,
    (_z, _f, _slope, q) => extreme.place(factorOf(q)),
  ),
  "a small factor": lossRegion(
    6,
    (random, place) => someLoss(random).with(3, twoPeaks(random, tiny.at(place)).q) as unknown as Loss,
    (_z, _f, _slope, q) => tiny.place(factorOf(q)),
  ),
  "one argument after another": lossRegion(
    9,
    (random, place) => {
      const other = someLoss(random);
      const which = Math.floor(3 * Math.min(place, 1 - Number.EPSILON));
      if (which === 0) return [other[0], GIVEN_LOSS[1], GIVEN_LOSS[2], GIVEN_LOSS[3]];
      if (which === 1) return [GIVEN_LOSS[0], other[1], other[2], GIVEN_LOSS[3]];
      return [GIVEN_LOSS[0], GIVEN_LOSS[1], GIVEN_LOSS[2], other[3]];
    },
    (z, f, _slope, q) => {
      const kept = [same(z, GIVEN_LOSS[0]), same(f, GIVEN_LOSS[1]), same(q, GIVEN_LOSS[3])];
      if (kept.filter(Boolean).length !== 2) return undefined;
      return (kept.indexOf(false) + 0.5) / 3;
    },
  ),
};

const descentRegion = (
  points: number,
  draw: (random: Random, place: number) => Descent,
  place: Region<Descent>["place"],
): Region<Descent> => ({ points, draw, place });

interface Parts {
  readonly z?: number[];
  readonly a?: number;
  readonly b?: number;
  readonly target?: Target;
}

function someDescent(
  random: Random,
  {
    z = someZ(random),
    a = random.uniform(-0.6, 0.6),
    b = random.uniform(-1, 1),
    target = someTarget(random, someFactor(random)),
  }: Parts = {},
): Descent {
  return [z, a, b, target.q, target.qSlope];
}

const plain = oneOf(0, -0, 1, -1);
const largeA = bothSigns(linear(0.6, 1.2));
const smallA = bothSigns(logarithmic(1e-6, 0.1));
const largeB = bothSigns(linear(1, 4));

const GIVEN: Descent = someDescent(
  {
    uniform: (low, high) => (low + high) / 2,
    normal: () => 0.5,
    integer: () => 1,
    fork: () => undefined as never,
  },
  { z: [0.5, -1.25], a: 0.25, b: -0.75, target: oneBell(2.5, 0.5, 1.5) },
);

export const descents: Regions<Descent> = {
  ...listRegions<Descent>({
    item: oneZ,
    call: (z, random) => someDescent(random, { z }),
    least: 1,
    noun: "z",
  }),
  "a = 0, 1 or −1": descentRegion(
    8,
    (random, place) => someDescent(random, { a: plain.at(place) }),
    (_z, a) => plain.place(a),
  ),
  "b = 0, 1 or −1": descentRegion(
    8,
    (random, place) => someDescent(random, { b: plain.at(place) }),
    (_z, _a, b) => plain.place(b),
  ),
  "a and b 0 or 1": descentRegion(
    8,
    (random, place) => {
      const which = Math.floor(4 * Math.min(place, 1 - Number.EPSILON));
      return someDescent(random, { a: which % 2, b: which >> 1 });
    },
    (_z, a, b) => ([a, b].every((v) => v === 0 || v === 1) ? (a + 2 * b + 0.5) / 4 : undefined),
  ),
  "a list that begins or ends with 0": descentRegion(
    4,
    (random, place) => someDescent(random, { z: withZero(random, place) }),
    (z) => endsWithZero(z),
  ),
  "nothing but 0": descentRegion(
    3,
    (random) => someDescent(random, { z: new Array<number>(1 + random.integer(3)).fill(0) }),
    (z) => when(z.every((v) => v === 0)),
  ),
  "the target's peak at b, and a draw there": descentRegion(
    2,
    (random) => {
      const b = random.uniform(-1, 1);
      return someDescent(random, { z: [0], b, target: oneBell(someFactor(random), b, 1) });
    },
    (z, _a, b, q) =>
      when(z.length === 1 && z[0] === 0 && q.of?.[1]?.map === "bell" && q.of[1].parameters[0] === b),
  ),
  "large |a|": descentRegion(
    8,
    (random, place) => someDescent(random, { a: largeA.at(place) }),
    (_z, a) => largeA.place(a),
  ),
  "small |a|": descentRegion(
    8,
    (random, place) => someDescent(random, { a: smallA.at(place) }),
    (_z, a) => smallA.place(a),
  ),
  "large |b|": descentRegion(
    8,
    (random, place) => someDescent(random, { b: largeB.at(place) }),
    (_z, _a, b) => largeB.place(b),
  ),
  "a and b equal, or both 0": descentRegion(
    4,
    (random, place) => {
      const a = place < 0.5 ? random.uniform(-0.6, 0.6) : 0;
      return someDescent(random, { a, b: a });
    },
    (_z, a, b) => (a !== b ? undefined : a === 0 ? 0.75 : 0.25),
  ),
  "no factor": descentRegion(
    3,
    (random) => someDescent(random, { target: twoPeaks(random, 1) }),
    (_z, _a, _b, q) => when(factorOf(q) === 1),
  ),
  "a large factor": descentRegion(
    6,
    (random, place) => someDescent(random, { target: twoPeaks(random, extreme.at(place)) }),
    (_z, _a, _b, q) => extreme.place(factorOf(q)),
  ),
  "a small factor": descentRegion(
    6,
    (random, place) => someDescent(random, { target: twoPeaks(random, tiny.at(place)) }),
    (_z, _a, _b, q) => tiny.place(factorOf(q)),
  ),
  "one argument after another": descentRegion(
    12,
    (random, place) => {
      const which = Math.floor(4 * Math.min(place, 1 - Number.EPSILON));
      const [z, a, b, q, qSlope] = someDescent(random);
      const changed: Descent[] = [
        [z, GIVEN[1], GIVEN[2], GIVEN[3], GIVEN[4]],
        [GIVEN[0], a, GIVEN[2], GIVEN[3], GIVEN[4]],
        [GIVEN[0], GIVEN[1], b, GIVEN[3], GIVEN[4]],
        [GIVEN[0], GIVEN[1], GIVEN[2], q, qSlope],
      ];
      return changed[which];
    },
    (z, a, b, q) => {
      const kept = [same(z, GIVEN[0]), a === GIVEN[1], b === GIVEN[2], same(q, GIVEN[3])];
      if (kept.filter(Boolean).length !== 3) return undefined;
      return (kept.indexOf(false) + 0.5) / 4;
    },
  ),
};

/** Twenty base points of mean 0 and mean square 1, to which a bell can be fitted exactly. */
export function standardZ(random: Random): number[] {
  const half = Array.from({ length: 10 }, () => random.normal());
  const size = Math.sqrt(half.reduce((sum, v) => sum + v * v, 0) / half.length);
  return half.flatMap((v) => [v / size, -v / size]);
}
