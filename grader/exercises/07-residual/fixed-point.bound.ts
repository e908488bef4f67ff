/** How many steps a contraction needs at most. */

import type { Domain } from "../../domain/domain.ts";
import { linear, logarithmic, pick } from "../../domain/strata.ts";
import type { Random } from "../../random.ts";
import { exactly } from "./fixed-point.draws.ts";

export type Bound = readonly [slope: number, distance: number, tolerance: number];

/**
 * The smallest k with slope^k · distance ≤ tolerance; infinite where there is none: whoever takes the arguments in another order is
 * compared with that, too.
 */
export function stepsOf([slope, distance, tolerance]: Bound): number {
  if (!(distance > tolerance)) return 0;
  if (!(slope < 1 && tolerance > 0)) return Number.POSITIVE_INFINITY;
  if (slope <= 0) return 1;
  return Math.max(1, Math.ceil((Math.log(tolerance) - Math.log(distance)) / Math.log(slope)));
}

/** Half-way between two numbers of steps, so that no rounding decides. */
const within = (random: Random, slope: number, distance: number, steps: number): Bound => [
  slope,
  distance,
  distance * slope ** (steps - random.uniform(0.25, 0.75)),
];
const slopes = linear(0.1, 0.9);

export const boundDomain: Domain<Bound> = {
  regions: {
    "several steps": {
      points: 10,
      draw: (random, place) =>
        within(
          random,
          slopes.at(random.uniform(0, 1)),
          logarithmic(0.1, 10).at(random.uniform(0, 1)),
          2 + Math.floor(18 * place),
        ),
      place: (...asked) =>
        asked[0] <= 0.9 && stepsOf(asked) >= 2 && stepsOf(asked) <= 20
          ? (stepsOf(asked) - 2) / 18
          : undefined,
    },
    "a slope close to 1": {
      points: 4,
      draw: (random, place) =>
        within(random, linear(0.95, 0.995).at(place), random.uniform(0.5, 5), 100 + random.integer(500)),
      place: (slope) => linear(0.95, 0.995).place(slope),
    },
    "a slope close to 0": {
      points: 3,
      draw: (random, place) =>
        within(random, logarithmic(1e-3, 0.05).at(place), random.uniform(0.5, 5), 1 + random.integer(3)),
      place: (slope) => logarithmic(1e-3, 0.05).place(slope),
    },
    "one step": {
      points: 3,
      draw: (random, place) => within(random, slopes.at(place), random.uniform(0.5, 5), 1),
      place: (...asked) => (stepsOf(asked) === 1 ? slopes.place(asked[0]) : undefined),
    },
    "near enough from the beginning": {
      points: 4,
      draw: (random, place) => {
        const tolerance = random.uniform(0.1, 2);
        return [slopes.at(place), tolerance * (place < 0.5 ? random.uniform(0.1, 0.9) : 0.01), tolerance];
      },
      place: (slope, distance, tolerance) => (distance < tolerance ? slopes.place(slope) : undefined),
    },
    "a distance of 0": {
      points: 2,
      draw: (random) => [random.uniform(0.1, 0.9), 0, random.uniform(0.1, 1)],
      place: (_slope, distance) => (distance === 0 ? 0.5 : undefined),
    },
    "a distance of 1": {
      points: 2,
      draw: (random) => within(random, random.uniform(0.1, 0.9), 1, 1 + random.integer(12)),
      place: (_slope, distance) => (distance === 1 ? 0.5 : undefined),
    },
    "a tolerance of 1": {
      points: 2,
      draw: (random) => {
        const slope = random.uniform(0.1, 0.9);
        return [slope, slope ** -(1 + random.integer(9) - random.uniform(0.25, 0.75)), 1];
      },
      place: (_slope, distance, tolerance) => (tolerance === 1 && distance > 1 ? 0.5 : undefined),
    },
    "far out, and fine": {
      points: 3,
      draw: (random, place) =>
        within(random, random.uniform(0.3, 0.9), logarithmic(1e3, 1e6).at(place), 20 + random.integer(40)),
      place: (_slope, distance) => logarithmic(1e3, 1e6).place(distance),
    },
    "equal or plain arguments": exactly<Bound>([
      [0.5, 0.5, 0.1],
      [0.4, 3, 0.4],
      [0.6, 0.7, 0.7],
      [0.6, 0, 1],
      [0.6, 1, 1],
    ]),
    "another slope, distance or tolerance": {
      points: 6,
      draw: (_random, place) => {
        if (place < 1 / 3) return [pick([0.3, 0.8], 3 * place), 3, 0.01];
        return place < 2 / 3
          ? [0.5, pick([7, 300], 3 * place - 1), 0.01]
          : [0.5, 3, pick([0.3, 0.001], 3 * place - 2)];
      },
      place: (slope, distance, tolerance) => {
        if (distance === 3 && tolerance === 0.01 && slope !== 0.5) return 1 / 6;
        if (slope === 0.5 && tolerance === 0.01 && distance !== 3) return 1 / 2;
        return slope === 0.5 && distance === 3 && tolerance !== 0.01 ? 5 / 6 : undefined;
      },
    },
  },
  allows: () => 1e-6,
  float32: false,
  open: (slope, distance, tolerance) => !(slope > 0 && slope < 1) || distance < 0 || !(tolerance > 0),
};
