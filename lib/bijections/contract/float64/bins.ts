import type { ScalarMap } from "./scalar-map.ts";

/** Sizes of bins that sum to 1, none smaller than 1/1000. */
export function shares(params: readonly number[]): number[] {
  const powers = params.map(Math.exp);
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => (1 - 1e-3 * params.length) * (power / total) + 1e-3);
}

/** Where bins of such sizes begin and end, from `low`. */
export function edgesOf(sizes: readonly number[], low: number): number[] {
  const edges = [low];
  for (const size of sizes) edges.push(edges[edges.length - 1] + size);
  return edges;
}

/** The bin of a number among such edges; those beyond the ends belong to the outer bins. */
export function binOf(value: number, edges: readonly number[]): number {
  let bin = 0;
  while (bin < edges.length - 2 && value >= edges[bin + 1]) bin++;
  return bin;
}

/** A map of an interval onto itself, and the identity outside. */
export function withTails(inside: ScalarMap, low: number, high: number): ScalarMap {
  const isOutside = (v: number) => v <= low || v >= high;
  return {
    forward: (z) => (isOutside(z) ? z : inside.forward(z)),
    inverse: (x) => (isOutside(x) ? x : inside.inverse(x)),
  };
}
