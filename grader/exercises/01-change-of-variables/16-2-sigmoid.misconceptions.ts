import type { Misconception, Mutant } from "../../exercise.ts";
import { inside, logit, normal, sigmoid, type signatures, truth } from "./16-2-sigmoid.domain.ts";

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "multiplied-by-the-slope",
    explanation:
      "You **multiplied** by the slope of the sigmoid. It squeezes the whole line into $(0, 1)$, so the density has to rise: divide by the slope.",
    implementation: { sigmoidDensity: (x) => (inside(x) ? normal(logit(x)) * x * (1 - x) : 0) },
    variants: [{ sigmoidDensity: (x) => normal(logit(x)) * x * (1 - x) }],
  },
  {
    id: "base-at-x",
    explanation:
      "The slope is right, but you put $x$ into the normal density. The base density belongs to $z$: put $z = f^{-1}(x)$ in.",
    implementation: { sigmoidDensity: (x) => (inside(x) ? normal(x) / (x * (1 - x)) : 0) },
    variants: [{ sigmoidDensity: (x) => normal(x) / (x * (1 - x)) }],
  },
  {
    id: "slope-at-x",
    explanation:
      "The base density is right, but you took the slope of the sigmoid at $x$, that is $\\sigma(x)(1 - \\sigma(x))$. It is wanted at $z$, where $\\sigma(z)$ is just $x$.",
    implementation: {
      sigmoidDensity: (x) => (inside(x) ? normal(logit(x)) / (sigmoid(x) * (1 - sigmoid(x))) : 0),
    },
    variants: [{ sigmoidDensity: (x) => normal(logit(x)) / (sigmoid(x) * (1 - sigmoid(x))) }],
  },
  {
    id: "no-slope",
    explanation:
      "You returned the base density at $z$ without the factor $1/|f'(z)|$. Check the total mass: squeezing the line into $(0, 1)$ without raising the density loses most of it.",
    implementation: { sigmoidDensity: (x) => (inside(x) ? normal(logit(x)) : 0) },
    variants: [{ sigmoidDensity: (x) => normal(logit(x)) }],
  },
  {
    id: "unnormalised-base",
    explanation:
      "You are a constant factor off, the same everywhere: the normal density starts with $1/\\sqrt{2\\pi}$.",
    implementation: {
      sigmoidDensity: (x) => (inside(x) ? Math.exp(-0.5 * logit(x) ** 2) / (x * (1 - x)) : 0),
    },
    variants: [{ sigmoidDensity: (x) => Math.exp(-0.5 * logit(x) ** 2) / (x * (1 - x)) }],
  },
  {
    id: "not-a-number-at-the-ends",
    explanation:
      "The formula is right, but at the ends and outside it has no value ($0/0$ or $\\infty - \\infty$ there, the logarithm of a negative number here): NaN. Return 0 unless $0 < x < 1$.",
    implementation: { sigmoidDensity: (x) => normal(Math.log(x / (1 - x))) / (x * (1 - x)) },
    variants: [
      {
        sigmoidDensity: (x) => (x < 0 || x > 1 ? 0 : normal(Math.log(x / (1 - x))) / (x * (1 - x))),
      },
    ],
  },

  {
    id: "square-not-halved",
    explanation: "The exponent of the normal density is $-z^2/2$. In yours the $\\tfrac12$ is missing.",
    implementation: {
      sigmoidDensity: (x) =>
        inside(x) ? Math.exp(-(logit(x) ** 2)) / Math.sqrt(2 * Math.PI) / (x * (1 - x)) : 0,
    },
    variants: [{ sigmoidDensity: (x) => (inside(x) ? Math.exp(-(logit(x) ** 2)) / (x * (1 - x)) : 0) }],
  },
  {
    id: "exponent-with-plus",
    explanation:
      "The sign in the exponent is wrong: $e^{z^2/2}$ grows without limit, and no density does that on the whole line.",
    implementation: {
      sigmoidDensity: (x) =>
        inside(x) ? Math.exp(logit(x) ** 2 / 2) / Math.sqrt(2 * Math.PI) / (x * (1 - x)) : 0,
    },
  },
  {
    id: "another-logarithm",
    explanation:
      "Your logarithm has another base. The exponential in $f$ is undone by the **natural** logarithm, `Math.log`.",
    implementation: {
      sigmoidDensity: (x) => (inside(x) ? normal(Math.log10(x / (1 - x))) / (x * (1 - x)) : 0),
    },
    variants: [{ sigmoidDensity: (x) => (inside(x) ? normal(Math.log2(x / (1 - x))) / (x * (1 - x)) : 0) }],
  },
  {
    id: "half-of-the-slope",
    explanation:
      "Of the slope only one factor is there. Differentiate $1/(1 + e^{-z})$ once more and write the result with $x$ and $1 - x$: both occur.",
    implementation: { sigmoidDensity: (x) => (inside(x) ? normal(logit(x)) / (1 - x) : 0) },
    variants: [{ sigmoidDensity: (x) => (inside(x) ? normal(logit(x)) / x : 0) }],
  },
  {
    id: "constant-of-the-normal-density",
    explanation:
      "A constant is off, the same everywhere: the normal density begins with $1/\\sqrt{2\\pi}$, the root over the whole of $2\\pi$, all of it below the line.",
    implementation: {
      sigmoidDensity: (x) => (inside(x) ? Math.exp(-0.5 * logit(x) ** 2) / (2 * Math.PI) / (x * (1 - x)) : 0),
    },
    variants: [
      Math.PI / Math.sqrt(2),
      1 / (Math.sqrt(2) * Math.PI),
      1 / Math.sqrt(Math.PI),
      Math.sqrt(2 * Math.PI),
      1 / Math.sqrt(2),
    ].map((constant) => ({
      sigmoidDensity: (x: number) =>
        inside(x) ? (constant * Math.exp(-0.5 * logit(x) ** 2)) / (x * (1 - x)) : 0,
    })),
  },
  {
    id: "inverse-without-logarithm",
    explanation: "Your $z$ is the ratio $x/(1 - x)$ itself. That is $e^z$: one step back is still missing.",
    implementation: { sigmoidDensity: (x) => (inside(x) ? normal(x / (1 - x)) / (x * (1 - x)) : 0) },
    variants: [{ sigmoidDensity: (x) => (inside(x) ? normal((1 - x) / x) / (x * (1 - x)) : 0) }],
  },
  {
    id: "logarithm-of-x-alone",
    explanation: "Your $z$ is $\\log x$. Solve $x = 1/(1 + e^{-z})$ step by step: $1 - x$ comes in as well.",
    implementation: { sigmoidDensity: (x) => (inside(x) ? normal(Math.log(x)) / (x * (1 - x)) : 0) },
  },
  {
    id: "inverse-instead-of-density",
    explanation:
      "You returned $z = f^{-1}(x)$ itself: the point that leads to $x$. Asked for is how dense the points lie at $x$.",
    implementation: { sigmoidDensity: (x) => (inside(x) ? logit(x) : 0) },
    variants: [{ sigmoidDensity: logit }],
  },
  {
    id: "forward-instead-of-inverse",
    explanation:
      "You applied the sigmoid to $x$. But $x$ is what comes out of it: go back to $z$ first, and ask both the base density and the slope there.",
    implementation: { sigmoidDensity: (x) => normal(sigmoid(x)) / (sigmoid(x) * (1 - sigmoid(x))) },
    variants: [
      { sigmoidDensity: (x) => (inside(x) ? normal(sigmoid(x)) / (sigmoid(x) * (1 - sigmoid(x))) : 0) },
      { sigmoidDensity: (x) => normal(x) / (sigmoid(x) * (1 - sigmoid(x))) },
      { sigmoidDensity: (x) => (inside(x) ? normal(x) / (sigmoid(x) * (1 - sigmoid(x))) : 0) },
      { sigmoidDensity: (x) => (inside(x) ? normal(sigmoid(x)) / (x * (1 - x)) : 0) },
    ],
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "not-a-number-at-the-very-ends",
    implementation: { sigmoidDensity: (x) => (x === 0 || x === 1 ? Number.NaN : truth(x)) },
  },
  {
    id: "slope-of-the-middle",
    implementation: { sigmoidDensity: (x) => (inside(x) ? 4 * normal(logit(x)) : 0) },
  },
  {
    id: "not-a-number-outside",
    implementation: {
      sigmoidDensity: (x) => (x === 0 || x === 1 ? 0 : normal(Math.log(x / (1 - x))) / (x * (1 - x))),
    },
  },
  {
    id: "absolute-value-for-support",
    implementation: {
      sigmoidDensity: (x) =>
        x === 0 || x === 1 ? 0 : normal(Math.log(Math.abs(x / (1 - x)))) / Math.abs(x * (1 - x)),
    },
  },
  { id: "zero-everywhere", implementation: { sigmoidDensity: () => 0 } },
  {
    id: "clamped-away-from-the-ends",
    implementation: { sigmoidDensity: (x) => (inside(x) ? truth(Math.min(Math.max(x, 0.01), 0.99)) : 0) },
  },
  {
    id: "another-density",
    implementation: { sigmoidDensity: (x) => (inside(x) ? 30 * (x * (1 - x)) ** 2 : 0) },
  },
];
