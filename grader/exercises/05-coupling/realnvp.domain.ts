import { fn, matrix, object, parameter, vector } from "../../harness/kinds.ts";
import type { Random } from "../../random.ts";

/** Data of the plane with a known density: a bell that two couplings have bent. */
export interface Source {
  draw(count: number): number[][];
  /** In nats. */
  logDensity(x: readonly number[]): number;
  /** What holds nearly all of the mass, and of what a flow makes of it. */
  readonly range: readonly [readonly [number, number], readonly [number, number]];
}

const ofEitherSign = (random: Random, low: number, high: number): number =>
  (random.integer(2) === 0 ? 1 : -1) * random.uniform(low, high);

/**
 * y₂ = w z₂ exp(0.3 tanh z₁) + a valley or a hill over z₁;  y₁ = m z₁ + a soft step over y₂;  x = y + centre.
 *
 * Bounded shifts, so that no point lies where nothing can be learned about it.
 */
export function bentBell(random: Random): Source {
  const bend = ofEitherSign(random, 2, 2.6);
  const width = random.uniform(0.35, 0.5);
  const step = ofEitherSign(random, 0.15, 0.3);
  const middle = random.uniform(0.6, 0.8);
  const centre = [random.uniform(-2, 2), random.uniform(-2, 2)];
  const hill = (z: number) => bend * (Math.tanh(1.5 * (z - 0.8)) - Math.tanh(1.5 * (z + 0.8)) + 0.8);
  const push = ([a, b]: readonly number[]): number[] => {
    const up = width * b * Math.exp(0.3 * Math.tanh(a)) + hill(a);
    return [centre[0] + middle * a + step * Math.tanh(up), centre[1] + up];
  };
  return {
    draw: (count) => Array.from({ length: count }, () => push([random.normal(), random.normal()])),
    logDensity([x, y]) {
      const up = y - centre[1];
      const a = (x - centre[0] - step * Math.tanh(up)) / middle;
      const b = (up - hill(a)) / (width * Math.exp(0.3 * Math.tanh(a)));
      return -(a * a + b * b) / 2 - Math.log(2 * Math.PI * width * middle) - 0.3 * Math.tanh(a);
    },
    range: [
      [centre[0] - 6, centre[0] + 6],
      [centre[1] - 7, centre[1] + 7],
    ],
  };
}

export const meanOf = (list: readonly number[]): number => list.reduce((sum, v) => sum + v, 0) / list.length;

/** The log-density of the base, in nats. */
export const logNormal = ([a, b]: readonly number[]): number => -(a * a + b * b) / 2 - Math.log(2 * Math.PI);

export const signatures = {
  fitRealNVP: fn(
    [parameter("data", matrix)],
    object({
      forward: fn([parameter("z", vector)], vector),
      inverse: fn([parameter("x", vector)], vector),
      logDensity: fn([parameter("points", matrix)], vector),
    }),
  ),
};
