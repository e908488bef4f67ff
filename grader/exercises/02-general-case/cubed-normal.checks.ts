import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { texFactor } from "../../variants/tex.ts";
import { type Cube, densityTruth, domainsOf, massTruth, type signatures } from "./cubed-normal.domain.ts";

const PEAK = 1 / Math.sqrt(2 * Math.PI);

export function checks(of: Cube): readonly Check<typeof signatures>[] {
  const { factor } = of;
  const { density, massWithin } = domainsOf(of);
  return [
    {
      name: "the density wherever it is finite",
      points: 2,
      hints: [
        {
          when: "not-finite",
          where: ({ export: name, inputs }) => name === "density" && inputs[0] < 0,
          text: "For a negative $x$ there is a $z$, too: $(-2)^3 = -8$. A negative number `** (1/3)` is NaN; `Math.cbrt` of it is not.",
        },
        {
          test: async (learner) => ({
            got: await learner.density(factor),
            want: (PEAK * Math.exp(-0.5)) / (3 * factor),
          }),
          text: `Take $x = ${factor}$: it comes from $z = 1$, where the slope $${3 * factor}z^2$ is ${3 * factor}. The density is $Pr(z)$ divided by that.`,
        },
        {
          test: async (learner) => ({
            got: await learner.density(8 * factor),
            want: (PEAK * Math.exp(-2)) / (12 * factor),
          }),
          text: `At $x = ${factor}$ you are right, where $z$ is 1, as its square and its cube are. Take $x = ${8 * factor}$: which $z$ leads there, and what is the slope *there*?`,
        },
        {
          when: ["value", "not-finite"],
          text: "At test points above 0 you are right. Is it a negative $x$ that fails, or one close to 0 or far out?",
        },
      ],
      async run({ learner, random, expect }) {
        for (const { inputs } of strata(random, density.regions)) {
          const want = densityTruth(of, ...inputs);
          expect.close(await learner.density(...inputs), want, allowedErrors(density, want, ...inputs));
        }
      },
    },
    {
      name: "the mass around 0 is finite, and goes to 0",
      points: 2,
      hints: [
        {
          when: ["value", "not-finite"],
          test: async (learner) => ({ got: await learner.massWithin(factor), want: 0.6826894921 }),
          text: `$|x| < ${factor}$ means $|z| < 1$. Which share of a standard normal lies within one deviation? (An integral of your \`density\` is wrong where that is, and a sum over a grid misses the place at which the density is infinite. The mass of the $z$ needs neither.)`,
        },
        {
          when: ["value", "not-finite"],
          test: async (learner) => ({ got: await learner.massWithin(8 * factor), want: 0.9544997361 }),
          text: `With the radius ${factor} you are right, where $z^3$ and $z$ are both 1. In general $|${texFactor(factor)}z^3| < r$ means $|z| < \\dots$?`,
        },
        {
          when: ["value", "not-finite"],
          test: async (learner) => ({ got: await learner.massWithin(0), want: 0 }),
          text: `With the radii ${factor} and ${8 * factor} you are right. An interval of length 0 has no mass, whatever the density is at its only point.`,
        },
        {
          when: ["value", "not-finite"],
          text: `With the radii 0, ${factor} and ${8 * factor} you are right. Look at the radius of the call shown: is it one at which something in your code is cut off, or loses its digits?`,
        },
      ],
      async run({ learner, random, expect }) {
        for (const { inputs } of strata(random, massWithin.regions)) {
          const want = massTruth(of, ...inputs);
          expect.close(await learner.massWithin(...inputs), want, allowedErrors(massWithin, want, ...inputs));
        }
      },
    },
  ];
}
