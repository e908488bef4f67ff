import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { line, type signatures } from "./piecewise-map.domain.ts";

const PHI = [0.1, 0.2, 0.5, 0.1, 0.1];

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "forward: equation 16.12",
    points: 2,
    hints: [
      {
        test: async (learner) => ({ got: await learner.piecewiseForward(0.5, PHI), want: 0.55 }),
        text: "The textbook's $\\phi = (0.1, 0.2, 0.5, 0.1, 0.1)$, $h = 0.5$: it lies in the middle of the third bin. The two before have risen by 0.3, and half of 0.5 comes on top. What do you get?",
      },
      {
        where: ({ inputs }) => inputs[0] === 1,
        text: "At $h = 1$ the floor gives $K$, and there is no bin of that index. The upper end belongs to the last bin, at its upper edge.",
      },
      {
        text: "In the middle of the third bin you are right. Look at how far $h$ has come in *its* bin, from 0 to 1, and at the index of that bin when it is the first.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, line.forward.regions)) {
        const want = line.image(...inputs);
        expect.close(
          await learner.piecewiseForward(...inputs),
          want,
          allowedErrors(line.forward, want, ...inputs),
        );
      }
    },
  },
  {
    name: "inverse: back to h",
    points: 2,
    hints: [
      {
        test: async (learner) => ({ got: await learner.piecewiseInverse(0.55, PHI), want: 0.5 }),
        text: "The textbook's $\\phi$, $x = 0.55$: the edges of the *images* lie at 0, 0.1, 0.3, 0.8, 0.9 and 1, so that it lies in the third bin, half way up. What do you get?",
      },
      {
        when: ["not-finite", "no-return", "threw"],
        text: "For the $x$ shown no bin was found, or one too many. The last bin has to take whatever the others do not, the upper end too.",
      },
      {
        text: "In the middle of the third bin you are right. Look at how the bin of $x$ is found, and at what has to be divided by what.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, line.inverse.regions)) {
        const want = line.preimage(...inputs);
        expect.close(
          await learner.piecewiseInverse(...inputs),
          want,
          allowedErrors(line.inverse, want, ...inputs),
        );
      }
    },
  },
];
