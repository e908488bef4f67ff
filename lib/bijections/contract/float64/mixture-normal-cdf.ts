import { bisect } from "./bisect.ts";
import type { Scalar } from "./scalar-map.ts";

/** z = Φ⁻¹(F(x)) for a mixture F of normal distributions, both inverted by bisection of logarithms of tails. */
export function exactMixtureNormalCdf(components: number): Scalar {
  return {
    parameters: 3 * components,
    at: (params) => {
      const part = (i: number) => params.slice(i * components, (i + 1) * components);
      const powers = part(0).map(Math.exp);
      const total = powers.reduce((sum, v) => sum + v, 0);
      const means = part(1).map((v, k) => v * (components === 1 ? 1 : 0.5 + k / (components - 1)));
      const scales = part(2).map((v) => Math.exp(4 * Math.tanh(v / 4)));
      /** log F, or log(1 − F). */
      const logOf = (x: number, side: 1 | -1) => {
        const terms = means.map(
          (mean, k) => Math.log(powers[k] / total) + logNormal((side * (x - mean)) / scales[k]),
        );
        const largest = Math.max(...terms);
        return largest + Math.log(terms.reduce((sum, v) => sum + Math.exp(v - largest), 0));
      };
      // Φ(−a) ≤ ½·exp(−a²/2) says how far out a tail can be.
      const quantile = (logTail: number) => bisect(logNormal, logTail, -Math.sqrt(-2 * logTail), 0);
      return {
        inverse: (x) => {
          const [below, above] = [logOf(x, 1), logOf(x, -1)];
          return below < above ? quantile(below) : -quantile(above);
        },
        forward: (z) => {
          const side = z < 0 ? 1 : -1;
          return bisect((x) => side * logOf(x, side), side * logNormal(side * z), -1e7, 1e7);
        },
      };
    },
  };
}

/**
 * log Φ(v): far below by the first terms of its asymptotic series, near 0 by ½ + φ(v)·(v + v³/3 + v⁵/15 + …), between them by
 * a continued fraction of 60 levels; above from below.
 */
function logNormal(v: number): number {
  if (v > 0) return Math.log1p(-Math.exp(logNormal(-v)));
  const logDensity = (-v * v) / 2 - 0.5 * Math.log(2 * Math.PI);
  if (v < -200) return logDensity - Math.log(-v) + Math.log1p(-1 / (v * v) + 3 / v ** 4);
  if (v < -2) {
    let rest = -v;
    for (let n = 60; n >= 1; n--) rest = -v + n / rest;
    return logDensity - Math.log(rest);
  }
  let [term, sum] = [v, v];
  for (let n = 3; Math.abs(term) > 1e-18; n += 2) sum += term *= (v * v) / n;
  return Math.log(0.5 + Math.exp(logDensity) * sum);
}
