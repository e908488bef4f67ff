import { type Domain, relatively } from "../../domain/domain.ts";
import { derivation, fn, number, parameter } from "../../harness/kinds.ts";
import type { DerivationTask } from "../../oracle/derivation.ts";
import { type Asked, isNoBin, regions, slopeAt } from "./spline-bin.rational-quadratic.ts";

export const domain: Domain<Asked> = {
  regions,
  open: isNoBin,
  allows: relatively(1e-9),
  // The denominator's terms may be larger than what is left of them, and it is squared.
  float32: (_answer, xi, s, first, second) => {
    const slope = slopeAt(xi, s, first, second);
    return slope * (4 + (2 * (2 * s + first + second)) / Math.min(s, first + second));
  },
};

/** From what the quotient rule gives to a form of positive terms; t is ξ, p and q are the slopes. */
export const task: DerivationTask = {
  first:
    "s*((2*s*t + p*(1 - 2*t))*(s + (p + q - 2*s)*t*(1 - t)) - (s*t^2 + p*t*(1 - t))*(p + q - 2*s)*(1 - 2*t))/(s + (p + q - 2*s)*t*(1 - t))^2",
  last: "s^2*(q*t^2 + 2*s*t*(1 - t) + p*(1 - t)^2)/(s + (p + q - 2*s)*t*(1 - t))^2",
  variables: {
    t: (random) => random.uniform(0.05, 0.95),
    s: (random) => random.uniform(0.3, 3),
    p: (random) => random.uniform(0.3, 3),
    q: (random) => random.uniform(0.3, 3),
  },
};

/** The bracket worked out, then collected. */
export const STEPS: readonly string[] = [
  task.first,
  "s*(s*(2*s*t + p*(1 - 2*t)) + (p + q - 2*s)*s*t^2)/(s + (p + q - 2*s)*t*(1 - t))^2",
  "s^2*(2*s*t + p - 2*p*t + p*t^2 + q*t^2 - 2*s*t^2)/(s + (p + q - 2*s)*t*(1 - t))^2",
  task.last,
];

export const signatures = {
  steps: fn([], derivation),
  binSlope: fn(
    [
      parameter("xi", number),
      parameter("s", number),
      parameter("first", number),
      parameter("second", number),
    ],
    number,
  ),
};
