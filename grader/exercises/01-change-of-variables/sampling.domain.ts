import { type Domain, relatively, wellConditioned } from "../../domain/domain.ts";
import {
  beside,
  bothSigns,
  either,
  linear,
  logarithmic,
  negative,
  oneOf,
  only,
  type Region,
  type Regions,
  type Span,
} from "../../domain/strata.ts";
import { fn, type MapRef, map, number, parameter, vector } from "../../harness/kinds.ts";
import { buildMap, combine, mapRef } from "../../harness/maps.ts";
import { normals, type Random } from "../../random.ts";

/** F(x) of the logistic distribution. */
export const distribution = (x: number, location: number, scale: number): number =>
  1 / (1 + Math.exp(-(x - location) / scale));

type Pushed = readonly [z: number[], forward: MapRef];

/** Rising or falling, curved or straight. */
function someMap(random: Random, sign = random.integer(2) === 0 ? 1 : -1): MapRef {
  const line = mapRef("affine", sign * random.uniform(0.5, 2), random.uniform(-1, 1));
  const curve = mapRef("sinh", random.uniform(0.5, 2));
  switch (random.integer(3)) {
    case 0:
      return line;
    case 1:
      return combine("composition", curve, line);
    default:
      return combine("composition", mapRef("tanh-bump", random.uniform(0, 3)), line);
  }
}

export const images = ([z, forward]: Pushed): number[] => z.map(buildMap(forward));

const placeByCount = (low: number, high: number) => (list: readonly number[]) =>
  list.length >= low && list.length <= high ? 0 : undefined;

/** Samples of which each comes twice: each is a sample of its own. */
const some = (random: Random): number[] => {
  const z = normals(random, 3 + random.integer(10));
  return [...z, ...z];
};

const plain = oneOf(0, -0, 1, -1);

/** A map that takes this z to exactly 0. */
function through(random: Random, z: number): MapRef {
  const slope = bothSigns(linear(0.5, 2)).at(random.uniform(0, 1));
  const curve = mapRef("sinh", random.uniform(0.5, 2));
  return combine("composition", curve, mapRef("affine", slope, -slope * buildMap(curve)(z)));
}

// Up to where float32 has numbers for the images.
const farOut = either(bothSigns(logarithmic(4, 80)), oneOf(80, -80));

export const pushing: Regions<Pushed> = {
  "some samples, f increasing": {
    draw: (random) => [some(random), someMap(random, 1)],
    place: (z, forward) => (rises(forward) ? placeByCount(6, 26)(z) : undefined),
  },
  "some samples, f decreasing": {
    draw: (random) => [some(random), someMap(random, -1)],
    place: (z, forward) => (rises(forward) ? undefined : placeByCount(6, 26)(z)),
  },
  "up to twelve samples": {
    points: 12,
    draw: (random, place) => [normals(random, 1 + Math.floor(12 * place)), someMap(random)],
    place: ({ length }) => (length >= 1 && length <= 12 ? (length - 0.5) / 12 : undefined),
  },
  "two to six samples whose images fall, or rise": {
    points: 10,
    draw(random, place) {
      const forward = someMap(random);
      const f = buildMap(forward);
      const sign = place < 0.5 ? -1 : 1;
      const n = 2 + (Math.floor(10 * place) % 5);
      return [normals(random, n).toSorted((p, q) => sign * (f(p) - f(q))), forward];
    },
    place(...inputs) {
      const steps = images(inputs).map((x, i, all) => Math.sign(x - (all[i - 1] ?? Number.NaN)));
      const [, first] = steps;
      const n = steps.length;
      return n >= 2 && n <= 6 && first && steps.slice(1).every((step) => step === first)
        ? (first < 0 ? 0 : 0.5) + (n - 1.5) / 10
        : undefined;
    },
  },
  "equal samples beside each other": {
    points: 2,
    draw(random) {
      const [first, second] = normals(random, 2);
      return [[first, first, second, second, first], someMap(random)];
    },
    place: (z) => (z.some((v, i) => v === z[i + 1]) ? 0 : undefined),
  },
  "the sample 1 alone, by many maps": {
    draw: (random) => [[1], someMap(random)],
    place: (z) => (z.length === 1 && z[0] === 1 ? 0 : undefined),
  },
  "other samples by one map": {
    draw: (random) => [normals(random, 1), mapRef("sinh", 1)],
    place: (_z, { map, parameters }) => (map === "sinh" && parameters[0] === 1 ? 0 : undefined),
  },
  "one sample": {
    points: 2,
    draw: (random) => [normals(random, 1), someMap(random)],
    place: placeByCount(1, 1),
  },
  "no samples": { points: 1, draw: (random) => [[], someMap(random)], place: placeByCount(0, 0) },
  "many samples": {
    points: 1,
    once: true,
    draw: (random) => [normals(random, 1001 + random.integer(100)), someMap(random)],
    place: placeByCount(1000, 2000),
  },
  "samples 0, 1 and −1": {
    points: 12,
    draw(random, place) {
      const others = normals(random, Math.floor(12 * place) % 3);
      others.splice(others.length && random.integer(others.length + 1), 0, plain.at(place));
      return [others, someMap(random)];
    },
    place: (z) => z.map(plain.place),
  },
  "samples whose image is 0": {
    points: 3,
    draw(random) {
      const z = normals(random, 3);
      return [z, through(random, z[random.integer(3)])];
    },
    place: (...inputs) => images(inputs).map((x) => (x === 0 ? 0 : undefined)),
  },
  "the sample 0 of image 0": {
    points: 2,
    draw: (random) => [[random.normal(), 0, random.normal()], mapRef("sinh", random.uniform(0.5, 2))],
    place: (...inputs) => images(inputs).map((x, i) => (x === 0 && inputs[0][i] === 0 ? 0 : undefined)),
  },
  "samples far out": {
    points: 12,
    draw: (random, place) => [[random.normal(), farOut.at(place), random.normal()], someMap(random)],
    place: (z) => z.map(farOut.place),
  },
};

