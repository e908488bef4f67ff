import { logNormal, logSumExp } from "./toy-density.ts";

/** A piece of a curve in the plane: a point for each t in [0, 1], and how densely points lie there. */
export interface Curve {
  at(t: number): readonly [number, number];
  /** Density of t on [0, 1]; 1 if left out. */
  weight?(t: number): number;
}

/**
 * Log-density of a point that lies on one of the curves, all equally likely, plus normal noise in both coordinates.
 *
 * p(x) = (1/K) Σ_k ∫₀¹ w(t) N(x; γ_k(t), σ²I) dt, by Simpson's rule: its nodes must lie closer than σ.
 *
 * @param nodes Even number of intervals.
 */
export function noisyCurves(
  curves: readonly Curve[],
  noise: number,
  nodes: number,
): (x: readonly number[]) => number {
  const terms = curves.flatMap((curve) =>
    Array.from({ length: nodes + 1 }, (_, i) => {
      const simpson = (i === 0 || i === nodes ? 1 : i % 2 === 1 ? 4 : 2) / (3 * nodes);
      const weight = (simpson * (curve.weight?.(i / nodes) ?? 1)) / curves.length;
      return { point: curve.at(i / nodes), logWeight: Math.log(weight) };
    }),
  );
  return ([x, y]) =>
    logSumExp(
      terms.map(({ point, logWeight }) => {
        const squared = (x - point[0]) ** 2 + (y - point[1]) ** 2;
        return logWeight + logNormal(squared, noise, 2);
      }),
    );
}
