import type { Misconception, Mutant } from "../../exercise.ts";
import { moments, type Parameters, type signatures } from "./gradient-step.domain.ts";

/** A program whose step is worked out from the means of z and of z². */
const stepping = (
  step: (means: { z: number; zz: number }, a: number, b: number, rate: number) => Parameters,
) => ({
  gradientStep: (data: readonly number[], a: number, b: number, rate: number) =>
    step(moments(data, a, b), a, b, rate),
});

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "uphill",
    explanation:
      "You went up. Gradient descent subtracts the gradient, since we want the negative log-likelihood to fall.",
    implementation: {
      gradientStep: (data, a, b, rate) => {
        const { z, zz } = moments(data, a, b);
        return { a: a + rate * (1 - zz), b: b - rate * Math.exp(-a) * z };
      },
    },
  },
  {
    id: "sum-instead-of-average",
    explanation:
      "Your step is as many times too long as there are data points: the gradient of the **average** is asked for, so that the learning rate does not depend on the size of the data set.",
    implementation: {
      gradientStep: (data, a, b, rate) => {
        const { z, zz } = moments(data, a, b);
        const n = data.length;
        return { a: a - rate * n * (1 - zz), b: b + rate * n * Math.exp(-a) * z };
      },
    },
  },
  {
    id: "chain-rule-without-the-scale",
    explanation:
      "The inner derivative is missing in $b$: $z = (x - b)e^{-a}$, so $\\partial z/\\partial b = -e^{-a}$, not $-1$.",
    implementation: {
      gradientStep: (data, a, b, rate) => {
        const { z, zz } = moments(data, a, b);
        return { a: a - rate * (1 - zz), b: b + rate * z };
      },
    },
  },
  {
    id: "one-after-the-other",
    explanation:
      "You used the new $a$ in the gradient for $b$. Both gradients belong to the same point: compute them first, then move.",
    implementation: {
      gradientStep: (data, a, b, rate) => {
        const next = a - rate * (1 - moments(data, a, b).zz);
        return { a: next, b: b + rate * Math.exp(-next) * moments(data, next, b).z };
      },
    },
  },
  {
    id: "log-slope-forgotten",
    explanation:
      "The 1 in $\\partial L/\\partial a = 1 - \\overline{z^2}$ is missing: it comes from $\\log|f'| = a$, the price of stretching. Without it $a$ grows for ever.",
    implementation: {
      gradientStep: (data, a, b, rate) => {
        const { z, zz } = moments(data, a, b);
        return { a: a + rate * zz, b: b + rate * Math.exp(-a) * z };
      },
    },
  },
  {
    id: "sign-of-the-inner-derivative",
    explanation:
      "$a$ moves as it should, $b$ the wrong way. A larger $b$ makes $z = (x - b)e^{-a}$ *smaller*: the inner derivative is negative.",
    implementation: {
      gradientStep: (data, a, b, rate) => {
        const { z, zz } = moments(data, a, b);
        return { a: a - rate * (1 - zz), b: b - rate * Math.exp(-a) * z };
      },
    },
  },
  {
    id: "half-kept",
    explanation:
      "The $\\tfrac12$ in front of $z_i^2$ is still there in your $\\partial L/\\partial a$. The derivative of a square brings a factor 2, which cancels it.",
    implementation: {
      gradientStep: (data, a, b, rate) => {
        const { z, zz } = moments(data, a, b);
        return { a: a - rate * (1 - 0.5 * zz), b: b + rate * Math.exp(-a) * z };
      },
    },
  },
  {
    id: "b-before-a",
    explanation:
      "You used the new $b$ in the gradient for $a$. Both gradients belong to the same point: compute them first, then move.",
    implementation: {
      gradientStep: (data, a, b, rate) => {
        const next = b + rate * Math.exp(-a) * moments(data, a, b).z;
        return { a: a - rate * (1 - moments(data, a, next).zz), b: next };
      },
    },
  },
  {
    id: "gradient-instead-of-step",
    explanation:
      "You returned the gradient. A step starts from where you are: old value, minus rate times gradient.",
    implementation: stepping(({ z, zz }, a) => ({ a: 1 - zz, b: -Math.exp(-a) * z })),
    variants: [stepping(({ z, zz }, a) => ({ a: zz - 1, b: Math.exp(-a) * z }))],
  },
  {
    id: "change-instead-of-new-value",
    explanation:
      "You returned by how much $a$ and $b$ change. Asked for are their new values: add the change to the old ones.",
    implementation: stepping(({ z, zz }, a, _b, rate) => ({
      a: -rate * (1 - zz),
      b: rate * Math.exp(-a) * z,
    })),
    variants: [stepping(({ z, zz }, a, _b, rate) => ({ a: rate * (1 - zz), b: -rate * Math.exp(-a) * z }))],
  },
  {
    id: "rate-forgotten",
    explanation:
      "The learning rate is not in your step: it is as long as the gradient, whatever `rate` says.",
    implementation: stepping(({ z, zz }, a, b) => ({ a: a - (1 - zz), b: b + Math.exp(-a) * z })),
    variants: [stepping(({ z, zz }, a, b) => ({ a: a + (1 - zz), b: b - Math.exp(-a) * z }))],
  },
  {
    id: "half-forgotten",
    explanation:
      "$\\tfrac12 z_i^2$ has the derivative $z_i$ times the inner derivative. Your step is that of $z_i^2$, without the $\\tfrac12$.",
    implementation: stepping(({ z, zz }, a, b, rate) => ({
      a: a - rate * (1 - 2 * zz),
      b: b + 2 * rate * Math.exp(-a) * z,
    })),
    variants: [
      stepping(({ z, zz }, a, b, rate) => ({ a: a - rate * (1 - 2 * zz), b: b + rate * Math.exp(-a) * z })),
      stepping(({ z, zz }, a, b, rate) => ({ a: a - rate * (1 - zz), b: b + 2 * rate * Math.exp(-a) * z })),
      stepping(({ z, zz }, a, b, rate) => ({
        a: a - rate * 2 * (1 - zz),
        b: b + 2 * rate * Math.exp(-a) * z,
      })),
    ],
  },
  {
    id: "square-of-z-forgotten",
    explanation:
      "In $\\partial L/\\partial a$ the chain rule gives two factors: $z_i$ from the square, and $\\partial z_i/\\partial a = -z_i$ from inside. In yours there is one.",
    implementation: stepping(({ z }, a, b, rate) => ({
      a: a - rate * (1 + z),
      b: b + rate * Math.exp(-a) * z,
    })),
    variants: [stepping(({ z }, a, b, rate) => ({ a: a - rate * (1 - z), b: b + rate * Math.exp(-a) * z }))],
  },
  {
    id: "square-of-the-mean",
    explanation:
      "You squared the average of the $z_i$. Asked for is the average of the squares, which is larger by the variance.",
    implementation: stepping(({ z }, a, b, rate) => ({
      a: a - rate * (1 - z * z),
      b: b + rate * Math.exp(-a) * z,
    })),
  },
  {
    id: "jumps-to-the-optimum",
    explanation:
      "You returned the best fit itself, the mean and the logarithm of the standard deviation. Asked for is **one step** towards it, from the given $a$ and $b$.",
    implementation: {
      gradientStep: (data) => {
        const { z, zz } = moments(data, 0, 0);
        return { a: 0.5 * Math.log(zz - z * z), b: z };
      },
    },
  },
  {
    id: "inner-derivative-upside-down",
    explanation:
      "The inner derivative of $b$ is upside down: $z = (x - b)e^{-a}$, so $\\partial z/\\partial b = -e^{-a}$, not $-e^{a}$.",
    implementation: stepping(({ z, zz }, a, b, rate) => ({
      a: a - rate * (1 - zz),
      b: b + rate * Math.exp(a) * z,
    })),
  },
  {
    id: "scale-forgotten-in-z",
    explanation: "Your $z_i$ is $x_i - b$. The factor $e^{-a}$ belongs to it.",
    implementation: {
      gradientStep: (data, a, b, rate) => {
        const { z, zz } = moments(data, 0, b);
        return { a: a - rate * (1 - zz), b: b + rate * Math.exp(-a) * z };
      },
    },
    variants: [
      {
        gradientStep: (data, a, b, rate) => {
          const { z, zz } = moments(data, 0, b);
          return { a: a - rate * (1 - zz), b: b + rate * z };
        },
      },
    ],
  },
  {
    id: "exponential-of-a-forgotten",
    explanation: "You divided by $a$. The slope of $f$ is $e^a$: $z = (x - b)e^{-a}$.",
    implementation: {
      gradientStep: (data, a, b, rate) => {
        const { z, zz } = moments(data, Math.log(Math.abs(a)), b);
        return { a: a - rate * (1 - zz), b: b + (rate * Math.sign(a) * z) / a };
      },
    },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "at-most-two-points",
    implementation: {
      gradientStep: (data, a, b, rate) => {
        const { z, zz } = moments(data.slice(0, 2), a, b);
        return { a: a - rate * (1 - zz), b: b + rate * Math.exp(-a) * z };
      },
    },
  },
  { id: "stays", implementation: { gradientStep: (_data, a, b) => ({ a, b }) } },
];
