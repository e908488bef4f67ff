import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import {
  networks,
  numbersDomain,
  numbersOf,
  type signatures,
  sizes,
  workDomain,
  workOf,
} from "./cost.domain.ts";

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "how many numbers each level works on",
    points: 2,
    hints: [
      {
        when: ["value", "shape"],
        test: async (learner) => ({ got: await learner.numbersPerLevel(16, 1, 1, 1), want: [16] }),
        text: "One level on 16 grey pixels works on all 16 numbers: squeezing moves them, 4 places of 4 channels. (The list has one entry for each level.)",
      },
      {
        test: async (learner) => ({
          got: await learner.numbersPerLevel(256, 1, 3, 0),
          want: [256, 256, 256],
        }),
        text: "One level is right. Where all channels stay, each level works on as many numbers as the one before: a quarter of the places, four times the channels. 256, 256, 256.",
      },
      {
        test: async (learner) => ({ got: await learner.numbersPerLevel(256, 1, 3, 1), want: [256, 128, 64] }),
        text: "Without leaving you are right. With it, half of the channels are gone before the second level begins, and half of the rest before the third: 256, 128, 64.",
      },
      {
        text: "Grey pictures are right. With more channels there are so many times as many numbers, at every level.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, sizes)) {
        const want = numbersOf(...inputs);
        expect.close(
          await learner.numbersPerLevel(...inputs),
          want,
          allowedErrors(numbersDomain, want, ...inputs),
        );
      }
    },
  },
  {
    name: "how many multiplications one step takes at each level",
    points: 3,
    hints: [
      {
        when: ["value", "shape"],
        test: async (learner) => ({ got: await learner.workPerLevel(4, 1, 1, 1, 1), want: [71] }),
        text: "Four grey pixels, one level, one hidden number: one place with 4 channels. The matrix takes $4 \\cdot 4 = 16$ multiplications, the first convolution $9 \\cdot 2 \\cdot 1 = 18$, the second $1$, the third $9 \\cdot 1 \\cdot 4 = 36$. Together 71.",
      },
      {
        test: async (learner) => ({ got: await learner.workPerLevel(16, 1, 1, 1, 1), want: [284] }),
        text: "One place is right, 71 multiplications. 16 pixels are four such places: 284.",
      },
      {
        test: async (learner) => ({ got: await learner.workPerLevel(4, 1, 1, 10, 1), want: [656] }),
        text: "One hidden number is right. With 10 of them it is $16 + 9 \\cdot 2 \\cdot 10 + 10 \\cdot 10 + 9 \\cdot 10 \\cdot 4 = 656$.",
      },
      {
        test: async (learner) => ({ got: await learner.workPerLevel(16, 1, 2, 1, 1), want: [284, 173] }),
        text: "One level is right. With two on 16 pixels the second has one place, and $2 \\cdot 4 = 8$ channels of the four that have stayed: $64 + 36 + 1 + 72 = 173$.",
      },
      {
        text: "Where channels leave you are right. Where all stay, the second level has $4 \\cdot 4 = 16$ channels, the third 64: each squeezing makes four of one.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, networks)) {
        const want = workOf(...inputs);
        expect.close(await learner.workPerLevel(...inputs), want, allowedErrors(workDomain, want, ...inputs));
      }
    },
  },
];
