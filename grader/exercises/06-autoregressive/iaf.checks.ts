import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import type { Made } from "./autoregression.affine.ts";
import { describeCall, regions } from "./autoregression.draws.ts";
import { densityOf, domains, sampleOf, type signatures } from "./iaf.domain.ts";

const LOG_2PI = Math.log(2 * Math.PI);
const none = [
  [0, 0],
  [0, 0],
];
/** No scale, μ₂ = 3 z₁ + 1. The sevens do not count. */
const SHIFTING: Made = [
  none,
  [0, 0],
  [
    [7, 7],
    [3, 7],
  ],
  [0, 1],
];
/** No shift: α₁ = tanh 50 = 1 to all digits, α₂ = tanh(50 z₁). */
const SCALING: Made = [
  [
    [7, 7],
    [50, 7],
  ],
  [50, 0],
  none,
  [0, 0],
];
/** No scale: x₁ = z₁ + 10, and μ₂ = z₁, so that it shows which of the two steers. */
const MOVED: Made = [
  none,
  [0, 0],
  [
    [7, 7],
    [1, 7],
  ],
  [10, 0],
];

/** α₂ = tanh z₁, and x₁ = z₁ + 10, so that it shows where log-scales come from. */
const WIDENING: Made = [
  [
    [7, 7],
    [1, 7],
  ],
  [0, 0],
  none,
  [10, 0],
];

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "samples x, and gives the log-density of what it has drawn",
    points: 3,
    hints: [
      {
        test: async (learner) => ({ got: (await learner.iafSample(...SHIFTING, [2, 5])).x, want: [2, 12] }),
        text: "Begin with two numbers and no scale, $\\mu_1 = 0$ and $\\mu_2 = 3z_1 + 1$. At $z = (2, 5)$ the shifts are 0 and 7, so $x = (2, 12)$.",
      },
      {
        test: async (learner) => ({
          got: (await learner.iafSample(...MOVED, [2, 5])).x,
          want: [12, 7],
        }),
        text: "Now $\\mu_1 = 10$ and $\\mu_2 = z_1$. At $z = (2, 5)$ comes $x_1 = 12$, and $x_2 = 5 + 2$: what steers is $z_1$, not the $x_1$ that has just been made.",
      },
      {
        test: async (learner) => ({
          got: (await learner.iafSample(...SCALING, [2, 5])).x,
          want: [2 * Math.E, 5 * Math.E],
        }),
        text: "Shifts are right. Now $\\mu = 0$, and both log-scales are a tanh of something large, 1 to all digits: $z = (2, 5)$ becomes $(2e, 5e)$.",
      },
      {
        test: async (learner) => ({
          got: (await learner.iafSample(...MOVED, [2, 0])).logDensity,
          want: -2 - LOG_2PI,
        }),
        text: "The sample is right, the density is not. Without scales nothing is stretched, so the density of $x$ is that of $z = (2, 0)$ under the base: $-\\tfrac12 \\cdot 2^2 - 2 \\cdot \\tfrac12 \\log 2\\pi$. You have $z$ in your hands.",
      },
      {
        test: async (learner) => ({
          got: (await learner.iafSample(...SCALING, [2, 0])).logDensity,
          want: -2 - LOG_2PI - 2,
        }),
        text: "Without scales the density is right, too. With $\\alpha = (1, 1)$ areas grow by $e^2$ from $z$ to $x$, and the density is *divided* by that.",
      },
      {
        test: async (learner) => ({
          got: (await learner.iafSample(...WIDENING, [0.5, 0])).logDensity,
          want: -0.125 - LOG_2PI - Math.tanh(0.5),
        }),
        text: "Now $\\alpha_1 = 0$, $\\alpha_2 = \\tanh z_1$ and $\\mu_1 = 10$. At $z = (\\tfrac12, 0)$ the log-density is $-\\tfrac18 - \\log 2\\pi - \\tanh\\tfrac12$: the log-scales are those that have made $x$, computed from $z$.",
      },
      {
        text: "Two numbers are right. With more, row $i$ of $A$ and $M$ is multiplied by $z_1, \\dots, z_{i-1}$ and by nothing else.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, regions)) {
        const [A, a, M, m, z] = inputs;
        const right = sampleOf([A, a, M, m], z);
        const want = [...right.x, right.logDensity];
        const { x, logDensity } = await learner.iafSample(A, a, M, m, z);
        expect.close([...x, logDensity], want, {
          ...allowedErrors(domains.iafSample, want, ...inputs),
          input: () => describeCall("iafSample", ...inputs),
          message:
            x.length === z.length
              ? "the numbers of x, then the log-density"
              : `x has as many numbers as z, ${z.length}; yours has ${x.length}`,
        });
      }
    },
  },
  {
    name: "the log-density of a point that somebody else has drawn",
    points: 2,
    hints: [
      {
        test: async (learner) => ({
          got: await learner.iafLogDensity(...SHIFTING, [2, 7]),
          want: -2 - LOG_2PI,
        }),
        text: "No scale, $\\mu_1 = 0$ and $\\mu_2 = 3z_1 + 1$. $x = (2, 7)$: first $z_1 = 2$, so the second shift is 7 and $z_2 = 0$. The log-density is that of $(2, 0)$ under the base.",
      },
      {
        test: async (learner) => ({
          got: await learner.iafLogDensity(...MOVED, [12, 2]),
          want: -2 - LOG_2PI,
        }),
        text: "Now $\\mu_1 = 10$ and $\\mu_2 = z_1$. $x = (12, 2)$: first $z_1 = 12 - 10$, then the second shift from this **$z_1$**, 2, and $z_2 = 0$. Steered by $x_1$ it would be 12.",
      },
      {
        test: async (learner) => ({
          got: await learner.iafLogDensity(...SCALING, [2 * Math.E, 0]),
          want: -2 - LOG_2PI - 2,
        }),
        text: "Without scales you are right. Now $\\mu = 0$, and both log-scales are 1 to all digits: $x = (2e, 0)$ comes from $z = (2, 0)$, as one divides by $e$ on the way back, and its log-density is that of $z$ *less* $1 + 1$.",
      },
      {
        test: async (learner) => ({
          got: await learner.iafLogDensity(...WIDENING, [10.5, 0]),
          want: -0.125 - LOG_2PI - Math.tanh(0.5),
        }),
        text: "Now $\\alpha_1 = 0$, $\\alpha_2 = \\tanh z_1$ and $\\mu_1 = 10$. $x = (10.5, 0)$ comes from $z = (\\tfrac12, 0)$, and $\\alpha_2 = \\tanh\\tfrac12$: from $z_1$, not from $x_1$.",
      },
      {
        text: "Two numbers are right. Find $z_1$, then $z_2$ from it, and so on; with all of $z$ the log-density is what `iafSample` gives for it.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, regions)) {
        const [A, a, M, m, x] = inputs;
        const want = densityOf([A, a, M, m], x);
        expect.close(await learner.iafLogDensity(A, a, M, m, x), want, {
          ...allowedErrors(domains.iafLogDensity, want, ...inputs),
          input: () => describeCall("iafLogDensity", ...inputs),
        });
      }
    },
  },
];
