import { binOf, edgesOf, shares, withTails } from "./bins.ts";
import type { Scalar } from "./scalar-map.ts";

type Interval = readonly [low: number, high: number];

/** Straight lines between points whose abscissas are equally far apart. */
export function exactPiecewiseLinear(bins: number, interval: Interval = [-3, 3]): Scalar {
  return {
    parameters: bins,
    at: (params) => {
      const { z, x } = linearEdges(params, interval);
      const between = (from: number[], to: number[]) => (v: number) => {
        const k = binOf(v, from);
        return to[k] + ((v - from[k]) * (to[k + 1] - to[k])) / (from[k + 1] - from[k]);
      };
      return withTails({ forward: between(z, x), inverse: between(x, z) }, ...interval);
    },
  };
}

/** The points where it bends, both ends included. */
export function linearEdges(params: readonly number[], [low, high]: Interval): { z: number[]; x: number[] } {
  const bins = params.length;
  const heights = shares(params).map((share) => share * (high - low));
  return {
    z: Array.from({ length: bins + 1 }, (_, k) => low + (k * (high - low)) / bins),
    x: edgesOf(heights, low),
  };
}
