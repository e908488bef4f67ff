import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { domain, type signatures, sums, tails, truth } from "./negative-log-likelihood.domain.ts";

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "is the sum over the data",
    points: 2,
    hints: [
      {
        test: async (learner) => ({
          got: await learner.negativeLogLikelihood([0.5], 0, 0),
          want: truth([0.5], 0, 0),
        }),
        text: "Try one point, $a = b = 0$: then the flow does nothing and the answer is $x^2/2 + \\tfrac12 \\log 2\\pi$.",
      },
      {
        test: async (learner) => ({
          got: await learner.negativeLogLikelihood([0.5], 0, 2),
          want: truth([0.5], 0, 2),
        }),
        text: "For one point and $a = b = 0$ you are right. Now let $b = 2$: from which $z$ does $x = 0.5$ come?",
      },
      {
        test: async (learner) => ({
          got: await learner.negativeLogLikelihood([0.5], 1, 0),
          want: truth([0.5], 1, 0),
        }),
        text: "For one point and $a = 0$ you are right. Now let $a = 1$, $b = 0$: from which $z$ does $x = 0.5$ come, and what does stretching by $e^a$ cost?",
      },
      {
        test: async (learner) => ({
          got: await learner.negativeLogLikelihood([0.5, -1], 0.5, 1),
          want: truth([0.5, -1], 0.5, 1),
        }),
        text: "For a single point you are right. With two points, is your value the sum of what each gives alone?",
      },
      {
        text: "For one and for two points you are right. What changes in your code when there are more, or when they lie elsewhere?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, sums)) {
        const want = truth(...inputs);
        expect.close(
          await learner.negativeLogLikelihood(...inputs),
          want,
          allowedErrors(domain, want, ...inputs),
        );
      }
    },
  },
  {
    name: "stays finite in the tails",
    points: 1,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.negativeLogLikelihood([0.5, -1], 0.5, 1),
          want: truth([0.5, -1], 0.5, 1),
        }),
        text: "Your value is wrong far out, and near the middle as well: begin with the check above.",
      },
      {
        when: "not-finite",
        text: "$e^{-z^2/2}$ is 0 in floating point from $|z| \\approx 39$ on, and $\\log 0$ is not what you want. Take the logarithm on paper.",
      },
      {
        text: "In the middle you are right, far out you are not: a density that underflows, or a number that is added or held so that its logarithm stays finite, decides the value there.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, tails)) {
        const want = truth(...inputs);
        expect.close(await learner.negativeLogLikelihood(...inputs), want, {
          ...allowedErrors(domain, want, ...inputs),
          message: "the value far out is off",
        });
      }
    },
  },
];
