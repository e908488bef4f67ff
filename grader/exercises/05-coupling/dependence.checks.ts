import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { countNeeded, follow } from "./dependence.count.ts";
import { asMatrix, domains, regions, type signatures } from "./dependence.domain.ts";

/** Three numbers: first the third changes under the other two, then these under it. */
const THREE = [
  [0, 0, 1],
  [1, 1, 0],
];

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "which numbers depend on which",
    points: 2,
    hints: [
      {
        test: async (learner) => ({ got: (await learner.dependence([[0, 1]])).flat(), want: [1, 0, 1, 1] }),
        text: "Begin with one coupling of two numbers that changes the second: $x_1 = z_1$ depends on $z_1$ alone; $x_2 = z_2 e^{s(z_1)} + t(z_1)$ on both. Row $i$ belongs to $x_i$: $(1, 0)$ and $(1, 1)$.",
      },
      {
        test: async (learner) => ({
          got: (await learner.dependence(THREE)).flat(),
          want: [1, 1, 1, 1, 1, 1, 1, 1, 1],
        }),
        text: "One coupling is right. Now two, of three numbers: first $x_3$ changes under $x_1$ and $x_2$, then both of these under the *new* $x_3$. On what does that $x_3$ depend by then?",
      },
      {
        text: "A small stack is right. Take the masks of the call shown one after another, and write down after each one on which $z$ every number depends. Do those that change see each other?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, regions)) {
        const [masks] = inputs;
        const want = asMatrix(follow(masks)).flat();
        const got = await learner.dependence(masks);
        const n = masks[0].length;
        const at = got.flat().findIndex((v, k) => v !== want[k]);
        const found = got.flat()[at];
        const place = `x${Math.floor(at / n) + 1} ${want[at] === 1 ? "can" : "cannot"} depend on z${(at % n) + 1}`;
        const says =
          found === 0 || found === 1
            ? "your matrix says otherwise"
            : `your entry for it is ${found}, where only 1 and 0 are asked for`;
        expect.close(got.flat(), want, {
          ...allowedErrors(domains.dependence, want, masks),
          ...(at >= 0 &&
            got.flat().length === want.length && {
              message: `${place}; ${says}`,
            }),
        });
      }
    },
  },
  {
    name: "how many couplings it takes",
    points: 2,
    hints: [
      {
        when: "time",
        text: "Some lists of masks never get there, however long one goes on, and then the answer is 0. After how many couplings without a new 1 in the matrix is it certain that none will come?",
      },
      {
        test: async (learner) => ({ got: await learner.couplingsNeeded([[0, 1]]), want: 0 }),
        text: "A single mask over and over never changes the numbers that it leaves alone: the answer is 0.",
      },
      {
        test: async (learner) => ({
          got: await learner.couplingsNeeded([
            [0, 1],
            [1, 0],
          ]),
          want: 2,
        }),
        text: "Two numbers in turns: after the first coupling $x_2$ depends on both, after the second $x_1$, too. That is 2.",
      },
      {
        test: async (learner) => ({
          got: await learner.couplingsNeeded([
            [0, 0, 1, 1],
            [1, 1, 0, 0],
          ]),
          want: 3,
        }),
        text: "Two numbers are right. Four in halves: after two couplings every number has been changed, and yet $x_3$ does not depend on $z_4$. What does the third coupling do?",
      },
      {
        text: "In turns means: when the list of masks is at its end, it begins again. How long do you go on before you say never?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, regions)) {
        const [masks] = inputs;
        const want = countNeeded(masks);
        expect.close(
          await learner.couplingsNeeded(masks),
          want,
          allowedErrors(domains.couplingsNeeded, want, masks),
        );
      }
    },
  },
];
