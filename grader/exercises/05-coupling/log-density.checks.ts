import type { Check } from "../../exercise.ts";
import { judgeDerivation } from "../../oracle/derivation.ts";
import { type signatures, task } from "./log-density.domain.ts";

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "every line equals the one before, from the change of variables to the sum",
    points: 3,
    hints: [
      {
        text: "Do one thing in each line: the product with 0, the bars around a positive number, the logarithm of a product and of a quotient, the logarithm of an exponential, and a division written as a multiplication.",
      },
    ],
    async run({ learner, random, expect }) {
      const lines = await learner.logDensitySteps();
      const { holds, message, step } = await judgeDerivation(lines, task, random);
      expect.that(holds, message, { got: step === undefined ? lines : lines[step] });
    },
  },
];
