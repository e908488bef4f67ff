import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { derivationCheck } from "../../oracle/derivation-check.ts";
import {
  covarianceTask,
  domain,
  flatten,
  meanTask,
  regions,
  type signatures,
  truth,
} from "./16-5-moments.domain.ts";

export const checks: readonly Check<typeof signatures>[] = [
  derivationCheck({
    of: "meanSteps",
    name: "the mean: every line equals the one before",
    points: 2,
    hint: "Do one thing in each line. An expectation is a sum: it may be taken term by term, and what does not depend on $z$ may be taken out of it, on the side on which it stands.",
    task: meanTask,
  }),
  derivationCheck({
    of: "covarianceSteps",
    name: "the covariance: every line equals the one before",
    points: 2,
    hint: "First let $b$ cancel within the brackets and take $A$ out of what is left. The transpose of a product turns its factors round: $(Av)^\\top = v^\\top A^\\top$.",
    task: covarianceTask,
  }),
  {
    name: "both in numbers",
    points: 2,
    hints: [
      {
        test: async (learner) => {
          const { mean, covariance } = await learner.moments([[2]], [1], [3], [[5]]);
          return { got: [...mean, ...covariance.flat()], want: [7, 20] };
        },
        text: "In one dimension: $x = 2z + 1$ with mean 3 and variance 5 has the mean $2 \\cdot 3 + 1$ and the variance $2 \\cdot 5 \\cdot 2$. What do you get?",
      },
      {
        text: "One dimension is right. In more, matrices may not change places: which of the two factors is transposed, and which index runs over rows, which over columns?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, regions)) {
        const want = flatten(truth(inputs));
        expect.close(flatten(await learner.moments(...inputs)), want, allowedErrors(domain, want, ...inputs));
      }
    },
  },
];
