import type { Reference } from "../case.ts";

/** An increasing map of one number and its inverse. */
export interface ScalarMap {
  forward(z: number): number;
  inverse(x: number): number;
}

/** A map of one number under so many parameters: what stands for a transformer. */
export interface Scalar {
  readonly parameters: number;
  at(params: number[]): ScalarMap;
}

/** A map of each number by itself: one for all, or number i by the i-th of them. */
export function elementwise(maps: ScalarMap | readonly ScalarMap[]): Reference {
  const mapOf = (i: number) => ("forward" in maps ? maps : maps[i]);
  return {
    forward: (z) => z.map((v, i) => mapOf(i).forward(v)),
    inverse: (x) => x.map((v, i) => mapOf(i).inverse(v)),
  };
}
