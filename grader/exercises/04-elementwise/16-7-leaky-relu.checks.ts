import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { short } from "../../variants/tex.ts";
import {
  determinantTruth,
  inverseTruth,
  inverting,
  type Leak,
  measuring,
  numbers,
  points,
  type signatures,
} from "./16-7-leaky-relu.domain.ts";

export const checks = (of: Leak): readonly Check<typeof signatures>[] => [
  {
    name: "the inverse undoes the leaky ReLU",
    points: 2,
    hints: [
      {
        test: async (learner) => ({ got: await learner.leakyInverse(3), want: 3 }),
        text: "Begin where the function does nothing: 3 goes to 3, so 3 comes from 3.",
      },
      {
        test: async (learner) => ({ got: await learner.leakyInverse(-2 * of.leak), want: -2 }),
        text: `Above 0 you are right. Below, the function takes $-2$ to $${short(-2 * of.leak)}$: from where does $${short(-2 * of.leak)}$ come, and how do you get there?`,
      },
      {
        text: "At test points on both sides you are right. At the $x$ shown you are not: is there a bound in your code that does not belong there?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, numbers)) {
        const want = inverseTruth(of, inputs[0]);
        expect.close(await learner.leakyInverse(...inputs), want, allowedErrors(inverting, want, ...inputs));
      }
    },
  },
  {
    name: "the inverse absolute determinant",
    points: 2,
    hints: [
      {
        test: async (learner) => ({ got: await learner.inverseDeterminant([2]), want: 1 }),
        text: "One dimension, $z = 2$: the slope is 1, and one over it is 1.",
      },
      {
        test: async (learner) => ({ got: await learner.inverseDeterminant([-2]), want: 1 / of.leak }),
        text: `For $z = 2$ you are right. For $z = -2$ the slope is ${of.leak}. What is one over it?`,
      },
      {
        test: async (learner) => ({
          got: await learner.inverseDeterminant([-2, 1, -3]),
          want: of.leak ** -2,
        }),
        text: `One dimension is right. At $z = (-2, 1, -3)$ the Jacobian is diagonal with ${of.leak}, 1, ${of.leak} on it: what is its determinant, and what is one over that?`,
      },
      {
        where: ({ inputs }) => (inputs[0] as readonly number[] | undefined)?.some((v) => v === 0) ?? false,
        text: "The definition counts 0 to the side where the slope is 1.",
      },
      {
        text: "Three dimensions are right at a test point. Does your code look at every number, and at nothing but its sign?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, points)) {
        const want = determinantTruth(of, inputs[0]);
        expect.close(
          await learner.inverseDeterminant(...inputs),
          want,
          allowedErrors(measuring, want, ...inputs),
        );
      }
    },
  },
];
