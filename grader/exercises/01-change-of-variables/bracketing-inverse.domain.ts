import type { Domain } from "../../domain/domain.ts";
import {
  beside,
  bothSigns,
  linear,
  logarithmic,
  oneOf,
  type Region,
  type Regions,
  type Span,
} from "../../domain/strata.ts";
import { fn, type MapRef, map, number, parameter } from "../../harness/kinds.ts";
import { buildMap, combine, mapRef } from "../../harness/maps.ts";
import { increasingInverse } from "../../oracle/root.ts";
import type { Random } from "../../random.ts";

type Inputs = readonly [forward: MapRef, x: number];

export const inverse = ([forward, x]: Inputs): number => increasingInverse(buildMap(forward), x);

/** At m it is flat, or steep, or has a bend; all take every real value, and none costs digits on the way back. */
const kinds: { readonly [name: string]: (random: Random) => MapRef } = {
  bump: (random) => mapRef("tanh-bump", random.uniform(0, 3)),
  asinh: (random) => mapRef("asinh", random.uniform(0.5, 2), random.uniform(-1, 1)),
  "bump beside 0": (random) =>
    combine(
      "composition",
      mapRef("affine", random.uniform(0.3, 3), random.uniform(-3, 3)),
      mapRef("tanh-bump", random.uniform(0, 3)),
      mapRef("affine", random.uniform(0.3, 3), random.uniform(-3, 3)),
    ),
  "two bumps": (random) =>
    combine(
      "sum",
      mapRef("tanh-bump", random.uniform(0, 3)),
      combine(
        "composition",
        mapRef("affine", random.uniform(0.3, 3), random.uniform(-3, 3)),
        mapRef("tanh-bump", random.uniform(0, 3)),
      ),
    ),
  "line and cube": (random) =>
    combine("sum", mapRef("affine", random.uniform(0.5, 2), 0), mapRef("cube", random.uniform(0.1, 1))),
  "line and root": (random) =>
    combine("sum", mapRef("affine", random.uniform(0.5, 2), 0), mapRef("cube-root", random.uniform(0.5, 2))),
};

const oneOfKinds =
  (...names: string[]) =>
  (random: Random): MapRef =>
    kinds[names[random.integer(names.length)]](random);

const someMap = oneOfKinds(...Object.keys(kinds));

/** The cube of more than 10¹⁰² is beyond what a number can hold. */
const withoutCube = oneOfKinds(...Object.keys(kinds).filter((name) => name !== "line and cube"));

/** Any map, and where its z lies. */
function anywhere(z: Span, points: number, map = someMap): Region<Inputs> {
  return {
    points,
    draw(random, place) {
      const forward = map(random);
      return [forward, buildMap(forward)(z.at(place))];
    },
    place: (...inputs) => z.place(inverse(inputs)),
  };
}

/** A map of one parameter, where its z lies beside that parameter's. */
function one(name: string, parameter: Span, z: Span): Region<Inputs> {
  return {
    draw(random, place) {
      const forward = mapRef(name, parameter.at(place));
      return [forward, buildMap(forward)(z.at(random.uniform(0, 1)))];
    },
    place: ({ map, parameters }) => (map === name ? parameter.place(parameters[0] as number) : undefined),
  };
}

/** A map that is flat or steep at a point beside 0, and z close to it: 1e-3 beside it x is 1e-9, or 0.1. */
function bentAt(name: string): Region<Inputs> {
  const close = bothSigns(logarithmic(1e-4, 0.1));
  return {
    draw(random, place) {
      const at = random.uniform(-3, 3);
      const forward = combine("composition", mapRef("affine", 1, -at), mapRef(name, random.uniform(0.5, 2)));
      return [forward, buildMap(forward)(at + close.at(place))];
    },
    place(forward, x) {
      if (forward.map !== "composition" || forward.of?.[1]?.map !== name) return undefined;
      return beside(-(forward.of[0]?.parameters[1] as number), close).place(inverse([forward, x]));
    },
  };
}

/** Around a z of order one, x is a thousand times as fine as z: it lies between the images of two neighbouring numbers. */
const between: Region<Inputs> = {
  draw(random, place) {
    const shifted = mapRef("affine", 1, -bothSigns(linear(1, 3)).at(random.uniform(0, 1)));
    const forward = combine("composition", shifted, mapRef("tanh-bump", random.uniform(0.5, 3)));
    return [forward, small.at(place)];
  },
  place: ({ map, of }, x) =>
    map === "composition" && of?.length === 2 && of[1]?.map === "tanh-bump" ? small.place(x) : undefined,
};

