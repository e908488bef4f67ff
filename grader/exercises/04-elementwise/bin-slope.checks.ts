import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { derivationCheck } from "../../oracle/derivation-check.ts";
import { domain, type signatures, task } from "./bin-slope.domain.ts";
import { regions, slopeAt } from "./spline-bin.rational-quadratic.ts";

export const checks: readonly Check<typeof signatures>[] = [
  derivationCheck({
    of: "steps",
    name: "every line equals the one before",
    points: 2,
    hint: "Write $e$ for $p + q - 2s$ on paper. Work out $(2st + p(1 - 2t))\\,t(1 - t) - (st^2 + pt(1 - t))(1 - 2t)$ first, the part that $e$ multiplies: nearly all of it cancels.",
    task,
    leastLines: 4,
  }),
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
        test: async (learner) => ({ got: await learner.binSlope(0.5, 2, 3, 0.5), want: 32 / 15 }),
        text: "Both edges are right. Between them, look at the term with $2s\\,\\xi(1 - \\xi)$, and at what stands below the line.",
      },
      {
        text: "At both edges and half way you are right. So the formula may be, and digits get lost in some bins: is there a difference of two nearly equal numbers in your code, as in a difference quotient?",
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
