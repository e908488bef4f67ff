import { allowedErrors } from "../../domain.ts";
import type { Check } from "../../exercise.ts";
import { judgeDerivation } from "../../oracle/derivation.ts";
import { strata } from "../../strata.ts";
import { domain, type signatures, task } from "./bin-slope.domain.ts";
import { regions, slopeAt } from "./spline-bin.rational-quadratic.ts";

const LEAST_LINES = 4;

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "every line equals the one before",
    points: 2,
    hints: [
      {
        text: "Write $e$ for $p + q - 2s$ on paper. Work out $(2st + p(1 - 2t))\\,t(1 - t) - (st^2 + pt(1 - t))(1 - 2t)$ first, the part that $e$ multiplies: nearly all of it cancels.",
      },
    ],
    async run({ learner, random, expect }) {
      const lines = await learner.steps();
      const { holds, message, step } = await judgeDerivation(lines, task, random);
      expect.that(holds, message, { got: step === undefined ? lines : lines[step] });
      expect.that(
        lines.length >= LEAST_LINES,
        `between the ends at least ${LEAST_LINES - 2} lines are asked for, so that one can follow`,
        { got: lines },
      );
    },
  },
  {
    name: "the slope in numbers, at the edges too",
    points: 2,
    hints: [
      {
        test: async (learner) => ({ got: await learner.binSlope(0, 2, 3, 0.5), want: 3 }),
        text: "At $\\xi = 0$ the slope is $\\delta_k$: for $s = 2$, $\\delta_k = 3$, $\\delta_{k+1} = 0.5$ it is 3. What do you get?",
      },
      {
        test: async (learner) => ({ got: await learner.binSlope(1, 2, 3, 0.5), want: 0.5 }),
        text: "At the lower edge you are right. At $\\xi = 1$ the slope is $\\delta_{k+1}$, here 0.5. What do you get?",
      },
      {
        text: "Both edges are right. Between them, look at the term with $2s\\,\\xi(1 - \\xi)$, and at what stands below the line.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, regions)) {
        const want = slopeAt(...inputs);
        expect.close(await learner.binSlope(...inputs), want, allowedErrors(domain, want, ...inputs));
      }
    },
  },
];