function rises(forward: MapRef): boolean {
  const f = buildMap(forward);
  return f(1) > f(-1);
}

export const pushed: Domain<Pushed> = {
  regions: pushing,
  allows: relatively(1e-9),
  float32: wellConditioned,
};

type Drawn = readonly [u: number[], location: number, scale: number];

const logit = (u: number): number => Math.log(u) - Math.log1p(-u);

export const quantiles = ([u, location, scale]: Drawn): number[] => u.map((v) => location + scale * logit(v));

const middle = linear(0.01, 0.99);

const middles = (random: Random, n: number): number[] =>
  Array.from({ length: n }, () => middle.at(random.uniform(0, 1)));

const ordinaryLocation = (random: Random): number => random.uniform(-3, 3);

const ordinaryScale = (random: Random): number => random.uniform(0.3, 3);

const farLocation = (random: Random): number => bothSigns(logarithmic(3, 1e3)).at(random.uniform(0, 1));

const anyScale = (random: Random): number => logarithmic(1e-2, 1e2).at(random.uniform(0, 1));

/** One u of the span among others of the middle. */
function probability(
  span: Span,
  points: number,
  [location, scale] = [ordinaryLocation, ordinaryScale],
): Region<Drawn> {
  return {
    points,
    draw(random, place) {
      const u = middles(random, 2);
      u.splice(random.integer(3), 0, span.at(place));
      return [u, location(random), scale(random)];
    },
    place: (u) => u.map(span.place),
  };
}

function regionOfSize(low: number, high: number, points: number): Region<Drawn> {
  return {
    points,
    draw: (random) => [
      middles(random, low + random.integer(high - low + 1)),
      ordinaryLocation(random),
      ordinaryScale(random),
    ],
    place: placeByCount(low, high),
  };
}

// Up to where float32 has numbers for the samples.
const places = bothSigns(logarithmic(1e-3, 1e30));

const scales = logarithmic(1e-30, 1e30);

const smallScales = either(logarithmic(1e-30, 1e-2), only(1e-30));

