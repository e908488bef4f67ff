import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import {
  densityDomain,
  densityTruth,
  massDomain,
  massTruth,
  places,
  radii,
  type signatures,
} from "./cubed-normal.domain.ts";

const PEAK = 1 / Math.sqrt(2 * Math.PI);

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "the density wherever it is finite",
    points: 2,
    hints: [
      {
        when: "not-finite",
        where: ({ export: name, inputs }) => name === "density" && inputs[0] < 0,
        text: "For a negative $x$ there is a $z$, too: $(-2)^3 = -8$. `x ** (1/3)` is NaN there; `Math.cbrt` is not.",
      },
      {
        test: async (learner) => ({ got: await learner.density(1), want: (PEAK * Math.exp(-0.5)) / 3 }),
        text: "Take $x = 1$: it comes from $z = 1$, where the slope $3z^2$ is 3. The density is $Pr(z)$ divided by that.",
      },
      {
        test: async (learner) => ({ got: await learner.density(8), want: (PEAK * Math.exp(-2)) / 12 }),
        text: "At $x = 1$ you are right, where $x$ and $z$ are the same number. Take $x = 8$: which $z$ leads there, and what is the slope *there*?",
      },
      {
        when: ["value", "not-finite"],
        text: "At test points above 0 you are right. Is it a negative $x$ that fails, or one close to 0 or far out?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, places)) {
        const want = densityTruth(...inputs);
        expect.close(await learner.density(...inputs), want, allowedErrors(densityDomain, want, ...inputs));
      }
    },
  },
  {
    name: "the mass around 0 is finite, and goes to 0",
    points: 2,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: await learner.massWithin(1), want: 0.6826894921 }),
        text: "$|x| < 1$ means $|z| < 1$. Which share of a standard normal lies within one deviation? (An integral of your `density` is wrong where that is, and a sum over a grid misses the place at which the density is infinite. The mass of the $z$ needs neither.)",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: await learner.massWithin(8), want: 0.9544997361 }),
        text: "With the radius 1 you are right, where the radius and its cube root are the same. In general $|z^3| < r$ means $|z| < \\dots$?",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: await learner.massWithin(0), want: 0 }),
        text: "With the radii 1 and 8 you are right. An interval of length 0 has no mass, whatever the density is at its only point.",
      },
      {
        when: ["value", "not-finite"],
        text: "With the radii 0, 1 and 8 you are right. Look at the radius of the call shown: is it one at which something in your code is cut off, or loses its digits?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, radii)) {
        const want = massTruth(...inputs);
        expect.close(await learner.massWithin(...inputs), want, allowedErrors(massDomain, want, ...inputs));
      }
    },
  },
];
