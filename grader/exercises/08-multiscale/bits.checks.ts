import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { derivationCheck } from "../../oracle/derivation-check.ts";
import {
  bitsDomain,
  bitsOf,
  densities,
  dequantizeOf,
  noiseDomain,
  noised,
  type signatures,
  task,
} from "./bits.domain.ts";

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "adds noise within each level",
    points: 1,
    hints: [
      {
        test: async (learner) => ({ got: await learner.addNoise([3], [0.5], 4), want: [0.875] }),
        text: "Four levels share the interval from 0 to 1, a quarter each. Level 3 reaches from 0.75 to 1, and noise of 0.5 lands in its middle: $(3 + 0.5)/4 = 0.875$.",
      },
      {
        text: "One pixel is right. Each pixel has its own noise, `noise[i]`, and the levels are those that were given.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, noised)) {
        const want = dequantizeOf(inputs);
        expect.close(await learner.addNoise(...inputs), want, allowedErrors(noiseDomain, want, ...inputs));
      }
    },
  },
  {
    name: "bits per dimension, whichever scaling the density is of",
    points: 3,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.bitsPerNumber(-4 * Math.LN2, [0.5, 0.5], 256, 0, 0.05),
          want: 2,
        }),
        text: "With scaling 0 the cells have width 1, so the density is a probability. Two numbers with a log-density of $-4\\log 2$ nats together: four bits, two for each.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: await learner.bitsPerNumber(0, [0.5, 0.5], 256, 1, 0.05), want: 8 }),
        text: "Scaling 0 is right. A uniform density of $y$ on $[0, 1)$ has the log-density 0, and says nothing about the pixels: it takes 8 bits for each of 256 levels. A cell has the width 1/256, so its probability is the density *times* 1/256.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: await learner.bitsPerNumber(0, [0.5], 2, 1, 0.05), want: 1 }),
        text: "With 256 levels you are right. With 2 levels, black and white, it takes 1 bit: $\\log_2$ of the levels, not always 8.",
      },
      {
        when: ["value", "not-finite"],
        text: "Scalings 0 and 1 are right. With scaling 2 the density is that of $v = \\log\\frac{t}{1 - t}$ with $t = \\alpha + (1 - 2\\alpha)y$. That of $y$ is larger by the factor $\\frac{dv}{dy} = \\frac{1 - 2\\alpha}{t(1 - t)}$, for each number. From there on it is scaling 1.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, densities)) {
        const want = bitsOf(...inputs);
        expect.close(
          await learner.bitsPerNumber(...inputs),
          want,
          allowedErrors(bitsDomain, want, ...inputs),
        );
      }
    },
  },
  derivationCheck<typeof signatures>({
    of: "bitsSteps",
    name: "from the density of the logit to bits: every line equals the one before",
    points: 2,
    hint: "Do one thing in each line: $1/t + 1/(1 - t)$ is one fraction; the logarithm of a product and of a quotient; the minus in front turns each sign round; $\\log 256/\\log 2 = 8$.",
    task,
  }),
];
