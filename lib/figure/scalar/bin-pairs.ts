import { linspace } from "../linspace.ts";
import { integrate } from "./quadrature.ts";
import type { CompleteFlow } from "./scalar-flow.ts";

/** One bin of the z axis and its image on the x axis. */
export interface BinPair {
  readonly z: readonly [number, number];
  /** Lower end first. */
  readonly x: readonly [number, number];
  /** ∫ Pr(z) over the bin. */
  readonly baseMass: number;
  /** ∫ Pr(x) over its image: integrated over x, not copied from `baseMass`. */
  readonly dataMass: number;
}

/**
 * Equal bins of `zRange` with their images and the masses on both sides, each by its own quadrature.
 *
 * @throws RangeError if `count` is no whole number ≥ 1.
 */
export function binPairs(flow: CompleteFlow, count: number): BinPair[] {
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`bins: expected one bin or more; got ${count}`);
  const edges = linspace(flow.zRange[0], flow.zRange[1], count + 1);
  return edges.slice(1).map((high, index) => {
    const low = edges[index] ?? high;
    const ends = [flow.forward(low), flow.forward(high)];
    const x = [Math.min(...ends), Math.max(...ends)] as const;
    return {
      z: [low, high],
      x,
      baseMass: integrate(flow.base, low, high),
      dataMass: massOfImage(flow, low, high),
    };
  });
}

/** ∫ Pr(x) over the image of a bin, on panels that are images of equal parts: narrow where f is flat. */
function massOfImage(flow: CompleteFlow, low: number, high: number): number {
  const edges = linspace(low, high, 17).map(flow.forward);
  return edges
    .slice(1)
    .reduce((mass, end, i) => mass + Math.abs(integrate(flow.density, edges[i] ?? end, end, 1)), 0);
}
