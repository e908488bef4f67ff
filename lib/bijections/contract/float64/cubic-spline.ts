import { logistic } from "./activation.ts";
import { binOf, edgesOf, shares, withTails } from "./bins.ts";
import { bisect } from "./bisect.ts";
import type { Scalar } from "./scalar-map.ts";

type Interval = readonly [low: number, high: number];

/** The cubic by its coefficients, as in the paper, inverted by bisection (Durkan et al. 2019, equations 6 to 9). */
export function exactCubicSpline(bins: number, interval: Interval = [-3, 3]): Scalar {
  return {
    parameters: 2 * bins + 2,
    at: (params) => {
      const { z, x, slopes } = cubicKnots(params, bins, interval);
      const valueIn = (k: number, at: number) => {
        const width = z[k + 1] - z[k];
        const steepness = (x[k + 1] - x[k]) / width;
        const cubic = (slopes[k] + slopes[k + 1] - 2 * steepness) / width ** 2;
        const square = (3 * steepness - 2 * slopes[k] - slopes[k + 1]) / width;
        const way = at - z[k];
        return x[k] + way * (slopes[k] + way * (square + way * cubic));
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
export function cubicKnots(
  params: readonly number[],
  bins: number,
  [low, high]: Interval,
): { z: number[]; x: number[]; slopes: number[] } {
  const [widths, heights] = [0, bins].map((from) =>
    shares(params.slice(from, from + bins)).map((share) => share * (high - low)),
  );
  const steepness = heights.map((height, k) => height / widths[k]);
  // σ(c + log((1 − d)/2)), written out.
  const shareOf = (c: number) => 1e-3 + (3 - 1e-3) * logistic(c + Math.log((1 - 1e-3) / 2));
  const inner = widths.slice(1).map((width, k) => {
    const [before, after] = [steepness[k], steepness[k + 1]];
    const mean = (before * width + after * widths[k]) / (widths[k] + width);
    return 2 * Math.min(before, after, mean / 2);
  });
  const [first, last] = [params[2 * bins], params[2 * bins + 1]].map(shareOf);
  return {
    z: edgesOf(widths, low),
    x: edgesOf(heights, low),
    slopes: [first * steepness[0], ...inner, last * steepness[bins - 1]],
  };
}
