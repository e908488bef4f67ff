import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { domain, type Parameters, regions, sample, type signatures, truth } from "./gradient-step.domain.ts";

/** Shifted and scaled to mean 0 and mean square 1. */
function standardise(data: readonly number[]): number[] {
  const centre = data.reduce((sum, x) => sum + x, 0) / data.length;
  const deviation = Math.sqrt(data.reduce((sum, x) => sum + (x - centre) ** 2, 0) / data.length);
  return data.map((x) => (x - centre) / deviation);
}

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "moves b down the slope",
    points: 1,
    hints: [
      {
        test: async (learner) => ({
          got: (await learner.gradientStep([2], 0, 0, 0.25)).b,
          want: 0.5,
        }),
        text: "Take one point, $x = 2$, with $a = b = 0$ and rate $\\tfrac14$. Then $z = 2$. To which side does $b$ have to move so that $z$ becomes smaller, and how far?",
      },
      {
        test: async (learner) => ({
          got: (await learner.gradientStep([2], 1, 0.5, 0.25)).b,
          want: 0.5 + 0.25 * 1.5 * Math.exp(-2),
        }),
        text: "With $a = 0$ your step in $b$ is right. Where does $a$ come in? Only $z_i$ depends on $b$, and $\\partial z_i / \\partial b = -e^{-a}$.",
      },
      {
        test: async (learner) => ({
          got: (await learner.gradientStep([2, 1], 1, 0.5, 0.25)).b,
          want: 0.5 + 0.25 * Math.exp(-2),
        }),
        text: "For one data point your step in $b$ is right. $L$ is an **average**: what has to happen to the gradients of two points?",
      },
      {
        text: "For one and for two data points your step in $b$ is right. What is different in the call shown: the data, the rate, or the place?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, regions)) {
        const want = truth(inputs);
        const step = await learner.gradientStep(...inputs);
        expect.close(step.b, want[1], {
          absolute: allowedErrors(domain, want, ...inputs).absolute[1],
          relative: 0,
          message: "b is off",
        });
      }
    },
  },
  {
    name: "moves a down the slope",
    points: 1,
    hints: [
      {
        test: async (learner) => ({
          got: (await learner.gradientStep([2], 0, 0, 0.25)).a,
          want: 0.75,
        }),
        text: "Take one point, $x = 2$, with $a = b = 0$ and rate $\\tfrac14$. Then $z = 2$. $a$ appears twice in $L$: by itself, and in $z_i$ with $\\partial z_i / \\partial a = -z_i$.",
      },
      {
        test: async (learner) => ({
          got: (await learner.gradientStep([2], 1, 0.5, 0.25)).a,
          want: 1 - 0.25 * (1 - 2.25 * Math.exp(-2)),
        }),
        text: "With $a = b = 0$ your step in $a$ is right. Take the same with $a = 1$ and $b = \\tfrac12$: what is $z$ now?",
      },
      {
        test: async (learner) => ({
          got: (await learner.gradientStep([2, 1], 1, 0.5, 0.25)).a,
          want: 1 - 0.25 * (1 - 1.25 * Math.exp(-2)),
        }),
        text: "For one data point your step in $a$ is right. $L$ is an **average**: what has to happen to the gradients of two points?",
      },
      {
        text: "For one and for two data points your step in $a$ is right. What is different in the call shown: the data, the rate, or the place?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, regions)) {
        const want = truth(inputs);
        const step = await learner.gradientStep(...inputs);
        expect.close(step.a, want[0], {
          absolute: allowedErrors(domain, want, ...inputs).absolute[0],
          relative: 0,
          message: "a is off",
        });
      }
    },
  },
  {
    name: "reaches the best fit and stays there",
    points: 1,
    hints: [
      {
        test: async (learner) => {
          const { a, b } = await learner.gradientStep([-1, 1], 0, 0, 0.5);
          return { got: [a, b], want: [0, 0] };
        },
        text: "At the optimum $b$ is the mean of the data and $e^a$ their standard deviation; both gradients are zero there. Try data $-1, 1$ with $a = b = 0$: nothing may move.",
      },
      {
        text: "With the data $-1, 1$, where $a = b = 0$ is the optimum, your step stays, as it should. With other data it does not: take the call shown, whose optimum is elsewhere. Which of your two gradients is not 0 there?",
      },
      {
        when: "not-finite",
        text: "The steps do not settle but run away: each is too long, or leads uphill. Print $a$ and $b$ after each of the first ten steps.",
      },
    ],
    async run({ learner, random, expect }) {
      const mean = random.uniform(-1, 1);
      const deviation = random.uniform(0.8, 1.6);
      const data = standardise(sample(random)).map((z) => deviation * z + mean);
      const still = await learner.gradientStep(data, Math.log(deviation), mean, 0.5);
      expect.close([still.a, still.b], [Math.log(deviation), mean], {
        absolute: 1e-5,
        relative: 0,
        message: "it moves away from the optimum",
      });
      let at: Parameters = { a: 0, b: 0 };
      // Near the optimum the error in b shrinks by 1 − 0.2/deviation² a step, at worst 0.922; 0.922²⁵⁰ is 2e-9.
      for (let i = 0; i < 250; i++) at = await learner.gradientStep(data, at.a, at.b, 0.2);
      expect.close([at.a, at.b], [Math.log(deviation), mean], {
        absolute: 1e-4,
        relative: 0,
        input: "250 steps with rate 0.2 from a = b = 0",
        message: "it does not settle at the best fit",
      });
    },
  },
];
