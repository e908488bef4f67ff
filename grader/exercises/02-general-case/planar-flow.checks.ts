import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { derivationCheck } from "../../oracle/derivation-check.ts";
import { dot } from "../../oracle/matrices.ts";
import {
  constrainDomain,
  constrainTruth,
  layers,
  lemmaTask,
  pairs,
  planarDomain,
  planarTruth,
  type signatures,
} from "./planar-flow.domain.ts";

export const checks: readonly Check<typeof signatures>[] = [
  derivationCheck({
    of: "determinantLemma",
    name: "the lemma in two dimensions: every line equals the one before",
    points: 1,
    hint: "Multiply the two brackets out: four products. One of them is the same as what is taken away, with its factors in another order.",
    task: lemmaTask,
  }),
  {
    name: "planar moves z along u",
    points: 1,
    hints: [
      {
        test: async (learner) => ({
          got: (await learner.planar([1, 2], [3, 0], [0, 1], -2)).x,
          want: [1, 2],
        }),
        text: "With $w = (0, 1)$ and $b = -2$, the point $z = (1, 2)$ lies on the plane $w^\\top z + b = 0$, and $\\tanh 0 = 0$: it must not move.",
      },
      {
        test: async (learner) => ({
          got: (await learner.planar([1, 0], [3, 1], [2, 1], -1)).x,
          want: [1 + 3 * Math.tanh(1), Math.tanh(1)],
        }),
        text: "On the plane your point stays, as it should. Off it, $z$ moves along $u$ by $\\tanh(w^\\top z + b)$: one number for all coordinates. With $z = (1, 0)$, $u = (3, 1)$, $w = (2, 1)$, $b = -1$ it is $\\tanh 1$, and $x = (1 + 3\\tanh 1,\\ \\tanh 1)$.",
      },
      {
        text: "In two dimensions you are right at test points. What is different in the call shown: how many dimensions, or a large number of which tanh is taken?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, layers)) {
        const want = planarTruth(inputs);
        const { x } = await learner.planar(...inputs);
        const { absolute } = allowedErrors(planarDomain, want, ...inputs);
        expect.close(x, want.slice(0, -1), { absolute: absolute.slice(0, -1), relative: 0 });
      }
    },
  },
  {
    name: "its log-determinant is that of the whole Jacobian",
    points: 2,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: (await learner.planar([0, 0], [3, 0], [2, 0], 0)).logDet,
          want: Math.log(7),
        }),
        text: "At the origin with $u = (3, 0)$, $w = (2, 0)$, $b = 0$ the map is $x_1 = z_1 + 3\\tanh 2z_1$, and the second coordinate stays. The slope at 0 is $1 + 3 \\cdot 2$: what do you get for the logarithm of 7?",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: (await learner.planar([1, 0], [3, 0], [2, 0], -1)).logDet,
          want: Math.log(1 + 6 / Math.cosh(1) ** 2),
        }),
        text: "On the plane you are right. Off it the slope of tanh is $1 - \\tanh^2$, no longer 1: with $z = (1, 0)$, $u = (3, 0)$, $w = (2, 0)$, $b = -1$ it is taken at $2 \\cdot 1 - 1 = 1$.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: (await learner.planar([1, 0], [3, 1], [2, 1], -1)).logDet,
          want: Math.log(1 + 7 / Math.cosh(1) ** 2),
        }),
        text: "In one direction you are right. In general $u$ and $w$ point in different ones: $\\det(I + u\\psi^\\top) = 1 + \\psi^\\top u$, one number from one dot product.",
      },
      {
        when: ["value", "not-finite"],
        text: "In two dimensions you are right at test points. What is different in the call shown: how many dimensions, or a large number of which tanh is taken?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, layers)) {
        const want = planarTruth(inputs);
        const { logDet } = await learner.planar(...inputs);
        const { absolute } = allowedErrors(planarDomain, want, ...inputs);
        expect.close([logDet], want.slice(-1), { absolute: absolute.slice(-1), relative: 0 });
      }
    },
  },
  {
    name: "constrain makes any u one that can be undone",
    points: 2,
    hints: [
      {
        when: "not-finite",
        where: ({ export: name, inputs }) =>
          name === "constrain" && Math.abs(dot(inputs[0] as number[], inputs[1] as number[])) > 700,
        text: "$e^{v}$ is infinite from $v = 710$ on, and 0 below $-746$. Write $\\log(1 + e^v)$ for a large $v$ as $v + \\log(1 + e^{-v})$.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.constrain([0, 0], [1, 0]),
          want: [Math.log(2) - 1, 0],
        }),
        text: "With $u = (0, 0)$ and $w = (1, 0)$ the product is 0, and it has to become $m(0) = -1 + \\log 2$. Which $\\hat u$ along $w$ has that product?",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.constrain([0, 0], [2, 0]),
          want: [(Math.log(2) - 1) / 2, 0],
        }),
        text: "For a $w$ of length 1 you are right. With $w = (2, 0)$ the step along $w$ has to be such that $w^\\top\\hat u = m$: what is $w^\\top w$?",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.constrain([3, 1], [1, 2]),
          want: [3 + (Math.log1p(Math.exp(5)) - 6) / 5, 1 + (2 * (Math.log1p(Math.exp(5)) - 6)) / 5],
        }),
        text: "With $u = 0$ you are right. In general only the part of $u$ **along $w$** is changed: from $w^\\top u$ to $m(w^\\top u)$.",
      },
      {
        when: ["value", "not-finite"],
        text: "With products of 0 and 5 you are right in two dimensions. Which product has the call shown, and does something else stand for $\\log(1 + e^v)$ there before the two are equal to eight digits?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, pairs)) {
        const want = constrainTruth(inputs);
        expect.close(
          await learner.constrain(...inputs),
          want,
          allowedErrors(constrainDomain, want, ...inputs),
        );
      }
    },
  },
];
