/** Points of the plane with a number that people test for: 0, which passes for "missing" or "false", 1 and −1. */

import type { Random } from "../random.ts";

export const SPECIAL = [0, 1, -1] as const;

/** Of a standard normal base: each number once with each special value. */
export const specialNoise = (random: Random): number[][] =>
  SPECIAL.flatMap((v) => [
    [v, random.normal()],
    [random.normal(), v],
  ]);

/** As near to data as such points can be: the other number is that of the row which comes nearest. */
export function specialData(rows: readonly (readonly number[])[]): number[][] {
  const beside = (i: number, v: number) => {
    const apart = (row: readonly number[]) => Math.abs(row[i] - v);
    return rows.reduce((best, row) => (apart(row) < apart(best) ? row : best)).with(i, v);
  };
  return SPECIAL.flatMap((v) => [beside(0, v), beside(1, v)]);
}
