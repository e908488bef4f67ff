import { type Domain, relatively, wellConditioned } from "../../domain.ts";
import { fn, type MapRef, map, number, parameter } from "../../harness/kinds.ts";
import { buildMap, mapRef } from "../../harness/maps.ts";
import type { Random } from "../../random.ts";
import { bothSigns, linear, logarithmic, type Region, type Span } from "../../strata.ts";
import { type Family, family, line } from "./model-density.families.ts";

export const normal = mapRef("normal-density");

const logistic = (random: Random): MapRef =>
  mapRef("logistic-density", random.uniform(-0.5, 0.5), random.uniform(0.5, 1.5));

type Inputs = readonly [x: number, inverse: MapRef, derivative: MapRef, base: MapRef];

function inputs(random: Random, { forward, inverse, derivative }: Family, z: number): Inputs {
  const base = random.integer(2) === 0 ? normal : logistic(random);
  return [buildMap(forward)(z), inverse, derivative, base];
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
  const along = (z: Span): Region<Inputs> => ({
    draw: (random, place) => inputs(random, family(random, sign), z.at(place)),
    place: (x, inverse, derivative) => {
      const at = latent(x, inverse);
      return slopeAt(at, derivative) * sign > 0 ? z.place(at) : undefined;
    },
  });
  const sloped = (slope: Span): Region<Inputs> => ({
    points: 8,
    draw: (random, place) =>
      inputs(random, line(random, sign * slope.at(place)), near.at(random.uniform(0, 1))),
    place: (x, inverse, derivative) => slope.place(sign * slopeAt(latent(x, inverse), derivative)),
  });
  return {
    [`${direction}`]: { ...along(near), points: 12 },
    [`${direction}, z far out`]: { ...along(far), points: 8 },
    [`${direction} and nearly flat`]: sloped(logarithmic(1e-9, 1e-2)),
    [`${direction} and very steep`]: sloped(logarithmic(1e3, 1e9)),
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
  allows: relatively(1e-7),
  float32: wellConditioned,
};

export const signatures = {
  modelDensity: fn(
    [parameter("x", number), parameter("inverse", map), parameter("derivative", map), parameter("base", map)],
    number,
  ),
};
