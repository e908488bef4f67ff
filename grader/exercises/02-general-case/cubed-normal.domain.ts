import type { Domain } from "../../domain/domain.ts";
import {
  along,
  bothSigns,
  either,
  linear,
  logarithmic,
  negative,
  only,
  type Regions,
} from "../../domain/strata.ts";
import { fn, number, parameter } from "../../harness/kinds.ts";
import { integrate } from "../../oracle/quadrature.ts";

const normal = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

/** By the logarithm of |x|: another way to the cube root, which serves both signs. */
export function densityTruth(x: number): number {
  const z = Math.exp(Math.log(Math.abs(x)) / 3);
  return normal(z) / (3 * z * z);
}

/** The mass of |z| < ∛r, by quadrature of the base. */
export function massTruth(radius: number): number {
  const z = Math.min(Math.cbrt(radius), 12);
  return z === 0 ? 0 : 2 * integrate(normal, 0, z);
}

const near = linear(0.05, 8);
const tiny = logarithmic(1e-60, 0.05);
const far = logarithmic(8, 27_000);

export const places: Regions<readonly [number]> = {
  "x above 0": along(near, 6),
  "x below 0": along(negative(near), 6),
  "close to 0": along(bothSigns(tiny), 8),
  "far out": along(bothSigns(far), 8),
  "x = 1 or −1": along(bothSigns(only(1)), 2),
};

export const radii: Regions<readonly [number]> = {
  "a radius up to 8": along(near, 6),
  "a small radius": along(tiny, 6),
  "a large radius": along(far, 4),
  "a radius of 0 or 1": along(either(only(0), only(1)), 4),
};

export const densityDomain: Domain<readonly [number]> = {
  regions: places,
  allows: (answer) => answer.map((value) => 1e-8 * Math.abs(value)),
  float32: false,
  open: (x) => x === 0,
};

/** As many places behind the point as a good distribution function has, of which one is subtracted. */
export const massDomain: Domain<readonly [number]> = {
  regions: radii,
  allows: (answer) => answer.map(() => 1e-8),
  float32: false,
  open: (radius) => radius < 0,
};

export const signatures = {
  density: fn([parameter("x", number)], number),
  massWithin: fn([parameter("radius", number)], number),
};
