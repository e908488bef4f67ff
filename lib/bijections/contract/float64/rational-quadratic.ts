import { softplus } from "./activation.ts";
import { binOf, edgesOf, shares, withTails } from "./bins.ts";
import { bisect } from "./bisect.ts";
import type { Scalar } from "./scalar-map.ts";

/** Options of {@link exactRationalQuadratic}. */
interface SplineOptions {
  readonly bins: number;
  /** [−3, 3] if left out. */
  readonly interval?: readonly [low: number, high: number];
  /** From −π to π, the ends being the same point. */
  readonly circular?: boolean;
}

/** What a spline's parameters stand for: the points it goes through, and its slopes there. */
interface Knots {
  readonly z: number[];
  readonly x: number[];
  readonly slopes: number[];
}

/** The raw parameter 0 is the slope 1, and none is smaller than 1/1000. */
const OFFSET = Math.log(Math.expm1(1 - 1e-3));

/** The spline by its definition, one bin at a time, inverted by bisection (Gregory and Delbourgo 1982). */
export function exactRationalQuadratic(options: SplineOptions): Scalar {
  const { bins, circular = false } = options;
  const [low, high] = circular ? [-Math.PI, Math.PI] : (options.interval ?? [-3, 3]);
  return {
    parameters: 2 * bins + (circular ? bins : bins - 1),
    at: (params) => {
      const knots = splineKnots(params, { bins, interval: [low, high], circular });
      const inside = withTails(
        {
          forward: (z) => valueIn(binOf(z, knots.z), z, knots),
          inverse: (x) => {
            const k = binOf(x, knots.x);
            return bisect((z) => valueIn(k, z, knots), x, knots.z[k], knots.z[k + 1]);
          },
        },
        low,
        high,
      );
      if (!circular) return inside;
      // float32's π, which is larger than π, is the end of the circle as well.
      const turnBy = (v: number) =>
        Math.abs(v) <= Math.fround(Math.PI) ? v : v - (high - low) * Math.round(v / (high - low));
      return { forward: (z) => inside.forward(turnBy(z)), inverse: (x) => inside.inverse(turnBy(x)) };
    },
  };
}

export function splineKnots(
  params: readonly number[],
  {
    bins,
    interval: [low, high],
    circular = false,
  }: Required<Pick<SplineOptions, "interval">> & SplineOptions,
): Knots {
  const edges = (part: readonly number[]) =>
    edgesOf(
      shares(part).map((share) => share * (high - low)),
      low,
    );
  const own = params.slice(2 * bins).map((v) => softplus(v + OFFSET) + 1e-3);
  return {
    z: edges(params.slice(0, bins)),
    x: edges(params.slice(bins, 2 * bins)),
    slopes: circular ? [...own, own[0]] : [1, ...own, 1],
  };
}

function valueIn(k: number, at: number, { z, x, slopes }: Knots): number {
  const [width, height] = [z[k + 1] - z[k], x[k + 1] - x[k]];
  const [share, s] = [(at - z[k]) / width, height / width];
  const rest = 1 - share;
  const numerator = height * (s * share * share + slopes[k] * share * rest);
  return x[k] + numerator / (s + (slopes[k + 1] + slopes[k] - 2 * s) * share * rest);
}
