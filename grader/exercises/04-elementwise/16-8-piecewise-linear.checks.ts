import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import {
  determinantTruth,
  jacobianTruth,
  product,
  regions,
  type signatures,
  slopesOnDiagonal,
} from "./16-8-piecewise-linear.domain.ts";

const PHI = [0.1, 0.2, 0.5, 0.1, 0.1];

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "the Jacobian: slopes on the diagonal, zeros elsewhere",
    points: 3,
    hints: [
      {
        when: ["shape", "no-return"],
        text: "The Jacobian of a map of $D$ numbers has $D$ rows of $D$ numbers: row $i$ holds the derivatives of $h'_i$ after $h_1, \\dots, h_D$.",
      },
      {
        test: async (learner) => ({ got: (await learner.jacobian([0.5], PHI)).flat(), want: [2.5] }),
        text: "One dimension, the textbook's $\\phi = (0.1, 0.2, 0.5, 0.1, 0.1)$, $h = 0.5$: the third bin reaches from 0.4 to 0.6 and rises by 0.5. Height over width is the slope. What do you get?",
      },
      {
        test: async (learner) => ({ got: (await learner.jacobian([0.1], PHI)).flat(), want: [0.5] }),
        text: "In the third bin you are right. At $h = 0.1$, in the *first* bin, the slope is $0.1 / 0.2$: which index has its $\\phi$ in code?",
      },
      {
        test: async (learner) => ({
          got: (await learner.jacobian([0.5, 0.1], PHI)).flat(),
          want: [2.5, 0, 0, 0.5],
        }),
        text: "One dimension is right. For $h = (0.5, 0.1)$ the matrix is $\\begin{bmatrix}2.5&0\\\\0&0.5\\end{bmatrix}$: each output depends on one input only.",
      },
      {
        where: ({ inputs }) => (inputs[0] as readonly number[] | undefined)?.includes(1) ?? false,
        text: "At $h = 1$ the formula $b = \\lfloor Kh \\rfloor$ gives $K$, one bin too many. To which bin does the upper end belong?",
      },
      {
        test: async (learner) => ({ got: (await learner.jacobian([0.4], PHI)).flat(), want: [2.5] }),
        text: "At test points in the midst of bins you are right. At an inner edge the statement counts a number to the bin on its right: is that what your comparison does?",
      },
      {
        text: "At test points you are right, one of them on an inner edge. What is different in the call shown: one bin, many bins, or a flat one, where a difference quotient loses digits?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, regions)) {
        const want = jacobianTruth(inputs);
        const got = await learner.jacobian(...inputs);
        if (got.length !== want.length || got.some((row) => row.length !== want.length)) {
          expect.that(
            false,
            `a map of ${want.length} numbers has a Jacobian of ${want.length} × ${want.length}`,
            {
              got,
            },
          );
          continue;
        }
        expect.close(got.flat(), want.flat(), allowedErrors(slopesOnDiagonal, want.flat(), ...inputs));
      }
    },
  },
  {
    name: "the determinant",
    points: 2,
    hints: [
      {
        test: async (learner) => ({ got: await learner.determinant([0.5], PHI), want: 2.5 }),
        text: "One dimension, $\\phi = (0.1, 0.2, 0.5, 0.1, 0.1)$, $h = 0.5$: the determinant is the slope, $0.5 / 0.2$.",
      },
      {
        test: async (learner) => ({ got: await learner.determinant([0.5, 0.1, 0.3], PHI), want: 1.25 }),
        text: "One dimension is right. For $h = (0.5, 0.1, 0.3)$ the slopes are 2.5, 0.5 and 1: the determinant of a diagonal matrix is their product.",
      },
      {
        where: ({ inputs }) => (inputs[0] as readonly number[] | undefined)?.includes(1) ?? false,
        text: "At $h = 1$ the formula $b = \\lfloor Kh \\rfloor$ gives $K$, one bin too many. To which bin does the upper end belong?",
      },
      {
        text: "Three dimensions are right at a test point. So look at what is special about the call that is shown: an edge, one bin, many bins?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, regions)) {
        const want = determinantTruth(inputs);
        expect.close(await learner.determinant(...inputs), want, allowedErrors(product, want, ...inputs));
      }
    },
  },
];
