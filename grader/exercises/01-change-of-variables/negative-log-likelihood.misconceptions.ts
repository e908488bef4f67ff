import type { Misconception, Mutant } from "../../exercise.ts";
import { HALF_LOG_2PI, type signatures, squares, truth } from "./negative-log-likelihood.domain.ts";

/** −log of what the density becomes when something keeps it above 0. */
const through =
  (keep: (density: number) => number) =>
  (data: readonly number[], a: number, b: number): number =>
    data.reduce(
      (sum, x) =>
        sum + a - Math.log(keep(Math.exp(-0.5 * ((x - b) * Math.exp(-a)) ** 2) / Math.sqrt(2 * Math.PI))),
      0,
    );

const TINY = [
  5e-324,
  1e-300,
  1e-100,
  1e-50,
  1e-40,
  1e-32,
  1e-30,
  1e-20,
  1e-16,
  Number.EPSILON,
  1e-15,
  1e-12,
  1e-10,
  1e-9,
  1e-8,
  1e-7,
  1e-6,
];

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "shift-added",
    explanation:
      "You added $b$ where the inverse takes it away: from $x = e^a z + b$ follows $x - b = e^a z$.",
    implementation: {
      negativeLogLikelihood: (data, a, b) => squares(data, a, -b) + data.length * (HALF_LOG_2PI + a),
    },
  },
  {
    id: "sign-of-the-misprint",
    explanation:
      "You subtracted $\\log|f'|$. The third line of equation 16.2 is printed with an exponent $-1$ that does not belong there: stretching by $|f'|$ lowers the density, so it **adds** $\\log|f'|$ to the negative log-likelihood.",
    implementation: {
      negativeLogLikelihood: (data, a, b) => squares(data, a, b) + data.length * (HALF_LOG_2PI - a),
    },
  },
  {
    id: "no-slope",
    explanation:
      "The term $\\log|f'(z)|$ is missing. Without it a model could make every $z$ small by stretching without limit, at no cost.",
    implementation: {
      negativeLogLikelihood: (data, a, b) => squares(data, a, b) + data.length * HALF_LOG_2PI,
    },
  },
  {
    id: "mean-instead-of-sum",
    explanation:
      "You returned the mean over the data. Both are useful; equation 16.2 and this exercise ask for the sum.",
    implementation: {
      negativeLogLikelihood: (data, a, b) => squares(data, a, b) / data.length + HALF_LOG_2PI + a,
    },
  },
  {
    id: "unnormalised-base",
    explanation:
      "A constant $\\tfrac12 \\log 2\\pi$ a point is missing: the normal density starts with $1/\\sqrt{2\\pi}$. It does not move the optimum, but without it the value is no likelihood.",
    implementation: { negativeLogLikelihood: (data, a, b) => squares(data, a, b) + data.length * a },
  },
  {
    id: "not-negated",
    explanation: "This is the log-likelihood. Training minimises, so the *negative* is asked for.",
    implementation: {
      negativeLogLikelihood: (data, a, b) => -(squares(data, a, b) + data.length * (HALF_LOG_2PI + a)),
    },
  },
  {
    id: "inverse-forgets-the-shift",
    explanation:
      "You divided by $e^a$ before taking $b$ away. Undo the last step first: $z = (x - b)e^{-a}$.",
    implementation: {
      negativeLogLikelihood: (data, a, b) =>
        data.reduce((sum, x) => sum + 0.5 * (x * Math.exp(-a) - b) ** 2 + HALF_LOG_2PI + a, 0),
    },
  },
  {
    id: "logarithm-of-an-underflow",
    explanation:
      "You compute the density first and then its logarithm. Far out the density underflows to 0 and the logarithm is infinite; work with logarithms from the start.",
    implementation: {
      negativeLogLikelihood: (data, a, b) =>
        data.reduce((sum, x) => {
          const z = (x - b) * Math.exp(-a);
          return sum - Math.log(Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI) / Math.exp(a));
        }, 0),
    },
  },

  {
    id: "forward-instead-of-inverse",
    explanation:
      "You applied $f$ to the data. The data are $x$, what comes **out** of $f$: each needs the $z$ that leads to it.",
    implementation: {
      negativeLogLikelihood: (data, a, b) =>
        data.reduce((sum, x) => sum + 0.5 * (Math.exp(a) * x + b) ** 2 + HALF_LOG_2PI + a, 0),
    },
    variants: [
      {
        negativeLogLikelihood: (data, a, b) =>
          data.reduce((sum, x) => sum + 0.5 * (Math.exp(a) * x + b) ** 2 + HALF_LOG_2PI - a, 0),
      },
    ],
  },
  {
    id: "scale-multiplied",
    explanation:
      "You multiplied by $e^a$ where the inverse divides by it: from $x = e^a z + b$ follows $z = (x - b)e^{-a}$.",
    implementation: {
      negativeLogLikelihood: (data, a, b) => squares(data, -a, b) + data.length * (HALF_LOG_2PI + a),
    },
  },
  {
    id: "exponential-of-a-forgotten",
    explanation:
      "You took $a$ itself for the slope. The slope of $f$ is $e^a$, which is positive whatever $a$ is, and its logarithm is $a$.",
    implementation: {
      negativeLogLikelihood: (data, a, b) =>
        data.reduce((sum, x) => sum + 0.5 * ((x - b) / a) ** 2 + HALF_LOG_2PI + Math.log(Math.abs(a)), 0),
    },
    variants: [
      {
        negativeLogLikelihood: (data, a, b) =>
          data.reduce((sum, x) => sum + 0.5 * ((x - b) / a) ** 2 + HALF_LOG_2PI + a, 0),
      },
      {
        negativeLogLikelihood: (data, a, b) =>
          data.reduce((sum, x) => sum + 0.5 * ((x - b) / a) ** 2 + HALF_LOG_2PI + Math.log(a), 0),
      },
    ],
  },
  {
    id: "slope-without-logarithm",
    explanation:
      "You added the slope $e^a$. What belongs there is its **logarithm**: the logarithm of a product is the sum of the logarithms.",
    implementation: {
      negativeLogLikelihood: (data, a, b) => squares(data, a, b) + data.length * (HALF_LOG_2PI + Math.exp(a)),
    },
  },
  {
    id: "logarithm-of-a",
    explanation:
      "You took the logarithm of $a$. But $a$ is not the slope of $f$: differentiate $f$ first, and take the logarithm of that.",
    implementation: {
      negativeLogLikelihood: (data, a, b) =>
        squares(data, a, b) + data.length * (HALF_LOG_2PI + Math.log(Math.abs(a))),
    },
  },
  {
    id: "once-instead-of-for-each",
    explanation:
      "A term that belongs to **each** data point is in your value only once. Which of the terms stand inside the sum, and which beside it?",
    implementation: {
      negativeLogLikelihood: (data, a, b) => squares(data, a, b) + data.length * HALF_LOG_2PI + a,
    },
    variants: [
      { negativeLogLikelihood: (data, a, b) => squares(data, a, b) + HALF_LOG_2PI + data.length * a },
      { negativeLogLikelihood: (data, a, b) => squares(data, a, b) + HALF_LOG_2PI + a },
    ],
  },
  {
    id: "bits-instead-of-nats",
    explanation:
      "Your value is right in **bits**. Nats are asked for: the unit of the natural logarithm, without a division by $\\log 2$.",
    implementation: { negativeLogLikelihood: (data, a, b) => truth(data, a, b) / Math.LN2 },
    variants: [{ negativeLogLikelihood: (data, a, b) => truth(data, a, b) / Math.LN2 / data.length }],
  },
  {
    id: "constant-not-halved",
    explanation:
      "The constant is not right: $1/\\sqrt{2\\pi}$ has the logarithm $-\\tfrac12\\log 2\\pi$. A root halves a logarithm, and it stands over the whole of $2\\pi$.",
    implementation: {
      negativeLogLikelihood: (data, a, b) => squares(data, a, b) + data.length * (2 * HALF_LOG_2PI + a),
    },
    variants: [
      Math.log(Math.sqrt(2) * Math.PI),
      0.5 * Math.log(Math.PI),
      0.5 * Math.log(2),
      Math.sqrt(2 * Math.PI),
      -HALF_LOG_2PI,
      0.5 * Math.log(2) * Math.PI,
    ].map((constant) => ({
      negativeLogLikelihood: (data: readonly number[], a: number, b: number) =>
        squares(data, a, b) + data.length * (constant + a),
    })),
  },
  {
    id: "square-not-halved",
    explanation: "The term of the base density is $\\tfrac12 z^2$. In yours the $\\tfrac12$ is missing.",
    implementation: {
      negativeLogLikelihood: (data, a, b) => 2 * squares(data, a, b) + data.length * (HALF_LOG_2PI + a),
    },
  },
  {
    id: "clamped-logarithm",
    explanation:
      "Something keeps the density above 0 so that its logarithm stays finite: a number added to it, or a smallest value. Far out that number decides, and the answer no longer depends on the data. Take the logarithm on paper, and nothing underflows.",
    implementation: { negativeLogLikelihood: through((density) => density + 1e-300) },
    variants: TINY.flatMap((tiny) => [
      { negativeLogLikelihood: through((density) => density + tiny) },
      { negativeLogLikelihood: through((density) => Math.max(density, tiny)) },
    ]),
  },
  {
    id: "logarithm-of-the-sum",
    explanation:
      "You added up the densities and took one logarithm. The points are independent, so their densities **multiply**; the logarithm of the product is the sum of the logarithms.",
    implementation: {
      negativeLogLikelihood: (data, a, b) =>
        -Math.log(data.reduce((sum, x) => sum + Math.exp(-truth([x], a, b)), 0)),
    },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "first-two-points-only",
    implementation: { negativeLogLikelihood: (data, a, b) => truth(data.slice(0, 2), a, b) },
  },
];
