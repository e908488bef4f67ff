import { allowedErrors } from "../../domain/domain.ts";
import { along, linear, strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { valueText } from "../../grading/transcript.ts";
import { quadraturePoints } from "../../oracle/quadrature.ts";
import { domain, outside, type signatures, truth, within } from "./16-1-square.domain.ts";

const bothSides = { ...outside, inside: along(linear(0.01, 1)) };

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "has the right value between 0 and 1",
    points: 1,
    hints: [
      {
        test: async (learner) => ({ got: await learner.density(0.25), want: 1 }),
        text: "Work at one point first: which $z$ leads to $x = 0.25$, and how steep is $z^2$ there?",
      },
      {
        text: "At $x = 0.25$ your value is right, at the $x$ shown it is not. Work that one out on paper too: which $z$ leads there, and how steep is $z^2$ at it?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, within)) {
        const [x] = inputs;
        expect.close(await learner.density(x), truth(x), allowedErrors(domain, truth(x), x));
      }
    },
  },
  {
    name: "is zero where no z leads",
    points: 1,
    hints: [
      {
        where: ({ inputs: [x] }) => x < 0,
        text: "Can the square of a real number be negative? What does that say about the density there?",
      },
      {
        where: ({ inputs: [x] }) => x > 1,
        text: "$z$ is at most 1. How large can $z^2$ become, and how much mass arrives beyond that?",
      },
      {
        where: ({ inputs: [x] }) => x > 0 && x <= 1,
        text: "Some $z$ leads to the $x$ shown, so it has a density above 0. For which $x$ does your code decide that nothing arrives?",
      },
      {
        when: "not-finite",
        where: ({ inputs: [x] }) => x < 0 || x > 1,
        text: "Your formula holds where some $z$ leads. Decide about all other $x$ before it is used: a negative $x$ has no real root.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { region, inputs } of strata(random, bothSides)) {
        const [x] = inputs;
        const got = await learner.density(x);
        if (region === "inside") {
          expect.that(got > 0, "where some z leads, the density is above 0", { got, expected: "above 0" });
        } else {
          expect.close(got, 0, {
            ...allowedErrors(domain, 0, x),
            message: "no z in [0, 1] has this square, so the density is 0",
          });
        }
      }
    },
  },
  {
    name: "integrates to one, and keeps the mass of each interval",
    points: 1,
    hints: [
      {
        text: "The $z$ between two numbers arrive between their squares, with all their mass. Where $f$ stretches, the density falls; where it squeezes, it rises.",
      },
    ],
    async run({ learner, random, expect }) {
      // One is also the integral of a density that is wrong; only this one gives [low², high²] the mass of [low, high].
      for (const [low, high] of [
        [0, random.uniform(0.2, 0.5)] as const,
        [random.uniform(0.6, 0.8), 1] as const,
        [0, 1] as const,
      ]) {
        // x = t² removes the singularity at 0: ∫ Pr(x) dx = ∫ Pr(t²) 2t dt, whose integrand is constant.
        const { x: t, weights } = quadraturePoints(low, high, 2);
        let mass = 0;
        for (const [i, at] of t.entries()) mass += weights[i] * 2 * at * (await learner.density(at * at));
        expect.close(mass, high - low, {
          absolute: 1e-6,
          input: `∫ density(x) dx over [${valueText(low ** 2)}, ${valueText(high ** 2)}]`,
          message: "the mass is not that of the z that lead there",
        });
      }
    },
  },
];
