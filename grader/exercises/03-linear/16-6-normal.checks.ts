import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { derivationCheck } from "../../oracle/derivation-check.ts";
import { domain, regions, type signatures, task, truth } from "./16-6-normal.domain.ts";

const LOG_2PI = Math.log(2 * Math.PI);
const identity = [
  [1, 0],
  [0, 1],
];

export const checks: readonly Check<typeof signatures>[] = [
  derivationCheck({
    of: "steps",
    name: "every line equals the one before",
    points: 3,
    hint: "Do one thing in each line: write N out; take inv(A) out of the bracket; then out of the square; then join the determinants. The message names the first line that is not worth the same.",
    task,
  }),
  {
    name: "the log-density in numbers",
    points: 2,
    hints: [
      {
        test: async (learner) => ({
          got: await learner.logDensity([0, 0], identity, [0, 0], [0, 0], identity),
          want: -LOG_2PI,
        }),
        text: "A standard normal $z$ and $x = z$: at the origin of the plane the log-density is $-\\log 2\\pi$, twice $-\\tfrac12\\log 2\\pi$.",
      },
      {
        test: async (learner) => ({
          got: await learner.logDensity(
            [0, 0],
            [
              [2, 0],
              [0, 3],
            ],
            [0, 0],
            [0, 0],
            identity,
          ),
          want: -LOG_2PI - Math.log(6),
        }),
        text: "For $x = z$ you are right. Now stretch by 2 and by 3: areas grow by 6, so that the density at the origin falls by 6. What do you get?",
      },
      {
        test: async (learner) => ({
          got: await learner.logDensity(
            [1, 2],
            identity,
            [1, 2],
            [0, 0],
            [
              [4, 0],
              [0, 9],
            ],
          ),
          want: -LOG_2PI - Math.log(6),
        }),
        text: "Stretching is right. Now let $z$ have the variances 4 and 9 and move it by $b = (1, 2)$: at $x = b$ the log-density is $-\\log 2\\pi - \\tfrac12\\log 36$.",
      },
      {
        text: "At the centre you are right, so look at the square: from which $z$ does $x$ come, how far is that from the mean, and by what is the distance measured?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, regions)) {
        const want = truth(inputs);
        expect.close(await learner.logDensity(...inputs), want, allowedErrors(domain, want, ...inputs));
      }
    },
  },
];
