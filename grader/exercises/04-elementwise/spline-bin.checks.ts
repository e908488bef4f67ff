import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { forward, inverse, type signatures } from "./spline-bin.domain.ts";
import { positionAt, regions, shareAt } from "./spline-bin.rational-quadratic.ts";

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "forward: the share of the height",
    points: 2,
    hints: [
      {
        test: async (learner) => ({ got: await learner.binForward(0.5, 1, 1, 1), want: 0.5 }),
        text: "A straight bin first: $s = \\delta_k = \\delta_{k+1} = 1$ is the identity, and half of the way is half of the height.",
      },
      {
        test: async (learner) => ({ got: await learner.binForward(0.5, 1, 3, 1), want: 2 / 3 }),
        text: "The straight bin is right. With $s = 1$, $\\delta_k = 3$, $\\delta_{k+1} = 1$ and $\\xi = \\tfrac12$: above the line $\\tfrac14 + 3 \\cdot \\tfrac14 = 1$, below it $1 + 2 \\cdot \\tfrac14 = 1.5$. What do you get for each?",
      },
      {
        text: "With $s = 1$ you are right in the middle of a bin. Look at where $s$ stands, and at what is squared.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, regions)) {
        const want = shareAt(...inputs);
        expect.close(await learner.binForward(...inputs), want, allowedErrors(forward, want, ...inputs));
      }
    },
  },
  {
    name: "inverse: the position, by a root that is stable",
    points: 3,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: await learner.binInverse(2 / 3, 1, 3, 1), want: 0.5 }),
        text: "$s = 1$, $\\delta_k = 3$, $\\delta_{k+1} = 1$: forward $\\tfrac12$ goes to $\\tfrac23$. Back, $b = 3 - \\tfrac23 \\cdot 2 = \\tfrac53$ and $a = 1 - b = -\\tfrac23$. What do you get for each?",
      },
      {
        when: "not-finite",
        text: "In an ordinary bin you are right. Where $a = 0$ the equation is a line, and the school's formula is zero over zero. Which form of the root does not divide by $a$?",
      },
      {
        test: async (learner) => ({ got: await learner.binInverse(0.25, 2, 2, 2), want: 0.25 }),
        text: "In an ordinary bin you are right. In a straight one, $s = \\delta_k = \\delta_{k+1} = 2$, position and share are equal: what do you get for 0.25?",
      },
      {
        text: "Ordinary and straight bins are right. In a *nearly* straight one, or close to an end, digits get lost where two nearly equal numbers are subtracted: is there such a difference in your root?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, regions)) {
        const want = positionAt(...inputs);
        expect.close(await learner.binInverse(...inputs), want, allowedErrors(inverse, want, ...inputs));
      }
    },
  },
];
