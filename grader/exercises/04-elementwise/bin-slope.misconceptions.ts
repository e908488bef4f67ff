import type { Misconception, Mutant } from "../../exercise.ts";
import { STEPS, type signatures, task } from "./bin-slope.domain.ts";
import { denominator, shareAt, slopeAt } from "./spline-bin.rational-quadratic.ts";

const above = (xi: number, s: number, first: number, second: number, middle = 2 * s): number =>
  second * xi ** 2 + middle * xi * (1 - xi) + first * (1 - xi) ** 2;

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "jumps-to-the-end",
    explanation:
      "Between first and last line nothing has been shown: that both are equal is what is asked. Work out the large bracket first.",
    implementation: { steps: () => [task.first, task.last] },
  },
  {
    id: "slope-of-the-share",
    explanation:
      "That is $\\partial t/\\partial\\xi$, share after position. In $y$ and $x$ the bin is $s$ times as high as wide, so that $\\partial y/\\partial x$ has one $s$ more: at $\\xi = 0$ it is $\\delta_k$.",
    implementation: { binSlope: (xi, s, first, second) => slopeAt(xi, s, first, second) / s },
  },
  {
    id: "s-not-squared",
    explanation: "$s^2$ stands before the bracket. Without any of it the edges' slopes are $\\delta/s^2$.",
    implementation: { binSlope: (xi, s, first, second) => slopeAt(xi, s, first, second) / s ** 2 },
  },
  {
    id: "denominator-not-squared",
    explanation: "What stands below the line is *squared* by the quotient rule.",
    implementation: {
      binSlope: (xi, s, first, second) => slopeAt(xi, s, first, second) * denominator(xi, s, first, second),
    },
    variants: [
      {
        binSlope: (xi, s, first, second) =>
          (slopeAt(xi, s, first, second) * denominator(xi, s, first, second)) / s,
      },
    ],
  },
  {
    id: "slopes-exchanged",
    explanation: "The slopes are exchanged: at $\\xi = 0$ yours is $\\delta_{k+1}$.",
    implementation: { binSlope: (xi, s, first, second) => slopeAt(xi, s, second, first) },
  },
  {
    id: "two-left-out",
    explanation: "In the middle term the 2 is missing: it is $2s\\,\\xi(1 - \\xi)$.",
    implementation: {
      binSlope: (xi, s, first, second) =>
        (s ** 2 * above(xi, s, first, second, s)) / denominator(xi, s, first, second) ** 2,
    },
  },
  {
    id: "line-between-the-slopes",
    explanation:
      "Your slope goes from $\\delta_k$ to $\\delta_{k+1}$ in a straight line, whatever $s$ is. Then the bin would be $\\tfrac12(\\delta_k + \\delta_{k+1})$ times as high as wide, which need not be $s$.",
    implementation: { binSlope: (xi, _s, first, second) => (1 - xi) * first + xi * second },
  },
  {
    id: "logarithm",
    explanation:
      "That is the logarithm of the slope, which a flow adds up. Here the slope itself is asked for.",
    implementation: { binSlope: (...asked) => Math.log(slopeAt(...asked)) },
  },
  {
    id: "slope-of-the-inverse",
    explanation: "That is the slope of the way back, one over the one asked for.",
    implementation: { binSlope: (...asked) => 1 / slopeAt(...asked) },
  },
  {
    id: "share-instead-of-slope",
    explanation: "That is the share of the height, not its slope.",
    implementation: { binSlope: shareAt },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  { id: "s", implementation: { binSlope: (_xi, s) => s } },
  {
    id: "right-at-the-edges",
    implementation: {
      binSlope: (xi, s, first, second) => slopeAt(xi, s, first, second) * (1 + 0.1 * xi * (1 - xi)),
    },
  },
  {
    id: "difference-quotient",
    implementation: {
      binSlope(xi, s, first, second) {
        const share = (at: number) => shareAt(at, s, first, second);
        return (s * (share(xi + 1e-6) - share(xi - 1e-6))) / 2e-6;
      },
    },
  },
  {
    id: "right-at-the-lower-edge",
    implementation: { binSlope: (xi, s, first, second) => slopeAt(xi, s, first, second) * (1 + xi) },
  },
  {
    id: "wrong-line",
    implementation: { steps: () => [task.first, "s^2*(q*t^2 + p*(1 - t)^2)/s^2", STEPS[1], task.last] },
  },
  { id: "one-line-between", implementation: { steps: () => [task.first, STEPS[1], task.last] } },
];
