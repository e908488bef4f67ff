import type { Misconception, Mutant } from "../../exercise.ts";
import {
  back,
  endOf,
  forward,
  inside,
  isTextbook,
  normal,
  partBelow,
  type Sigmoid,
  sigmoid,
  type signatures,
  slope,
  truth,
} from "./16-2-sigmoid.domain.ts";
import { texForward } from "./16-2-sigmoid.texts.ts";

export function misconceptions(of: Sigmoid): readonly Misconception<typeof signatures>[] {
  const { low, width } = of;
  const end = endOf(of);
  const here = (x: number): boolean => inside(of, x);
  const z = (x: number): number => back(of, x);
  const steep = (x: number): number => slope(of, x);
  const slopeAtX = (x: number): number => width * sigmoid(x) * (1 - sigmoid(x));
  const ratio = (x: number): number => (x - low) / (end - x);
  /** Where there is no logarithm it is NaN, as in an answer. */
  const formula = (x: number): number => normal(Math.log(ratio(x))) / steep(x);
  return [
    {
      id: "multiplied-by-the-slope",
      explanation: `You **multiplied** by the slope of $f$. It squeezes the whole line into $(${low}, ${end})$, so the density has to ${width === 1 ? "rise" : "change"}: divide by the slope.`,
      implementation: { sigmoidDensity: (x) => (here(x) ? normal(z(x)) * steep(x) : 0) },
      variants: [{ sigmoidDensity: (x) => normal(z(x)) * steep(x) }],
    },
    {
      id: "base-at-x",
      explanation:
        "The slope is right, but you put $x$ into the normal density. The base density belongs to $z$: put $z = f^{-1}(x)$ in.",
      implementation: { sigmoidDensity: (x) => (here(x) ? normal(x) / steep(x) : 0) },
      variants: [{ sigmoidDensity: (x) => normal(x) / steep(x) }],
    },
    {
      id: "slope-at-x",
      explanation: isTextbook(of)
        ? "The base density is right, but you took the slope of the sigmoid at $x$, that is $\\sigma(x)(1 - \\sigma(x))$. It is wanted at $z$, where $\\sigma(z)$ is just $x$."
        : "The base density is right, but you took the slope of $f$ at $x$. It is wanted at $z$, where $f(z)$ is just $x$.",
      implementation: {
        sigmoidDensity: (x) => (here(x) ? normal(z(x)) / slopeAtX(x) : 0),
      },
      variants: [{ sigmoidDensity: (x) => normal(z(x)) / slopeAtX(x) }],
    },
    {
      id: "no-slope",
      explanation: `You returned the base density at $z$ without the factor $1/|f'(z)|$. Check the total mass: squeezing the line into $(${low}, ${end})$ without paying for it ${width === 1 ? "loses most of it" : "does not keep it at 1"}.`,
      implementation: { sigmoidDensity: (x) => (here(x) ? normal(z(x)) : 0) },
      variants: [{ sigmoidDensity: (x) => normal(z(x)) }],
    },
    {
      id: "unnormalised-base",
      explanation:
        "You are a constant factor off, the same everywhere: the normal density starts with $1/\\sqrt{2\\pi}$.",
      implementation: {
        sigmoidDensity: (x) => (here(x) ? Math.exp(-0.5 * z(x) ** 2) / steep(x) : 0),
      },
      variants: [{ sigmoidDensity: (x) => Math.exp(-0.5 * z(x) ** 2) / steep(x) }],
    },
    {
      id: "not-a-number-at-the-ends",
      explanation: `The formula is right, but at the ends and outside it has no value ($0/0$ or $\\infty - \\infty$ there, the logarithm of a negative number here): NaN. Return 0 unless $${low} < x < ${end}$.`,
      implementation: { sigmoidDensity: (x) => formula(x) },
      variants: [
        {
          sigmoidDensity: (x) => (x < low || x > end ? 0 : formula(x)),
        },
      ],
    },

    {
      id: "square-not-halved",
      explanation: "The exponent of the normal density is $-z^2/2$. In yours the $\\tfrac12$ is missing.",
      implementation: {
        sigmoidDensity: (x) => (here(x) ? Math.exp(-(z(x) ** 2)) / Math.sqrt(2 * Math.PI) / steep(x) : 0),
      },
      variants: [{ sigmoidDensity: (x) => (here(x) ? Math.exp(-(z(x) ** 2)) / steep(x) : 0) }],
    },
    {
      id: "exponent-with-plus",
      explanation:
        "The sign in the exponent is wrong: $e^{z^2/2}$ grows without limit, and no density does that on the whole line.",
      implementation: {
        sigmoidDensity: (x) => (here(x) ? Math.exp(z(x) ** 2 / 2) / Math.sqrt(2 * Math.PI) / steep(x) : 0),
      },
    },
    {
      id: "another-logarithm",
      explanation:
        "Your logarithm has another base. The exponential in $f$ is undone by the **natural** logarithm, `Math.log`.",
      implementation: {
        sigmoidDensity: (x) => (here(x) ? normal(Math.log10(ratio(x))) / steep(x) : 0),
      },
      variants: [{ sigmoidDensity: (x) => (here(x) ? normal(Math.log2(ratio(x))) / steep(x) : 0) }],
    },
    {
      id: "half-of-the-slope",
      explanation: `Of the slope only one factor is there. Differentiate $1/(1 + e^{-z})$ once more and write the result with ${isTextbook(of) ? "$x$ and $1 - x$" : `the distances of $x$ from ${low} and from ${end}`}: both occur.`,
      implementation: { sigmoidDensity: (x) => (here(x) ? normal(z(x)) / (end - x) : 0) },
      variants: [{ sigmoidDensity: (x) => (here(x) ? normal(z(x)) / (x - low) : 0) }],
    },
    {
      id: "constant-of-the-normal-density",
      explanation:
        "A constant is off, the same everywhere: the normal density begins with $1/\\sqrt{2\\pi}$, the root over the whole of $2\\pi$, all of it below the line.",
      implementation: {
        sigmoidDensity: (x) => (here(x) ? Math.exp(-0.5 * z(x) ** 2) / (2 * Math.PI) / steep(x) : 0),
      },
      variants: [
        Math.PI / Math.sqrt(2),
        1 / (Math.sqrt(2) * Math.PI),
        1 / Math.sqrt(Math.PI),
        Math.sqrt(2 * Math.PI),
        1 / Math.sqrt(2),
      ].map((constant) => ({
        sigmoidDensity: (x: number) => (here(x) ? (constant * Math.exp(-0.5 * z(x) ** 2)) / steep(x) : 0),
      })),
    },
    {
      id: "inverse-without-logarithm",
      explanation: `Your $z$ is the ratio ${isTextbook(of) ? "$x/(1 - x)$" : "of the two distances"} itself. That is $e^z$: one step back is still missing.`,
      implementation: { sigmoidDensity: (x) => (here(x) ? normal(ratio(x)) / steep(x) : 0) },
      variants: [{ sigmoidDensity: (x) => (here(x) ? normal(1 / ratio(x)) / steep(x) : 0) }],
    },
    {
      id: "logarithm-of-x-alone",
      explanation: isTextbook(of)
        ? "Your $z$ is $\\log x$. Solve $x = 1/(1 + e^{-z})$ step by step: $1 - x$ comes in as well."
        : `Your $z$ is the logarithm of the part of the interval below $x$. Solve $x = ${texForward(of)}$ step by step: the part above $x$ comes in as well.`,
      implementation: {
        sigmoidDensity: (x) => (here(x) ? normal(Math.log(partBelow(of, x))) / steep(x) : 0),
      },
    },
    {
      id: "inverse-instead-of-density",
      explanation:
        "You returned $z = f^{-1}(x)$ itself: the point that leads to $x$. Asked for is how dense the points lie at $x$.",
      implementation: { sigmoidDensity: (x) => (here(x) ? z(x) : 0) },
      variants: [{ sigmoidDensity: z }],
    },
    {
      id: "forward-instead-of-inverse",
      explanation:
        "You applied the sigmoid to $x$. But $x$ is what comes out of it: go back to $z$ first, and ask both the base density and the slope there.",
      implementation: { sigmoidDensity: (x) => normal(forward(of, x)) / slopeAtX(x) },
      variants: [
        { sigmoidDensity: (x) => (here(x) ? normal(forward(of, x)) / slopeAtX(x) : 0) },
        { sigmoidDensity: (x) => normal(x) / slopeAtX(x) },
        { sigmoidDensity: (x) => (here(x) ? normal(x) / slopeAtX(x) : 0) },
        { sigmoidDensity: (x) => (here(x) ? normal(forward(of, x)) / steep(x) : 0) },
      ],
    },
  ];
}

