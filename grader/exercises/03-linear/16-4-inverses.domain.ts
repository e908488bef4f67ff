import { type Domain, wellConditioned } from "../../domain/domain.ts";
import { fn, matrix, number } from "../../harness/kinds.ts";

export const omega1 = [
  [2, 0, 0, 0],
  [0, -5, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 2],
];

export const omega2 = [
  [1, 0, 0, 0],
  [2, 4, 0, 0],
  [1, -1, 2, 0],
  [4, -2, -2, 1],
];

/** Nothing is given, so that only one thing can be asked; what a machine computed has zeros that are off by a rounding. */
export const byHand: Domain<readonly []> = {
  regions: { "worked out by hand": { draw: (): readonly [] => [], place: () => 0, points: 1 } },
  allows: (answer) => answer.map((value) => 1e-9 * Math.abs(value) + 1e-12),
  float32: wellConditioned,
};

export const signatures = {
  inverse1: fn([], matrix),
  determinant1: fn([], number),
  inverse2: fn([], matrix),
  determinant2: fn([], number),
};