export const inTheMiddle: Regions<Drawn> = {
  "u from 0.01 to 0.99": probability(middle, 12),
  "a few u": regionOfSize(4, 12, 4),
  "up to twelve u": {
    points: 12,
    draw: (random, place) => [
      middles(random, 1 + Math.floor(12 * place)),
      ordinaryLocation(random),
      ordinaryScale(random),
    ],
    place: ({ length }) => (length >= 1 && length <= 12 ? (length - 0.5) / 12 : undefined),
  },
  "u that come twice": {
    points: 2,
    draw(random) {
      const [first, second] = middles(random, 2);
      return [[first, first, second, second, first], ordinaryLocation(random), ordinaryScale(random)];
    },
    place: (u) => (new Set(u).size < u.length ? 0 : undefined),
  },
  "one argument after another": {
    points: 9,
    draw(random, place) {
      const [u, location, scale] = [middles(random, 1), ordinaryLocation(random), ordinaryScale(random)];
      return [
        [[0.75], 1, scale],
        [[0.75], location, 2],
        [u, 1, 2],
      ][Math.floor(9 * place) % 3] as unknown as Drawn;
    },
    place: ([u], location, scale) =>
      [u === 0.75, location === 1, scale === 2].filter(Boolean).length > 1 ? 0 : undefined,
  },
  "small scales about 0": {
    points: 6,
    draw: (random, place) => [middles(random, 2), 0, smallScales.at(place)],
    place: (_u, location, scale) => (location === 0 ? smallScales.place(scale) : undefined),
  },
  "one u": regionOfSize(1, 1, 2),
  "no u": regionOfSize(0, 0, 1),
  "many u": { ...regionOfSize(1001, 1100, 1), once: true },
  "locations of every size": {
    points: 24,
    draw: (random, place) => [middles(random, 2), places.at(place), ordinaryScale(random)],
    place: (_u, location) => places.place(location),
  },
  "scales of every size": {
    points: 24,
    draw: (random, place) => [middles(random, 2), ordinaryLocation(random), scales.at(place)],
    place: (_u, _location, scale) => scales.place(scale),
  },
  // There log u/(1 − u) is exactly 0, and the sample is the location.
  "u = ½": probability(only(0.5), 2),
  "nothing but u = ½": {
    points: 2,
    draw: (random) => [[0.5], ordinaryLocation(random), ordinaryScale(random)],
    place: (u) => (u.length === 1 && u[0] === 0.5 ? 0 : undefined),
  },
  "the locations 0, 1 and −1": {
    points: 8,
    draw: (random, place) => [middles(random, 2), plain.at(place), ordinaryScale(random)],
    place: (_u, location) => plain.place(location),
  },
  "samples that are 0": {
    points: 2,
    draw: (random) => [[...middles(random, 1), 0.5, ...middles(random, 1)], 0, ordinaryScale(random)],
    place: (u, location) => u.map((v) => (location === 0 && v === 0.5 ? 0 : undefined)),
  },
  "locations and scales as large as they come": {
    draw: (random, place) => {
      const [location, scale] = [
        [1e30, ordinaryScale(random)],
        [-1e30, ordinaryScale(random)],
        [ordinaryLocation(random), 1e30],
        [ordinaryLocation(random), 1e-30],
      ][Math.floor(4 * place)] as [number, number];
      return [middles(random, 2), location, scale];
    },
    place: (_u, location, scale) => {
      const at = [Math.abs(location), scale, 1 / scale].findIndex((size) => size > 0.999e30);
      return at < 0 ? undefined : [0.25, 0.6, 0.9][at];
    },
  },
  "the scale 1": {
    points: 2,
    draw: (random) => [middles(random, 2), ordinaryLocation(random), 1],
    place: (_u, _location, scale) => (scale === 1 ? 0 : undefined),
  },
  "the location 0 or 1 and the scale 1": {
    points: 4,
    draw: (random, place) => [middles(random, 2), place < 0.5 ? 0 : 1, 1],
    place: (_u, location, scale) =>
      scale !== 1 ? undefined : location === 0 ? 0.2 : location === 1 ? 0.8 : undefined,
  },
  "a location equal to the scale": {
    points: 2,
    draw(random) {
      const both = ordinaryScale(random);
      return [middles(random, 2), both, both];
    },
    place: (_u, location, scale) => (location === scale ? 0 : undefined),
  },
};

/** 1 − k/2⁵³ for odd k: there 1/u − 1 keeps none of the digits of 1 − u. */
const oddBelow1: Span = {
  at: (place) => 1 - (2 * Math.floor(2 ** (17 * place)) - 1) * 2 ** -53,
  place(u) {
    const half = ((1 - u) * 2 ** 53 + 1) / 2;
    return half >= 1 && half <= 2 ** 17 && Number.isInteger(half) ? Math.log2(half) / 17 : undefined;
  },
};

export const inTheTails: Regions<Drawn> = {
  "u in the middle": probability(middle, 2),
  "u as close to 0 as numbers come": probability(either(logarithmic(1e-307, 1e-12), only(1e-307)), 12),
  "u close to 0": probability(logarithmic(1e-12, 0.01), 24),
  "u close to 1": probability(beside(1, negative(logarithmic(1e-12, 0.01))), 12),
  "u very close to 1": probability(oddBelow1, 8),
  "the last u before 1": probability(oneOf(1 - 2 ** -53, 1 - 2 ** -52, 1 - 3 * 2 ** -53), 3),
  "u close to 0 or 1, locations far from 0": {
    ...probability(either(logarithmic(1e-300, 1e-3), beside(1, negative(logarithmic(1e-12, 1e-3)))), 16, [
      farLocation,
      anyScale,
    ]),
    place: (u, location) =>
      u.map((v) => (Math.abs(location) < 3 ? undefined : v < 0.001 ? 0.25 : v > 0.999 ? 0.75 : undefined)),
  },
};

const size = ([u, location, scale]: Drawn): number[] =>
  u.map((v) => Math.abs(location) + scale * Math.abs(logit(v)));

export const logistic: Domain<Drawn> = {
  regions: { ...inTheMiddle, ...inTheTails },
  onTheWay: { "log u/(1 − u)": (u) => u.map(logit) },
  ends: { location: [1e30, -1e30], scale: [1e30] },
  // At u = ½ nothing of the size is left, and of an answer that closes in on 0 nine digits cannot be asked.
  allows: (_answer, ...inputs) => size(inputs).map((of) => 1e-9 * of + 1e-10 * inputs[2]),
  // A result may be kept in float32, which rounds it once, by 2⁻²⁴; the computation may not be done in it.
  float32: (_answer, ...inputs) => size(inputs).map((of) => of / 8),
};

export const signatures = {
  pushSamples: fn([parameter("z", vector), parameter("forward", map)], vector),
  sampleLogistic: fn(
    [parameter("u", vector), parameter("location", number), parameter("scale", number)],
    vector,
  ),
};
