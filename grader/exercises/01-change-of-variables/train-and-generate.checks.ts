import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { derivationCheck } from "../../oracle/derivation-check.ts";
import { short } from "../../variants/tex.ts";
import {
  drawDomain,
  drawings,
  drawTruth,
  LEAST_LINES,
  type Start,
  type signatures,
  task,
  trainDomainFrom,
  trainTruth,
} from "./train-and-generate.domain.ts";
import { drawExactData } from "./training.draws.ts";

const flat = ({ a, b }: { a: number; b: number }): number[] => [a, b];

export function checks(of: Start): readonly Check<typeof signatures>[] {
  const { shift } = of;
  const trainDomain = trainDomainFrom(of);
  // The numbers that lie 2 and 1 above the start.
  const [two, one] = [short(shift + 2), short(shift + 1)];
  return [
    derivationCheck<typeof signatures>({
      of: "lossSteps",
      name: "the loss of one number: every line equals the one before",
      points: 2,
      hint: "Do one thing in each line: the logarithm of a quotient; the size of $e^a$ and its logarithm; p written out; the logarithm of an exponential; the logarithm of a root.",
      task,
      leastLines: LEAST_LINES,
    }),
    {
      name: "walks the way of gradient descent",
      points: 2,
      hints: [
        {
          test: async (learner) => ({ got: flat(await learner.train([3, 1], 0.1, 0)), want: [0, shift] }),
          text: `Without a step it has to stay where it begins, at $a = 0$ and $b = ${shift}$${shift === 0 ? ": the flow that does nothing" : ""}.`,
        },
        {
          when: ["value", "not-finite"],
          test: async (learner) => ({
            got: flat(await learner.train([two], 0.1, 1)),
            want: [0.3, short(shift + 0.2)],
          }),
          text: `One number, $x = ${two}$, one step with rate 0.1 from $a = 0$, $b = ${shift}$: there $z = 2$, the gradients are $1 - z^2 = -3$ and $-e^{-a}z = -2$, so the step leads to $a = 0.3$, $b = ${short(shift + 0.2)}$.`,
        },
        {
          when: ["value", "not-finite"],
          test: async (learner) => ({
            got: flat(await learner.train([two, one], 0.1, 1)),
            want: [0.15, short(shift + 0.15)],
          }),
          text: `For one number one step is right. For two the loss is an **average**: the gradients at $x = ${two}$ are $-3$ and $-2$, those at $x = ${one}$ are $0$ and $-1$. Which step do they make together?`,
        },
        {
          when: ["value", "not-finite"],
          text: "The first step is right at test points. In the second every $z_i$ is to be computed with the new $a$ and $b$, both of them, and the step in $b$ takes the gradient at the place at which the step in $a$ was taken.",
        },
      ],
      async run({ learner, random, expect }) {
        for (const { inputs } of strata(random, trainDomain.regions)) {
          const want = trainTruth(of, inputs);
          expect.close(
            flat(await learner.train(...inputs)),
            want,
            allowedErrors(trainDomain, want, ...inputs),
          );
        }
      },
    },
    {
      name: "generates: forward from z to x",
      points: 1,
      hints: [
        {
          test: async (learner) => ({ got: await learner.generate([0, 1], 0, 3), want: [3, 4] }),
          text: "With $a = 0$ nothing is stretched, and with $b = 3$ everything is moved by 3: $z = 0$ becomes 3, and $z = 1$ becomes 4.",
        },
        {
          test: async (learner) => ({ got: await learner.generate([1, -1], Math.LN2, 0), want: [2, -2] }),
          text: "A shift alone is right. With $a = \\log 2$ the scale is $e^a = 2$: $z = 1$ becomes 2, and $z = -1$ becomes $-2$.",
        },
        {
          text: "A scale alone and a shift alone are right. Which of the two comes first, and what is different in the call shown?",
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
          text: "At the best fit $b$ is the mean of the data and $e^a$ their deviation, and $z = -1, 0, 1$ become mean − deviation, mean, mean + deviation. Does your loop arrive there, and does `generate` take its result as it is?",
        },
      ],
      async run({ learner, random, expect }) {
        const { data, mean, deviation } = drawExactData(random);
        const { a, b } = await learner.train(data, 0.1, 500);
        // The error in b shrinks by 1 − 0.1/deviation² a step, at worst 0.956: 0.956⁵⁰⁰ is 1e-10.
        expect.close(await learner.generate([-1, 0, 1], a, b), [mean - deviation, mean, mean + deviation], {
          absolute: 1e-4,
          relative: 0,
          input: `generate([-1, 0, 1], …) after train on ${data.length} numbers, rate 0.1, 500 steps`,
          message: "this is not mean − deviation, mean, mean + deviation of the data",
        });
      },
    },
  ];
}
