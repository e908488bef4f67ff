import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import type { Made } from "./autoregression.affine.ts";
import { longestChain } from "./jacobi.chains.ts";
import { domains, type signatures, solveOf, stepOf } from "./jacobi.domain.ts";

const none = [
  [0, 0],
  [0, 0],
];
/** No scale: μ₁ = 10, μ₂ = x₁. */
const SHIFTING: Made = [
  none,
  [0, 0],
  [
    [7, 7],
    [1, 7],
  ],
  [10, 0],
];

/** No scale: μ₁ = 10, μ₂ = x₁/2. */
const HALVING: Made = [
  none,
  [0, 0],
  [
    [7, 7],
    [0.5, 7],
  ],
  [10, 0],
];

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "one step: all numbers anew, under what the old ones say",
    points: 2,
    hints: [
      {
        test: async (learner) => ({
          got: await learner.jacobiStep(...SHIFTING, [2, 5], [1, 1]),
          want: [12, 6],
        }),
        text: "Two numbers, no scale, $\\mu_1 = 10$ and $\\mu_2 = x_1$. With $z = (2, 5)$ and the old $x = (1, 1)$ the new one is $(2 + 10,\\; 5 + 1)$: the second is steered by the **old** $x_1$, which is 1.",
      },
      {
        text: "Shifts are right. The new number is $z_i\\,e^{\\alpha_i} + \\mu_i$, with $z_i$ from `z`, and $\\alpha_i$, $\\mu_i$ from the numbers before $i$ of `x`: `j < i`.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, domains.jacobiStep.regions)) {
        const [A, a, M, m, z, x] = inputs;
        const want = stepOf([A, a, M, m], z, x);
        expect.close(
          await learner.jacobiStep(A, a, M, m, z, x),
          want,
          allowedErrors(domains.jacobiStep, want, ...inputs),
        );
      }
    },
  },
  {
    name: "steps until the residual is within the tolerance, as many as there are numbers at most",
    points: 3,
    hints: [
      {
        when: "time",
        text: "With a tolerance of 0 rounding may keep the residual above it for ever. After as many steps as there are numbers nothing can change any more: stop there.",
      },
      {
        test: async (learner) => {
          const { x, steps } = await learner.jacobiSolve(...SHIFTING, [2, 5], 1e-6);
          return { got: [...x, steps], want: [12, 17, 2] };
        },
        text: "Two numbers, no scale, $\\mu_1 = 10$, $\\mu_2 = x_1$, $z = (2, 5)$. From $x = (2, 5)$ the first step leads to $(12, 7)$, the second to $(12, 17)$, which is exact: 2 steps.",
      },
      {
        test: async (learner) => {
          const { x, steps } = await learner.jacobiSolve(...SHIFTING, [2, 5], 100);
          return { got: [...x, steps], want: [2, 5, 0] };
        },
        text: "The beginning counts, too: $x = z$ may be near enough, and then no step is made.",
      },
      {
        test: async (learner) => ({
          got: (await learner.jacobiSolve(...SHIFTING, [2, 5], 10.5)).residual,
          want: 10,
        }),
        text: "Where you stop is right; the residual is not. It is a distance in $z$: take $x$ back to its latents, $(x_i - \\mu_i)\\,e^{-\\alpha_i}$, and compare them with $z$. With $\\mu_1 = 10$, $\\mu_2 = x_1$ and $z = (2, 5)$ it is 10 at $x = (2, 5)$, as the latents are $(-8, 3)$.",
      },
      {
        test: async (learner) => {
          const { steps, residual } = await learner.jacobiSolve(...HALVING, [2, 5], 6);
          return { got: [steps, residual], want: [1, 5] };
        },
        text: "At the beginning your residual is right. Now $\\mu_1 = 10$, $\\mu_2 = \\tfrac12 x_1$, $z = (2, 5)$ and a tolerance of 6. At $x = (2, 5)$ the residual is 10; one step leads to $x = (12, 6)$, whose latents are $(2, 0)$: the residual there is $|0 - 5| = 5$, and that is near enough.",
      },
      {
        text: "Small cases are right. The residual is the largest of all $|z_i(x) - z_i|$, of the $x$ that you return, and the loop ends as soon as it is *at most* the tolerance.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, domains.jacobiSolve.regions)) {
        const [A, a, M, m, z, tolerance] = inputs;
        const right = solveOf([A, a, M, m], z, tolerance);
        const want = [...right.x, right.steps, right.residual];
        const { x, steps, residual } = await learner.jacobiSolve(A, a, M, m, z, tolerance);
        expect.close([...x, steps, residual], want, {
          ...allowedErrors(domains.jacobiSolve, want, ...inputs),
          input: () => `jacobiSolve of ${z.length} numbers, tolerance ${tolerance}`,
          message:
            x.length !== z.length
              ? `x has as many numbers as z, ${z.length}; yours has ${x.length}`
              : steps !== right.steps
                ? `it takes ${right.steps} steps; yours says ${steps}`
                : "the numbers of x, then the steps, then the residual",
        });
      }
    },
  },
  {
    name: "how many steps are enough, whatever the functions",
    points: 2,
    hints: [
      {
        test: async (learner) => ({ got: await learner.stepsNeeded([[0]]), want: 1 }),
        text: "A number that looks at no other is exact after the first step: $x_1 = z_1 e^{\\alpha_1} + \\mu_1$ with constants. So one number needs 1 step.",
      },
      {
        test: async (learner) => ({
          got: await learner.stepsNeeded([
            [0, 0, 0],
            [1, 0, 0],
            [1, 0, 0],
          ]),
          want: 2,
        }),
        text: "Three numbers, of which the second and the third look at the first alone: after one step the first is exact, after two the others. That is 2, and not 3.",
      },
      {
        test: async (learner) => ({
          got: await learner.stepsNeeded([
            [0, 0, 1],
            [1, 0, 0],
            [0, 0, 0],
          ]),
          want: 3,
        }),
        text: "In their natural order you are right. Here the third looks at none, the first at the third, and the second at the first: 3 steps. Numbers may come in any order.",
      },
      {
        text: "A number is exact one step after the *last* of those at which it looks. Which number is the last of all?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, domains.stepsNeeded.regions)) {
        const [depends] = inputs;
        const want = longestChain(depends);
        expect.close(
          await learner.stepsNeeded(depends),
          want,
          allowedErrors(domains.stepsNeeded, want, depends),
        );
      }
    },
  },
];