const plain = oneOf(0, -0, 1, -1);

/** A line that moves 0 elsewhere, by so much at most. */
const aside = (random: Random, most: number): MapRef =>
  mapRef("affine", random.uniform(1, 2), bothSigns(logarithmic(0.5, most)).at(random.uniform(0, 1)));

const small = bothSigns(logarithmic(1e-4, 1e-2));

export const nearTheOrigin: Regions<Inputs> = {
  "|z| of order one": anywhere(bothSigns(linear(0.1, 3)), 12),
  "x that no number leads to exactly": between,
  "|z| small": anywhere(bothSigns(logarithmic(1e-5, 0.1)), 8),
  "|z| as small as it matters": anywhere(bothSigns(logarithmic(5e-9, 1e-5)), 8),
  "z = 0": {
    points: 3,
    draw(random) {
      const forward = someMap(random);
      return [forward, buildMap(forward)(0)];
    },
    place: (...inputs) => (Math.abs(inverse(inputs)) < 1e-12 ? 0 : undefined),
  },
  "z = 0 where x is not": {
    draw(random) {
      const forward = combine("composition", mapRef("tanh-bump", random.uniform(0, 3)), aside(random, 100));
      return [forward, buildMap(forward)(0)];
    },
    place: (...inputs) => (inputs[1] !== 0 && Math.abs(inverse(inputs)) < 1e-12 ? 0 : undefined),
  },
  "x = 0, 1 or −1": {
    points: 12,
    draw(random, place) {
      const forward = combine("composition", aside(random, 2), mapRef("tanh-bump", random.uniform(0, 3)));
      return [forward, plain.at(place)];
    },
    place: (_forward, x) => plain.place(x),
  },
  "z = 1 and −1": anywhere(oneOf(1, -1), 4),
  "|z| just beyond the error that is allowed": anywhere(oneOf(2.1e-9, -2.1e-9), 2),
  "f(z) = z": {
    points: 2,
    draw: (random) => [mapRef("affine", 1, 0), random.uniform(-3, 3)],
    place: (...inputs) => (inverse(inputs) === inputs[1] && inputs[1] !== 0 ? 0 : undefined),
  },
};

export const farAway: Regions<Inputs> = {
  "|z| from 3 to 1000": anywhere(bothSigns(logarithmic(3, 1e3)), 8),
  "|z| from 1000 to 10⁹": anywhere(bothSigns(logarithmic(1e3, 1e9)), 12),
  "|z| above 10⁹": anywhere(bothSigns(logarithmic(1e9, 1e100)), 24),
  "|z| above 10¹⁰⁰": anywhere(bothSigns(logarithmic(1e100, 1e300)), 12, withoutCube),
  "|z| close to 10³⁰⁰": anywhere(bothSigns(logarithmic(1e290, 1e300)), 4, withoutCube),
};

const side = bothSigns(linear(0.5, 1.5));

export const flatOrSteep: Regions<Inputs> = {
  flat: one("sinh", logarithmic(1e-12, 1e-3), side),
  steep: one("sinh", logarithmic(1e3, 1e12), side),
  "flat at a point": bentAt("cube"),
  "steep at a point": bentAt("cube-root"),
  // From 0 a tangent leads too far, and from there too far back. The slope is above 0.04, so rounding costs z 1e-13 at most.
  "where tangents lead astray": {
    draw(random, place) {
      const sign = place < 0.5 ? -1 : 1;
      const steepAt = sign * random.uniform(20, 50);
      const forward = mapRef("asinh", random.uniform(0.5, 2), steepAt);
      return [forward, buildMap(forward)(steepAt + sign * random.uniform(5, 20))];
    },
    place: ({ map, parameters }) => {
      const steepAt = parameters[1] ?? 0;
      return map === "asinh" && Math.abs(steepAt) >= 20 ? (steepAt < 0 ? 0.25 : 0.75) : undefined;
    },
  },
};

export const domain: Domain<Inputs> = {
  regions: { ...nearTheOrigin, ...farAway, ...flatOrSteep },
  // 1e-9 max(1, |z|) is promised; the sum is at most twice that, so rounding in x never costs a point.
  allows: ([z]) => 1e-9 + 1e-9 * Math.abs(z as number),
  float32: false,
};

/** Right but for the last digits. */
export const nearly = ({ got = Number.NaN, want = 0 }: { got?: number; want?: number }): boolean =>
  Math.abs(got - want) < 1e-2 * Math.max(1, Math.abs(want));

export const signatures = { invert: fn([parameter("forward", map), parameter("x", number)], number) };
