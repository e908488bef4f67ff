/** What the exercises about piecewise linear maps are asked with. */

import type { Random } from "../../random.ts";

/** Heights φ of so many bins: positive, and their sum is 1. @param spread The logarithms differ by up to so much. */
export function binHeights(random: Random, bins: number, spread = 2): number[] {
  const raw = Array.from({ length: bins }, () => Math.exp(random.uniform(0, spread)));
  const total = raw.reduce((sum, v) => sum + v, 0);
  return raw.map((v) => v / total);
}

/** A number in the midst of one of so many bins of [0, 1]: rounding cannot bring it to another one. */
export const within = (random: Random, bins: number): number =>
  (random.integer(bins) + random.uniform(0.02, 0.98)) / bins;
