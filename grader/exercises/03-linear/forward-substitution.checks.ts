import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import {
  extremes,
  logDet,
  measuring,
  type signatures,
  solving,
  systems,
  triangles,
  truth,
} from "./forward-substitution.domain.ts";

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "finds the z with L z = x",
    points: 3,
    hints: [
      {
        where: (call) =>
          call.export === "solveLower" && call.got !== undefined && call.got.length !== call.inputs[1].length,
        text: "$z$ has as many numbers as $x$: count what you give back for the call shown.",
      },
      {
        test: async (learner) => ({ got: await learner.solveLower([[2]], [6]), want: [3] }),
        text: "Begin with one dimension: there $L z = x$ is $L_{11} z_1 = x_1$.",
      },
      {
        test: async (learner) => ({
          got: await learner.solveLower(
            [
              [1, 0],
              [3, 1],
            ],
            [1, 5],
          ),
          want: [1, 2],
        }),
        text: "One dimension is right. Now $L = \\begin{bmatrix}1&0\\\\3&1\\end{bmatrix}$ and $x = (1, 5)$: the second row says $3 z_1 + z_2 = 5$, and $z_1$ is known by then.",
      },
      {
        test: async (learner) => ({
          got: await learner.solveLower(
            [
              [2, 0],
              [3, 4],
            ],
            [2, 11],
          ),
          want: [1, 2],
        }),
        text: "With ones on the diagonal two dimensions are right. With $L = \\begin{bmatrix}2&0\\\\3&4\\end{bmatrix}$ and $x = (2, 11)$ they are not: where does the diagonal come in, and what exactly is divided by it?",
      },
      {
        text: "Two dimensions are right at a test point. From the third row on, more than one number is taken away from $x_i$: which, and what is each multiplied by?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, systems)) {
        const want = truth(inputs);
        expect.close(await learner.solveLower(...inputs), want, allowedErrors(solving, want, ...inputs));
      }
    },
  },
  {
    name: "measures the volume by the diagonal",
    points: 1,
    hints: [
      {
        test: async (learner) => ({
          got: await learner.logAbsDet([
            [2, 0],
            [7, 3],
          ]),
          want: Math.log(6),
        }),
        text: "$\\begin{bmatrix}2&0\\\\7&3\\end{bmatrix}$ has the determinant $2 \\cdot 3$, whatever stands below. What is the logarithm of 6, and what does your code give?",
      },
      {
        when: ["value", "not-finite"],
        text: "With 2 and 3 on the diagonal you are right. A negative number on it mirrors space: what does that do to a volume, and what does `Math.log` make of it?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, triangles)) {
        const want = logDet(inputs);
        expect.close(await learner.logAbsDet(...inputs), want, allowedErrors(measuring, want, ...inputs));
      }
    },
  },
  {
    name: "keeps the logarithm when the product is no number any more",
    points: 1,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.logAbsDet([
            [2, 0],
            [7, -3],
          ]),
          want: Math.log(6),
        }),
        text: "Your value is wrong for a large matrix, and for a small one as well: begin with the check above.",
      },
      {
        when: ["value", "not-finite"],
        text: "Forty numbers of size $10^{-9}$ have the product $10^{-360}$, which is 0 in floating point, and forty of size $10^{9}$ are infinite. Their logarithms are ordinary numbers: what does the logarithm of a product become?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, extremes)) {
        const want = logDet(inputs);
        expect.close(await learner.logAbsDet(...inputs), want, {
          ...allowedErrors(measuring, want, ...inputs),
          input: `logAbsDet of a matrix of 40 dimensions, with ${inputs[0][0][0].toExponential(1)} first on its diagonal`,
        });
      }
    },
  },
];
