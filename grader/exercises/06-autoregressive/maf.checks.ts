import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check, CheckContext } from "../../exercise.ts";
import { generateOf, latentOf, type Made, mafLogDensity } from "./autoregression.affine.ts";
import { describeCall, regions } from "./autoregression.draws.ts";
import { domains, flatConditioner, type signatures } from "./maf.domain.ts";

const LOG_2PI = Math.log(2 * Math.PI);

/** Two numbers, no scale: μ₂ = 3 x₁ + 1. The sevens do not count. */
const SHIFTING: Made = [
  [
    [0, 0],
    [0, 0],
  ],
  [0, 0],
  [
    [7, 7],
    [3, 7],
  ],
  [0, 1],
];
/** No shift: α₁ = tanh 50 = 1 to all digits, α₂ = tanh(50 x₁). */
const SCALING: Made = [
  [
    [7, 7],
    [50, 7],
  ],
  [50, 0],
  [
    [0, 0],
    [0, 0],
  ],
  [0, 0],
];

type Context = CheckContext<typeof signatures>;

async function askAll(
  { learner, random, expect }: Context,
  name: "latents" | "logDensity" | "generate",
  truth: (made: Made, point: number[]) => number | number[],
): Promise<void> {
  for (const { inputs } of strata(random, regions)) {
    const [A, a, M, m, point] = inputs;
    const want = truth([A, a, M, m], point);
    expect.close(await learner[name](A, a, M, m, point), want, {
      ...allowedErrors(domains[name], want, ...inputs),
      input: () => describeCall(name, ...inputs),
    });
  }
}

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "the conditioner: log-scales and shifts of all numbers, each from the numbers before it",
    points: 1,
    hints: [
      {
        test: async (learner) => ({
          got: (await learner.conditioner(...SHIFTING, [2, 5])).mu,
          want: [0, 7],
        }),
        text: "Begin with two numbers, $\\mu_1 = 0$ and $\\mu_2 = 3x_1 + 1$. At $x = (2, 5)$ the shifts are 0 and 7. (The sevens in $M$ lie on the diagonal or above it: they do not count.)",
      },
      {
        test: async (learner) => ({
          got: (await learner.conditioner(...SCALING, [2, 5])).alpha,
          want: [1, 1],
        }),
        text: "Shifts are right. Log-scales go through a tanh: $\\tanh 50$ and $\\tanh(50 \\cdot 2)$ are 1 to all digits.",
      },
      {
        text: "Two numbers are right. With more, row $i$ of $A$ and $M$ is multiplied by the numbers *before* $i$, and by no others: `j < i`.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, regions)) {
        const [A, a, M, m, point] = inputs;
        const want = flatConditioner([A, a, M, m], point);
        const { alpha, mu } = await learner.conditioner(A, a, M, m, point);
        const lengths = alpha.length === point.length && mu.length === point.length;
        expect.close([...alpha, ...mu], want, {
          ...allowedErrors(domains.conditioner, want, ...inputs),
          input: () => describeCall("conditioner", ...inputs),
          message: lengths
            ? "the numbers of alpha, then those of mu"
            : `alpha and mu have one number for each of x, ${point.length}; yours have ${alpha.length} and ${mu.length}`,
        });
      }
    },
  },
  {
    name: "from x to z, each number under what the numbers before it say",
    points: 2,
    hints: [
      {
        test: async (learner) => ({ got: await learner.latents(...SHIFTING, [2, 5]), want: [2, -2] }),
        text: "Begin with two numbers and no scale, $\\alpha = (0, 0)$, $\\mu_1 = 0$, $\\mu_2 = 3x_1 + 1$. At $x = (2, 5)$ the shifts are 0 and 7, so $z = (2, -2)$.",
      },
      {
        test: async (learner) => ({
          got: await learner.latents(...SCALING, [2, 5]),
          want: [2 / Math.E, 5 / Math.E],
        }),
        text: "Shifts are right. Now $\\mu = 0$, and both log-scales are $\\tanh$ of something large, 1 to all digits: $x = (2, 5)$ comes from $z = (2/e, 5/e)$.",
      },
      {
        text: "Two numbers are right. With more: all of $x$ is known, so what your `conditioner` gives for $x$ is all that is needed, $z_i = (x_i - \\mu_i)\\,e^{-\\alpha_i}$.",
      },
    ],
    run: (context) => askAll(context, "latents", latentOf),
  },
  {
    name: "the log-density of x",
    points: 2,
    hints: [
      {
        test: async (learner) => ({
          got: await learner.logDensity(...SHIFTING, [2, 7]),
          want: -2 - LOG_2PI,
        }),
        text: "Without scales nothing is stretched. $x = (2, 7)$ comes from $z = (2, 0)$, whose log-density under two standard normals is $-\\tfrac12 \\cdot 2^2 - 2 \\cdot \\tfrac12 \\log 2\\pi$.",
      },
      {
        test: async (learner) => ({
          got: await learner.logDensity(...SCALING, [0, 0]),
          want: -LOG_2PI - 1,
        }),
        text: "Without scales you are right. Now $\\mu = 0$, $\\alpha_1 = 1$ and, at $x = (0, 0)$, $\\alpha_2 = 0$: the map stretches by $e$, so the density of $x$ is *divided* by $e$.",
      },
      {
        text: "Small cases are right. $\\log Pr(x) = \\sum_i \\big(-\\tfrac12 z_i^2 - \\tfrac12 \\log 2\\pi - \\alpha_i\\big)$, with the $z$ of your `latents`.",
      },
    ],
    run: (context) => askAll(context, "logDensity", mafLogDensity),
  },
  {
    name: "from z to x, one number after the other",
    points: 2,
    hints: [
      {
        test: async (learner) => ({ got: await learner.generate(...SHIFTING, [2, -2]), want: [2, 5] }),
        text: "With $\\mu_1 = 0$ and $\\mu_2 = 3x_1 + 1$, no scale: $z = (2, -2)$ gives $x_1 = 2$ first, and then $x_2 = -2 + 7$.",
      },
      {
        test: async (learner) => ({
          got: await learner.generate(...SCALING, [2, 5]),
          want: [2 * Math.E, 5 * Math.E],
        }),
        text: "Shifts are right. Now without them: $\\alpha_1 = 1$, so $x_1 = 2e$, and $\\alpha_2 = \\tanh(50 x_1)$ is 1, too.",
      },
      {
        text: "Two numbers are right. With more: what steers $x_3$ are the finished $x_1$ and $x_2$, not $z_1$ and $z_2$.",
      },
    ],
    run: (context) => askAll(context, "generate", generateOf),
  },
];
