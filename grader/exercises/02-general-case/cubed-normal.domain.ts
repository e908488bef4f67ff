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
import type { Random } from "../../random.ts";

const normal = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

/** x = factor · z³. */
export interface Cube {
  readonly factor: number;
}

export const CUBE: Cube = { factor: 1 };

export const drawCube = (random: Random): Cube => ({ factor: 2 + random.integer(59) });

/** By the logarithm of |x|: another way to the cube root, which serves both signs. */
export function densityTruth({ factor }: Cube, x: number): number {
  const z = Math.exp(Math.log(Math.abs(x) / factor) / 3);
  return normal(z) / (3 * factor * z * z);
}

/** The mass between −z and z, by quadrature of the base. */
export function massBetween(z: number): number {
  const end = Math.min(z, 12);
  return end === 0 ? 0 : 2 * integrate(normal, 0, end);
}

export const massTruth = ({ factor }: Cube, radius: number): number =>
  massBetween(Math.cbrt(radius / factor));

/** What may be asked: the same z, whatever the factor. */
export function domainsOf(of: Cube) {
  const { factor } = of;
  const near = linear(0.05 * factor, 8 * factor);
  const tiny = logarithmic(1e-60, 0.05 * factor);
  const far = logarithmic(8 * factor, 27_000 * factor);
  const places: Regions<readonly [number]> = {
    "x above 0": along(near, 6),
    "x below 0": along(negative(near), 6),
    "close to 0": along(bothSigns(tiny), 8),
    "far out": along(bothSigns(far), 8),
    [`x = ${factor} or −${factor}`]: along(bothSigns(only(factor)), 2),
  };
  const radii: Regions<readonly [number]> = {
    [`a radius up to ${8 * factor}`]: along(near, 6),
    "a small radius": along(tiny, 6),
    "a large radius": along(far, 4),
    [`a radius of 0 or ${factor}`]: along(either(only(0), only(factor)), 4),
  };
  const density: Domain<readonly [number]> = {
    regions: places,
    allows: (answer) => answer.map((value) => 1e-8 * Math.abs(value)),
    float32: false,
    open: (x) => x === 0,
  };
  /** As many places behind the point as a good distribution function has, of which one is subtracted. */
  const massWithin: Domain<readonly [number]> = {
    regions: radii,
    allows: (answer) => answer.map(() => 1e-8),
    float32: false,
    open: (radius) => radius < 0,
  };
  return { density, massWithin };
}

export const signatures = {
  density: fn([parameter("x", number)], number),
  massWithin: fn([parameter("radius", number)], number),
};
