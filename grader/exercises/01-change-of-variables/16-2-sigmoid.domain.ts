import type { Domain } from "../../domain/domain.ts";
import { along, beside, evenly, linear, logarithmic, negative, oneOf, only } from "../../domain/strata.ts";
import { fn, number, parameter } from "../../harness/kinds.ts";

export const normal = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

export const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

export const logit = (x: number): number => Math.log(x) - Math.log1p(-x);

export const inside = (x: number): boolean => x > 0 && x < 1;

/** Pr(x) = Norm(logit x) / (x(1 − x)), because σ′(z) = σ(z)(1 − σ(z)) = x(1 − x). */
export const truth = (x: number): number => (inside(x) ? normal(logit(x)) / (x * (1 - x)) : 0);

export const within = {
  // Whatever interval of length 0.002 an answer is wrong in, one of the points lies there.
  "between 0 and 1": evenly(510, along(linear(1e-3, 1 - 1e-3))),
  // At ½ z is exactly 0.
  "¼, ½ and ¾": along(oneOf(0.25, 0.5, 0.75), 3),
};

export const close = {
  "close to 0": along(logarithmic(1.01e-7, 1e-3), 8),
  "close to 1": along(beside(1, negative(logarithmic(5e-7, 1e-3))), 8),
  // There 1/x − 1 has lost enough digits of 1 − x.
  "10⁻⁷ from the ends": along(oneOf(1e-7, 1 - 1e-7), 2),
  "closer to 1": along(beside(1, negative(logarithmic(1.01e-7, 5e-7))), 12),
};

export const outside = {
  "very close to 0": along(logarithmic(1e-150, 1e-7), 8),
  "very close to 1": along(beside(1, negative(logarithmic(2 ** -53, 1e-7))), 8),
  "the lower end": along(oneOf(0, -0), 2),
  "the upper end": along(only(1), 1),
  "just below 0": along(negative(logarithmic(1e-300, 1e-3)), 8),
  "below 0": along(negative(logarithmic(1e-3, 1e3))),
  "far below 0": along(negative(logarithmic(1e3, 1e300)), 12),
  "just above 1": along(beside(1, logarithmic(2 ** -52, 1e-3)), 8),
  "above 1": along(linear(1.001, 5)),
  "−1 and 2": along(oneOf(-1, 2), 2),
  "far above 1": along(logarithmic(5, 1e300), 12),
};

/** Nearer to the ends than 1e-7 the density is below 2e-50. */
const NOTHING = 1e-45;

export const domain: Domain<readonly [number]> = {
  regions: { ...within, ...close, ...outside },
  onTheWay: { z: logit },
  allows: (_answer, x) => (!inside(x) ? 0 : Math.min(x, 1 - x) < 1e-7 ? NOTHING : 1e-9 * truth(x)),
  /** Rounding x moves z by ε/(1 − x), rounding z²/2 is magnified by the exponential function; and float32 ends at 1e-38. */
  float32(_answer, x) {
    if (x === 0 || x === 1) return 0;
    if (!inside(x)) return Math.abs(x - 1) < 1e-6 ? 1e-30 : 0;
    const z = logit(x);
    // The normal density ends at 1e-38 before it is divided by the slope.
    const lost = 3e-32 / (Math.max(x, 1e-8) * (1 - x));
    return truth(x) * (2 + z * z + Math.abs(z) / (1 - x)) + 1e-30 + lost;
  },
};

export const signatures = { sigmoidDensity: fn([parameter("x", number)], number) };
