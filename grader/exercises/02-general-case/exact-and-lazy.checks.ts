import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { texFactor } from "../../variants/tex.ts";
import {
  diagonals,
  exactDomain,
  exactTruth,
  type Fooling,
  factors,
  fooledDomain,
  fooledTruth,
  lazyDomain,
  lazyTruth,
  matrices,
  type signatures,
  zeros,
} from "./exact-and-lazy.domain.ts";
import { texFooling, texProduct } from "./exact-and-lazy.texts.ts";

export const checks = (of: Fooling): readonly Check<typeof signatures>[] => [
  {
    name: "the exact log-determinant",
    points: 3,
    hints: [
      {
        when: "time",
        text: "Expanding along a row, and each smaller determinant along its row, takes $D!$ products: 479 million for $D = 12$. Taking multiples of rows away until a triangle is left takes about $D^3/3$, here 576.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: await learner.exactLogDet([[-3]]), want: Math.log(3) }),
        text: "Begin with one dimension: $J = (-3)$ stretches lengths by 3.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.exactLogDet([
            [2, 1],
            [4, -3],
          ]),
          want: Math.log(10),
        }),
        text: "Two dimensions: $\\begin{bmatrix}2&1\\\\4&-3\\end{bmatrix}$ has the determinant $-10$. Taking twice the first row away from the second leaves $\\begin{bmatrix}2&1\\\\0&-5\\end{bmatrix}$.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.exactLogDet([
            [0, 2],
            [3, 1],
          ]),
          want: Math.log(6),
        }),
        text: "$\\begin{bmatrix}0&2\\\\3&1\\end{bmatrix}$ has the determinant $-6$, but its first pivot is 0. Exchange two rows: which, and what does an exchange do to the size of the determinant?",
      },
      {
        when: ["value", "not-finite"],
        text: "Two dimensions are right at test points. With more, is every entry *right of* the pivot changed in every row *below* it? And where all entries are very small or very large, do you add logarithms, or multiply first?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of [matrices, zeros, diagonals].flatMap((regions) => strata(random, regions))) {
        const want = exactTruth(inputs);
        expect.close(await learner.exactLogDet(...inputs), want, allowedErrors(exactDomain, want, ...inputs));
      }
    },
  },
  {
    name: "the lazy one",
    points: 1,
    hints: [
      {
        when: ["value", "not-finite"],
        text: "The lazy one looks at nothing but the diagonal: the sum of $\\log|J_{ii}|$. Test it on $\\begin{bmatrix}2&1\\\\4&-3\\end{bmatrix}$, which gives $\\log 6$.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of [matrices, diagonals].flatMap((regions) => strata(random, regions))) {
        const want = lazyTruth(inputs);
        expect.close(await learner.lazyLogDet(...inputs), want, allowedErrors(lazyDomain, want, ...inputs));
      }
    },
  },
  {
    name: "a matrix that fools the lazy one",
    points: 1,
    hints: [
      {
        when: ["value", "not-finite"],
        text: `The determinant of $${texFooling(of)}$ is $${texProduct(of)} - b \\cdot (-${texFactor(of.cross)}b)$. For the factor 5 it has to be 5: what is $b$?`,
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, factors)) {
        const want = fooledTruth(of, ...inputs);
        expect.close(await learner.fooled(...inputs), want, allowedErrors(fooledDomain, want, ...inputs));
      }
    },
  },
];
