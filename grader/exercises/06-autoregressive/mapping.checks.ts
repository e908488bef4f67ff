import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { forward, inverse, logDet, type signatures } from "./mapping.domain.ts";
import { forwardOf, inverseOf, logDetOf } from "./mapping.flow.ts";

const LOG_3 = Math.log(3);
/** Heights (1/4, 3/4) of the first number, (1/2, 1/2) of the second. */
const APART = [
  [0, LOG_3],
  [0, 0],
];
const NOTHING = [
  [0, 0],
  [0, 0],
];
/** At h₁ = 1/2 the second number's heights are (1/4, 3/4), too. */
const STEERING = [
  [0, 2 * LOG_3],
  [0, 0],
];
/** Three numbers; the third is steered by both, each in its own way. */
const BOTH = [
  [0, 2 * LOG_3],
  [0, 4 * LOG_3],
  [0, 0],
];
const PLAIN = [
  [0, 0],
  [0, 0],
  [0, 0],
];

/** The upper end of the interval is among the numbers. */
const holdsOne = ({ inputs: [values] }: { readonly inputs: readonly unknown[] }): boolean =>
  (values as readonly number[]).includes(1);

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "forward: each number under those before it",
    points: 2,
    hints: [
      {
        test: async (learner) => ({
          got: await learner.autoregressiveForward([0.75, 0.25], NOTHING, APART),
          want: [0.625, 0.25],
        }),
        text: "Begin with `W` = 0, so that nothing steers, and `c` = ((0, log 3), (0, 0)): the first number has the heights $(\\tfrac14, \\tfrac34)$, the second $(\\tfrac12, \\tfrac12)$. $h = (0.75, 0.25)$ goes to $(0.625, 0.25)$: 0.75 lies in the midst of the second bin, so the first height is below it and half of the second, $\\tfrac14 + \\tfrac12 \\cdot \\tfrac34$.",
      },
      {
        test: async (learner) => ({
          got: await learner.autoregressiveForward([0.5, 0.75], STEERING, APART),
          want: [0.25, 0.625],
        }),
        text: "Where nothing steers you are right. Now `W` = ((0, 2 log 3), (0, 0)): at $h_1 = 0.5$ the second number's heights become $(\\tfrac14, \\tfrac34)$, so that $h = (0.5, 0.75)$ goes to $(0.25, 0.625)$. What does your conditioner get for the second number?",
      },
      {
        test: async (learner) => ({
          got: await learner.autoregressiveForward([0.5, 0.25, 0.5], BOTH, PLAIN),
          want: [0.5, 0.125, 0.1],
        }),
        text: "Two numbers are right. The third is steered by *both* before it, each by its own row of `W`: with `W` = ((0, 2 log 3), (0, 4 log 3), (0, 0)), `c` = 0 and $h = (0.5, 0.25, 0.5)$ its logits are $(0, 2 \\log 3)$, its heights $(\\tfrac1{10}, \\tfrac9{10})$ and its image 0.1.",
      },
      {
        when: ["value", "not-finite"],
        where: holdsOne,
        text: "In the midst of bins you are right. Look at the ends: at $h = 1$ the whole part of $Kh$ is $K$, and there is no bin of that index. The upper end belongs to the last bin.",
      },
      {
        when: ["value", "not-finite"],
        text: "Two bins are right. With more, *each* bin before the one in which $h_d$ lies counts, with its whole height.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, forward.regions)) {
        const [h, W, c] = inputs;
        const want = forwardOf([W, c], h);
        expect.close(
          await learner.autoregressiveForward(...inputs),
          want,
          allowedErrors(forward, want, ...inputs),
        );
      }
    },
  },
  {
    name: "inverse: one after another",
    points: 3,
    hints: [
      {
        test: async (learner) => ({
          got: await learner.autoregressiveInverse([0.625, 0.25], NOTHING, APART),
          want: [0.75, 0.25],
        }),
        text: "Begin with `W` = 0 and `c` = ((0, log 3), (0, 0)): the first number has the heights $(\\tfrac14, \\tfrac34)$, so that $x_1 = 0.625$ lies half-way up the second of them, and $h_1 = 0.75$ half-way through the second bin; $x_2 = 0.25$ comes from 0.25.",
      },
      {
        test: async (learner) => ({
          got: await learner.autoregressiveInverse([0.25, 0.625], STEERING, APART),
          want: [0.5, 0.75],
        }),
        text: "Where nothing steers you are right. Now `W` = ((0, 2 log 3), (0, 0)): $x = (0.25, 0.625)$ comes from $h = (0.5, 0.75)$. The first number is found as before; which one does the conditioner need for the second: $x_1 = 0.25$, or $h_1 = 0.5$?",
      },
      {
        test: async (learner) => ({
          got: await learner.autoregressiveInverse([0.5, 0.125, 0.1], BOTH, PLAIN),
          want: [0.5, 0.25, 0.5],
        }),
        text: "Two numbers are right. For the third the conditioner needs *both* that you have found, in their order: with `W` = ((0, 2 log 3), (0, 4 log 3), (0, 0)) and `c` = 0 the $x = (0.5, 0.125, 0.1)$ comes from $h = (0.5, 0.25, 0.5)$.",
      },
      {
        when: ["value", "not-finite", "no-return", "threw"],
        where: holdsOne,
        text: "In the midst of bins you are right. Let the search for a bin end at the last one: rounding may have made the sum of the heights a little smaller than $x$.",
      },
      {
        when: ["value", "not-finite", "no-return", "threw"],
        text: "Two bins are right. With more: go through the sums of the heights until the next one is at $x_d$ or beyond, and no further than the last bin.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, inverse.regions)) {
        const [x, W, c] = inputs;
        const want = inverseOf([W, c], x);
        expect.close(
          await learner.autoregressiveInverse(...inputs),
          want,
          allowedErrors(inverse, want, ...inputs),
        );
      }
    },
  },
  {
    name: "the log-determinant is that of a triangle",
    points: 2,
    hints: [
      {
        test: async (learner) => ({
          got: await learner.autoregressiveLogDet([0.3, 0.6], NOTHING, NOTHING),
          want: 0,
        }),
        text: "Begin with `W` and `c` of zeros: all heights are $1/K$, and the map is the identity. Its log-determinant is 0.",
      },
      {
        test: async (learner) => ({
          got: await learner.autoregressiveLogDet([0.75, 0.25], NOTHING, APART),
          want: Math.log(1.5),
        }),
        text: "The identity is right. With `W` = 0 and `c` = ((0, log 3), (0, 0)) the first number's second bin rises by $\\tfrac34$ over a width of $\\tfrac12$: at $h = (0.75, 0.25)$ the slopes are 1.5 and 1, the log-determinant $\\log 1.5$.",
      },
      {
        text: "Where nothing steers you are right. The heights of number $d$ come from the conditioner, with the numbers before it; the Jacobian is a triangle whatever they are, with one slope for each number on its diagonal.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, logDet.regions)) {
        const [h, W, c] = inputs;
        const want = logDetOf([W, c], h);
        expect.close(
          await learner.autoregressiveLogDet(...inputs),
          want,
          allowedErrors(logDet, want, ...inputs),
        );
      }
    },
  },
];
