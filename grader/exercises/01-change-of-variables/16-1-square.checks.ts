import { allowedErrors } from "../../domain/domain.ts";
import { along, linear, strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { valueText } from "../../grading/transcript.ts";
import { quadraturePoints } from "../../oracle/quadrature.ts";
import { texFactor } from "../../variants/tex.ts";
import { domainOf, endOf, placesOf, type Square, type signatures, truth } from "./16-1-square.domain.ts";

export function checks(of: Square): readonly Check<typeof signatures>[] {
  const { factor, width } = of;
  const end = endOf(of);
  const domain = domainOf(of);
  const { within, outside } = placesOf(of);
  const bothSides = { ...outside, inside: along(linear(0.01 * end, end)) };
  const f = `${texFactor(factor)}z^2`;
  return [
    {
      name: "has the right value where some z leads",
      points: 1,
      hints: [
        {
          test: async (learner) => ({ got: await learner.density(end / 4), want: 1 / end }),
          text: `Work at one point first: which $z$ leads to $x = ${end / 4}$, and how steep is $${f}$ there?`,
        },
        {
          text: `At $x = ${end / 4}$ your value is right, at the $x$ shown it is not. Work that one out on paper too: which $z$ leads there, and how steep is $${f}$ at it?`,
        },
      ],
      async run({ learner, random, expect }) {
        for (const { inputs } of strata(random, within)) {
          const [x] = inputs;
          expect.close(await learner.density(x), truth(of, x), allowedErrors(domain, truth(of, x), x));
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
          where: ({ inputs: [x] }) => x > end,
          text: `$z$ is at most ${width}. How large can $${f}$ become, and how much mass arrives beyond that?`,
        },
        {
          where: ({ inputs: [x] }) => x > 0 && x <= end,
          text: "Some $z$ leads to the $x$ shown, so it has a density above 0. For which $x$ does your code decide that nothing arrives?",
        },
        {
          when: "not-finite",
          where: ({ inputs: [x] }) => x < 0 || x > end,
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
              message: `no z in [0, ${width}] leads there, so the density is 0`,
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
          text: "The $z$ between two numbers arrive between their images, with all their mass. Where $f$ stretches, the density falls; where it squeezes, it rises.",
        },
      ],
      async run({ learner, random, expect }) {
        // One is also the integral of a density that is wrong; only this one gives [f(low), f(high)] the mass of [low, high].
        for (const [low, high] of [
          [0, width * random.uniform(0.2, 0.5)] as const,
          [width * random.uniform(0.6, 0.8), width] as const,
          [0, width] as const,
        ]) {
          // x = f(t) removes the singularity at 0: ∫ Pr(x) dx = ∫ Pr(f(t)) f′(t) dt, whose integrand is constant.
          const { x: t, weights } = quadraturePoints(low, high, 2);
          let mass = 0;
          for (const [i, at] of t.entries())
            mass += weights[i] * 2 * factor * at * (await learner.density(factor * at * at));
          expect.close(mass, (high - low) / width, {
            absolute: 1e-6,
            input: `∫ density(x) dx over [${valueText(factor * low ** 2)}, ${valueText(factor * high ** 2)}]`,
            message: "the mass is not that of the z that lead there",
          });
        }
      },
    },
  ];
}
