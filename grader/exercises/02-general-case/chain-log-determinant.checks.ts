import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import {
  type Asked,
  chaining,
  chains,
  chainTruth,
  returns,
  shrinking,
  type signatures,
  unchaining,
  unchainTruth,
} from "./chain-log-determinant.domain.ts";

const toleranceFor = (
  domain: typeof chaining,
  want: readonly number[],
  asked: Asked,
  from: number,
  to: number,
) => ({
  absolute: allowedErrors(domain, want, ...asked).absolute.slice(from, to),
  relative: 0,
});

/** Doubles the first coordinate and leaves the second. */
const DOUBLE = [2, 0, 0, 1, 0, 0];

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "chain gives x, layer by layer",
    points: 1,
    hints: [
      {
        test: async (learner) => ({
          got: (await learner.chain([[2, 1, 1, 3, 1, -1]], [1, 1])).x,
          want: [Math.asinh(4), Math.asinh(3)],
        }),
        text: "One layer by hand: the row $(2, 1, 1, 3, 1, -1)$ stands for $\\Omega = \\begin{bmatrix}2&1\\\\1&3\\end{bmatrix}$ and $\\beta = (1, -1)$. It takes $z = (1, 1)$ to $a = (2 + 1 + 1,\\ 1 + 3 - 1) = (4, 3)$ and that to $(\\operatorname{asinh} 4, \\operatorname{asinh} 3)$.",
      },
      {
        test: async (learner) => ({
          got: (await learner.chain([[2, 1, 1, 3, 1, -1], DOUBLE], [1, 1])).x,
          want: [Math.asinh(2 * Math.asinh(4)), Math.asinh(Math.asinh(3))],
        }),
        text: "One layer is right. The second one takes what the first has made, not $z$ again; and the first row of `layers` acts first.",
      },
      {
        text: "One layer and two are right at test points. What is different in the call shown: how many layers there are, or numbers far from 0? (There a formula of your own for asinh may lose digits.)",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, chains)) {
        const want = chainTruth(inputs);
        const { x } = await learner.chain(...inputs);
        expect.close(x, want.slice(0, 2), toleranceFor(chaining, want, inputs, 0, 2));
      }
    },
  },
  {
    name: "chain gives the log-determinant of the whole",
    points: 2,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: (await learner.chain([DOUBLE], [0, 0])).logDet,
          want: Math.log(2),
        }),
        text: "Take the row $(2, 0, 0, 1, 0, 0)$ at the origin. There asinh has the slope 1, so only the matrix stretches: $\\log 2$.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: (await learner.chain([[1, 0, 0, 1, 0, 0]], [1, 2])).logDet,
          want: -0.5 * Math.log(2) - 0.5 * Math.log(5),
        }),
        text: "The matrix alone is right at the origin. With the row $(1, 0, 0, 1, 0, 0)$ only asinh acts: at $z = (1, 2)$ its slopes are $1/\\sqrt{1 + 1}$ and $1/\\sqrt{1 + 4}$, and the Jacobian is diagonal.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: (await learner.chain([[0, 1, 2, 0, 0, 0]], [0, 0])).logDet,
          want: Math.log(2),
        }),
        text: "At two points at which the determinant is above 0 you are right. Try the row $(0, 1, 2, 0, 0, 0)$ at the origin: it exchanges the axes, its determinant is $-2$, and it makes areas twice as large.",
      },
      {
        test: async (learner) => ({
          got: (await learner.chain([[1, 0, 0, 1, 3, 0], DOUBLE], [0, 0])).logDet,
          want: Math.log(2) - 0.5 * Math.log(10) - 0.5 * Math.log(1 + 4 * Math.asinh(3) ** 2),
        }),
        text: "One layer is right at test points. With two, each Jacobian is taken **where the point is when it comes to that layer**: at $\\Omega_k h_{k-1} + \\beta_k$, not at $z$.",
      },
      {
        when: ["value", "not-finite"],
        text: "Two layers are right at a test point. Is something in your code made for a number of layers, or does it multiply before it takes the logarithm?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const asked of [chains, shrinking].flatMap((regions) => strata(random, regions))) {
        const want = chainTruth(asked.inputs);
        const { logDet } = await learner.chain(...asked.inputs);
        expect.close([logDet], want.slice(2), toleranceFor(chaining, want, asked.inputs, 2, 3));
      }
    },
  },
  {
    name: "unchain goes back to z",
    points: 1,
    hints: [
      {
        test: async (learner) => ({
          got: (await learner.unchain([[2, 1, 1, 3, 1, -1]], [Math.asinh(4), Math.asinh(3)])).z,
          want: [1, 1],
        }),
        text: "One layer by hand: the row $(2, 1, 1, 3, 1, -1)$ takes $(1, 1)$ to $(\\operatorname{asinh} 4, \\operatorname{asinh} 3)$. Back: sinh gives $(4, 3)$, taking away $\\beta = (1, -1)$ leaves $(3, 4)$, and $\\Omega^{-1}(3, 4) = (1, 1)$.",
      },
      {
        test: async (learner) => ({
          got: (
            await learner.unchain(
              [[2, 1, 1, 3, 1, -1], DOUBLE],
              [Math.asinh(2 * Math.asinh(4)), Math.asinh(Math.asinh(3))],
            )
          ).z,
          want: [1, 1],
        }),
        text: "One layer is right. Of several, the one that acted last is undone first.",
      },
      {
        text: "One layer and two are right at test points. What is different in the call shown: how many layers there are, or numbers far from 0?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, returns)) {
        const want = unchainTruth(inputs);
        const { z } = await learner.unchain(...inputs);
        expect.close(z, want.slice(0, 2), toleranceFor(unchaining, want, inputs, 0, 2));
      }
    },
  },
  {
    name: "unchain gives the log-determinant of its own direction",
    points: 1,
    hints: [
      {
        test: async (learner) => ({
          got: (await learner.unchain([DOUBLE], [0, 0])).logDet,
          want: -Math.log(2),
        }),
        text: "Take the row $(2, 0, 0, 1, 0, 0)$ at the origin: forward it makes areas twice as large. By how much, and with which sign, does the logarithm change on the way *back*?",
      },
      {
        text: "At a test point you are right. The sum is that of `chain` with the other sign, taken at the same places: the $z$ that you have found, and what lies between it and $x$.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, returns)) {
        const want = unchainTruth(inputs);
        const { logDet } = await learner.unchain(...inputs);
        expect.close([logDet], want.slice(2), toleranceFor(unchaining, want, inputs, 2, 3));
      }
    },
  },
];