/** Wrong programs without a story. */
export function mutants(of: Sigmoid): readonly Mutant<typeof signatures>[] {
  const { low, width } = of;
  const end = endOf(of);
  const ratio = (x: number): number => (x - low) / (end - x);
  const atEnd = (x: number): boolean => x === low || x === end;
  return [
    {
      id: "not-a-number-at-the-very-ends",
      implementation: { sigmoidDensity: (x) => (atEnd(x) ? Number.NaN : truth(of, x)) },
    },
    {
      id: "slope-of-the-middle",
      implementation: { sigmoidDensity: (x) => (inside(of, x) ? (4 / width) * normal(back(of, x)) : 0) },
    },
    {
      id: "not-a-number-outside",
      implementation: {
        sigmoidDensity: (x) => (atEnd(x) ? 0 : normal(Math.log(ratio(x))) / slope(of, x)),
      },
    },
    {
      id: "absolute-value-for-support",
      implementation: {
        sigmoidDensity: (x) => (atEnd(x) ? 0 : normal(Math.log(Math.abs(ratio(x)))) / Math.abs(slope(of, x))),
      },
    },
    { id: "zero-everywhere", implementation: { sigmoidDensity: () => 0 } },
    {
      id: "clamped-away-from-the-ends",
      implementation: {
        sigmoidDensity: (x) =>
          inside(of, x) ? truth(of, Math.min(Math.max(x, low + 0.01 * width), low + 0.99 * width)) : 0,
      },
    },
    {
      id: "another-density",
      implementation: {
        sigmoidDensity: (x) => (inside(of, x) ? (30 * (slope(of, x) / width) ** 2) / width : 0),
      },
    },
  ];
}
