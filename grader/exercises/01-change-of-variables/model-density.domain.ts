import { type Domain, relatively, wellConditioned } from "../../domain/domain.ts";
import {
  bothSigns,
  either,
  linear,
  logarithmic,
  oneOf,
  only,
  type Region,
  type Span,
} from "../../domain/strata.ts";
import { fn, type MapRef, map, number, parameter } from "../../harness/kinds.ts";
import { buildMap, mapRef } from "../../harness/maps.ts";
import type { Random } from "../../random.ts";
import { affine, type Family, family, line, throughZero } from "./model-density.families.ts";

export const normal = mapRef("normal-density");

const logistic = (random: Random): MapRef =>
  mapRef("logistic-density", random.uniform(-0.5, 0.5), random.uniform(0.5, 1.5));

const someBase = (random: Random): MapRef => (random.integer(2) === 0 ? normal : logistic(random));

const plain = oneOf(0, -0, 1, -1);

type Inputs = readonly [x: number, inverse: MapRef, derivative: MapRef, base: MapRef];

function inputs(random: Random, { forward, inverse, derivative }: Family, z: number): Inputs {
  return [buildMap(forward)(z), inverse, derivative, someBase(random)];
}

const latent = (x: number, inverse: MapRef): number => buildMap(inverse)(x);

const slopeAt = (z: number, derivative: MapRef): number => buildMap(derivative)(z);

export function truth([x, inverse, derivative, base]: Inputs): number {
  const z = latent(x, inverse);
  return buildMap(base)(z) / Math.abs(slopeAt(z, derivative));
}

/** What a statement about any f and any base distinguishes, for slopes of one sign. */
function regions(sign: 1 | -1): { readonly [name: string]: Region<Inputs> } {
  const direction = sign > 0 ? "increasing" : "decreasing";
  const near = linear(-2, 2);
  const far = bothSigns(linear(9, 30));
  const furthest = oneOf(30, -30);
  const along = (z: Span): Region<Inputs> => ({
    draw: (random, place) => inputs(random, family(random, sign), z.at(place)),
    place: (x, inverse, derivative) => {
      const at = latent(x, inverse);
      return slopeAt(at, derivative) * sign > 0 ? z.place(at) : undefined;
    },
  });
  const regionOfSlope = (slope: Span): Region<Inputs> => ({
    points: 8,
    draw: (random, place) =>
      inputs(random, line(random, sign * slope.at(place)), near.at(random.uniform(0, 1))),
    place: (x, inverse, derivative) => slope.place(sign * slopeAt(latent(x, inverse), derivative)),
  });
  return {
    [`${direction}`]: { ...along(near), points: 12 },
    // To the last bit, whichever way an answer goes back.
    [`${direction}, z = 0`]: {
      points: 8,
      draw: (random, place) => inputs(random, throughZero(random, sign, Math.floor(4 * place)), 0),
      place: (x, inverse, derivative) =>
        latent(x, inverse) === 0 && slopeAt(0, derivative) * sign > 0 ? 0 : undefined,
    },
    [`${direction}, x = 0, 1 or −1`]: {
      points: 8,
      draw(random, place) {
        const of = line(random, sign * random.uniform(0.5, 2));
        return [plain.at(place), of.inverse, of.derivative, someBase(random)];
      },
      place: (x, inverse, derivative) =>
        slopeAt(latent(x, inverse), derivative) * sign > 0 ? plain.place(x) : undefined,
    },
    [`${direction}, a base that is high at z and 0 at 0`]: {
      draw(random, place) {
        const z = bothSigns(linear(1, 3)).at(place);
        const [x, inverse, derivative] = inputs(random, family(random, sign), z);
        const [below, above] = [random.uniform(0.05, 0.9), random.uniform(0.05, 0.9)];
        return [x, inverse, derivative, mapRef("uniform-density", z - below, z + above)];
      },
      place(x, inverse, derivative, base) {
        const z = latent(x, inverse);
        const high = base.map === "uniform-density" && buildMap(base)(z) > 0;
        return slopeAt(z, derivative) * sign > 0 && high ? 0 : undefined;
      },
    },
    // Nothing but the base changes.
    [`${direction}, x = 1 by one map`]: {
      draw: (random) => {
        const { inverse, derivative } = affine(2 * sign, 0.5);
        return [1, inverse, derivative, logistic(random)];
      },
      place: (x, _inverse, { map, parameters }) =>
        x === 1 && map === "affine-derivative" && parameters[0] === 2 * sign ? 0 : undefined,
    },
    [`${direction} with slope 1`]: {
      draw: (random, place) =>
        inputs(random, affine(sign, place < 0.5 ? 0 : random.uniform(-2, 2)), near.at(random.uniform(0, 1))),
      place: (x, inverse, derivative) => (slopeAt(latent(x, inverse), derivative) === sign ? 0 : undefined),
    },
    [`${direction}, z far out`]: { ...along(far), points: 8 },
    [`${direction}, z as far out as it comes`]: {
      draw: (random, place) => inputs(random, family(random, sign), furthest.at(place)),
      place: (x, inverse, derivative) => {
        const at = latent(x, inverse);
        return slopeAt(at, derivative) * sign > 0 ? furthest.place(Math.round(at * 1e6) / 1e6) : undefined;
      },
    },
    [`${direction} and nearly flat`]: regionOfSlope(either(logarithmic(1e-30, 1e-2), only(1e-30))),
    [`${direction} and very steep`]: regionOfSlope(either(logarithmic(1e3, 1e30), only(1e30))),
    [`${direction}, outside the support of the base`]: {
      draw(random, place) {
        const [x, inverse, derivative] = inputs(
          random,
          family(random, sign),
          bothSigns(linear(1, 3)).at(place),
        );
        return [
          x,
          inverse,
          derivative,
          mapRef("uniform-density", -random.uniform(0.5, 0.9), random.uniform(0.5, 0.9)),
        ];
      },
      place(x, inverse, derivative, base) {
        const z = latent(x, inverse);
        return slopeAt(z, derivative) * sign > 0 && buildMap(base)(z) === 0 ? 0 : undefined;
      },
    },
  };
}

export const increasing = regions(1);

export const decreasing = regions(-1);

export const domain: Domain<Inputs> = {
  regions: { ...increasing, ...decreasing },
  onTheWay: {
    z: latent,
    "the logarithm of the slope": (x, inverse, derivative) =>
      Math.log(Math.abs(slopeAt(latent(x, inverse), derivative))),
    "the base density": (x, inverse, _derivative, base) => buildMap(base)(latent(x, inverse)),
  },
  allows: relatively(1e-7),
  float32: wellConditioned,
};

export const signatures = {
  modelDensity: fn(
    [parameter("x", number), parameter("inverse", map), parameter("derivative", map), parameter("base", map)],
    number,
  ),
};
