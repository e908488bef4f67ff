import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import {
  images,
  inTheMiddle,
  inTheTails,
  logistic,
  pushed,
  pushing,
  quantiles,
  type signatures,
} from "./sampling.domain.ts";

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "pushes every sample through f",
    points: 1,
    hints: [
      {
        where: ({ inputs: [z], got = [] }) => got.length !== z.length,
        text: "One output for each input, whatever its value: count the inputs shown, and what you give back for them.",
      },
      {
        text: "Each output is `forward` of the input at the same place, taken once. At the first place where yours is not what was asked for: is it `forward(z[i])` of the same $i$, and of nothing else?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, pushing)) {
        const want = images(inputs);
        expect.close(await learner.pushSamples(...inputs), want, {
          ...allowedErrors(pushed, want, ...inputs),
          ...(want.length === 0 && { message: "no samples in, no samples out" }),
        });
      }
    },
  },
  {
    name: "inverts the distribution function",
    points: 1,
    hints: [
      {
        test: async (learner) => ({ got: await learner.sampleLogistic([0.5], 2, 3), want: [2] }),
        text: "Half of the mass lies below the location $m$, whatever the scale. So which sample belongs to $u = \\tfrac12$? What does your code give for $m = 2$, $s = 3$?",
      },
      {
        test: async (learner) => ({
          got: await learner.sampleLogistic([1 / (1 + Math.exp(-1))], 0, 1),
          want: [1],
        }),
        text: "With $m = 0$ and $s = 1$, $F(1) = 1/(1 + e^{-1}) \\approx 0.731$. So your code has to give 1 for $u = 1/(1 + e^{-1})$. What does it give?",
      },
      {
        test: async (learner) => ({
          got: await learner.sampleLogistic([1 / (1 + Math.exp(-1))], 2, 3),
          want: [5],
        }),
        text: "With $m = 0$ and $s = 1$ you are right. $F$ contains $(x - m)/s$: once $(x - m)/s$ is known, how do you get $x$ from it?",
      },
      {
        text: "Which of the numbers shown is the first that is not what was asked for? Ask your function for this $u$ alone, in a list of one: is it still wrong?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, inTheMiddle)) {
        const want = quantiles(inputs);
        expect.close(await learner.sampleLogistic(...inputs), want, allowedErrors(logistic, want, ...inputs));
      }
    },
  },
  {
    name: "reaches the tails",
    points: 1,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.sampleLogistic([1 / (1 + Math.exp(-1))], 2, 3),
          want: [5],
        }),
        text: "Your samples are wrong in the tails, and in the middle as well: begin with the check above.",
      },
      {
        when: "not-finite",
        text: "For $u$ very close to 0 or to 1, does anything on the way round to 0, to 1 or to infinity?",
      },
      {
        where: ({ inputs: [u] }) => u.some((v) => v > 0.99),
        text: "In the middle you are right. For $u$ close to 1, how many digits of $1 - u$ survive in each of your steps?",
      },
      {
        text: "In the middle you are right. For $u$ close to 0, is anything held above a smallest value, or does it lose its digits beside a 1?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, inTheTails)) {
        const want = quantiles(inputs);
        expect.close(await learner.sampleLogistic(...inputs), want, allowedErrors(logistic, want, ...inputs));
      }
    },
  },
];
