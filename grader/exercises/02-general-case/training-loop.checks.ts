import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { drawExactData } from "../01-change-of-variables/training.draws.ts";
import {
  drawDomain,
  drawings,
  drawTruth,
  type signatures,
  trainDomain,
  trainings,
  trainTruth,
} from "./training-loop.domain.ts";

const flat = ({ a, c }: { a: number; c: number }): number[] => [a, c];

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "walks the way of gradient descent",
    points: 3,
    hints: [
      {
        test: async (learner) => ({ got: flat(await learner.train([3, 1], 0.1, 0)), want: [1, 0] }),
        text: "Without a step it has to stay where it begins, at $a = 1$ and $c = 0$.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: flat(await learner.train([2], 0.1, 1)), want: [0.7, -0.2] }),
        text: "One number, $x = 2$, one step with rate 0.1 from $a = 1$, $c = 0$: there $z = 2$, the gradients are $z x - 1/a = 3$ and $z = 2$, so the step leads to $a = 0.7$, $c = -0.2$.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: flat(await learner.train([2, 1], 0.1, 1)), want: [0.85, -0.15] }),
        text: "For one number one step is right. For two, $L$ is an **average**: the gradients at $x = 2$ are 3 and 2, those at $x = 1$ are 0 and 1. Which step do they make together?",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: flat(await learner.train([2], 0.1, 2)),
          want: [0.7 - 0.1 * (2.4 - 1 / 0.7), -0.32],
        }),
        text: "The first step is right at test points. In the second, every $z_i$ is to be computed with the new $a$ and $c$, both of them; and the step in $c$ takes the gradient at the place at which the step in $a$ was taken.",
      },
      {
        when: ["value", "not-finite"],
        text: "Two steps are right at a test point. What is different in the call shown: the data, the rate, or how many steps? Is anything held back or ended early there? (Where the rate is too large the way *does* explode.)",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, trainings)) {
        const want = trainTruth(inputs);
        expect.close(flat(await learner.train(...inputs)), want, allowedErrors(trainDomain, want, ...inputs));
      }
    },
  },
  {
    name: "generates: back from z to x",
    points: 1,
    hints: [
      {
        test: async (learner) => ({ got: await learner.generate([0, 1], 0.5, -2.5), want: [5, 7] }),
        text: "The learned map goes from $x$ to $z$: $z = 0.5x - 2.5$. Which $x$ becomes $z = 0$, and which $z = 1$?",
      },
      {
        text: "At a test point you are right. What is different in the call shown: how many numbers, or a sign?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, drawings)) {
        const want = drawTruth(inputs);
        expect.close(await learner.generate(...inputs), want, allowedErrors(drawDomain, want, ...inputs));
      }
    },
  },
  {
    name: "the trained model has the mean and the deviation of the data",
    points: 1,
    hints: [
      {
        when: ["value", "not-finite"],
        text: "At the minimum the whitened data have mean 0 and mean square 1, and going back from $z = -1, 0, 1$ gives mean − deviation, mean, mean + deviation. Does your loop arrive there, and does `generate` go the way back?",
      },
    ],
    async run({ learner, random, expect }) {
      const { data, mean, deviation } = drawExactData(random);
      const { a, c } = await learner.train(data, 0.05, 2000);
      // The slowest direction: the curvatures 2/deviation² and less, down to 1/(1 + mean²/deviation² …), leave below 1e-5 of the way.
      expect.close(await learner.generate([-1, 0, 1], a, c), [mean - deviation, mean, mean + deviation], {
        absolute: 1e-3,
        relative: 0,
        input: `generate([-1, 0, 1], …) after train on ${data.length} numbers, rate 0.05, 2000 steps`,
        message: "this is not mean − deviation, mean, mean + deviation of the data",
      });
    },
  },
];
