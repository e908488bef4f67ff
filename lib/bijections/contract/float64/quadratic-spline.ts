import { binOf, edgesOf, shares, withTails } from "./bins.ts";
import { bisect } from "./bisect.ts";
import type { Scalar } from "./scalar-map.ts";

type Interval = readonly [low: number, high: number];

/** The integral of a piecewise-linear slope, trapezium by trapezium, inverted by bisection (Müller et al. 2019). */
export function exactQuadraticSpline(bins: number, interval: Interval = [-3, 3]): Scalar {
  return {
    parameters: 2 * bins - 1,
    at: (params) => {
      const { z, x, slopes } = quadraticKnots(params, bins, interval);
      const valueIn = (k: number, at: number) => {
        const way = at - z[k];
        const steepening = (slopes[k + 1] - slopes[k]) / (z[k + 1] - z[k]);
        return x[k] + slopes[k] * way + (steepening * way * way) / 2;
      };
      const inside = {
        forward: (v: number) => valueIn(binOf(v, z), v),
        inverse: (v: number) => {
          const k = binOf(v, x);
          return bisect((at) => valueIn(k, at), v, z[k], z[k + 1]);
        },
      };
      return withTails(inside, ...interval);
    },
  };
}

/** The points that it goes through, and its slopes there. */
export function quadraticKnots(
  params: readonly number[],
  bins: number,
  [low, high]: Interval,
): { z: number[]; x: number[]; slopes: number[] } {
  const widths = shares(params.slice(0, bins)).map((share) => share * (high - low));
  const powers = params.slice(bins).map(Math.exp);
  // Tent functions over the inner edges: their area under these slopes must leave 1 for each of their own.
  const tents = powers.map((_, j) => (widths[j] + widths[j + 1]) / 2);
  const all = tents.reduce((sum, area) => sum + area, 0);
  const under = powers.reduce((sum, power, j) => sum + power * tents[j], 0);
  const slopes = [1, ...powers.map((power) => 1e-3 + ((1 - 1e-3) * power * all) / under), 1];
  const areas = widths.map((width, k) => (width * (slopes[k] + slopes[k + 1])) / 2);
  return { z: edgesOf(widths, low), x: edgesOf(areas, low), slopes };
}
