import { allowedErrors } from "../../domain/domain.ts";
import { along, linear, strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { valueText } from "../../grading/transcript.ts";
import { integrate, quadraturePoints } from "../../oracle/quadrature.ts";
import { texFraction } from "../../variants/tex.ts";
import {
  domainOf,
  endOf,
  forward,
  inside,
  normal,
  placesOf,
  type Sigmoid,
  type signatures,
  slope,
  truth,
} from "./16-2-sigmoid.domain.ts";
import { texForward } from "./16-2-sigmoid.texts.ts";

export function checks(of: Sigmoid): readonly Check<typeof signatures>[] {
  const { low, width } = of;
  const end = endOf(of);
  const domain = domainOf(of);
  const { within, close, outside } = placesOf(of);
  const ends = { ...outside, ...close, middle: along(linear(low + 0.1 * width, low + 0.9 * width)) };
  const middle = low + width / 2;
  const texMiddle = texFraction(2 * low + width, 2);
  return [
    {
      name: "has the right value where some z leads",
      points: 2,
      hints: [
        {
          test: async (learner) => ({
            got: await learner.sigmoidDensity(middle),
            want: 4 / width / Math.sqrt(2 * Math.PI),
          }),
          text: `At $x = ${texMiddle}$ everything can be done by hand: $z = 0$, the slope is $${texFraction(width, 4)}$, so the density is $${texFraction(4, width)} / \\sqrt{2\\pi}$.`,
        },
        {
          text: `At $x = ${texMiddle}$ your value is right. There $z = 0$ and the slope is the steepest, so it says nothing about how $z$ is found, how it enters the exponent, or how the slope changes: look at these.`,
        },
      ],
      async run({ learner, random, expect }) {
        for (const { inputs } of strata(random, within)) {
          const [x] = inputs;
          expect.close(await learner.sigmoidDensity(x), truth(of, x), allowedErrors(domain, truth(of, x), x));
        }
      },
    },
    {
      name: "is zero at both ends and outside",
      points: 1,
      hints: [
        {
          when: "not-finite",
          where: ({ inputs: [x] }) => x === low || x === end,
          text: "At the ends the formula is 0 divided by 0. What does it tend to? The normal density falls faster than any slope.",
        },
        {
          when: "not-finite",
          where: ({ inputs: [x] }) => x < low || x > end,
          text: "No $z$ leads to this $x$, and the formula has no value there. Decide about such $x$ before it is used.",
        },
        {
          where: ({ inputs: [x] }) => !inside(of, x),
          text: `Which values can $${texForward(of)}$ take? Nothing arrives at the $x$ shown, so its density is 0.`,
        },
        {
          where: ({ inputs: [x] }) => inside(of, x),
          test: async (learner) => ({
            got: await learner.sigmoidDensity(low + 0.3 * width),
            want: truth(of, low + 0.3 * width),
          }),
          text: "Close to the end your value is off, but so it is in the middle: begin with the check above.",
        },
        {
          where: ({ inputs: [x] }) => inside(of, x),
          text: "The $x$ shown lies inside, if close to an end: the formula holds there as in the middle. Is something of yours held away from the ends, or set to 0 too soon?",
        },
      ],
      async run({ learner, random, expect }) {
        for (const { region, inputs } of strata(random, ends)) {
          const [x] = inputs;
          const got = await learner.sigmoidDensity(x);
          if (region === "middle") {
            expect.that(got > 0, "where some z leads, the density is above 0", { got, expected: "above 0" });
          } else {
            const message =
              region in close
                ? `close to the end the value is not what was asked for${got === 0 ? ": it is small, but not 0" : ""}`
                : "nothing arrives there, so the density is 0";
            expect.close(got, truth(of, x), { ...allowedErrors(domain, truth(of, x), x), message });
          }
        }
      },
    },
    {
      name: "integrates to one, and keeps the mass of each interval",
      points: 1,
      hints: [
        {
          text: "The $z$ between two numbers arrive between their images with all their mass. Two things decide that: the $z$ at which the base density is taken, and the factor $1/|f'(z)|$.",
        },
      ],
      async run({ learner, random, expect }) {
        // One is also the integral of a density that is wrong; only this one gives [f(low), f(high)] the mass of [low, high].
        for (const [from, to] of [
          [-8, random.uniform(-1, -0.3)] as const,
          [random.uniform(0.3, 1), 8] as const,
          [-8, 8] as const,
        ]) {
          // x = f(t): ∫ Pr(x) dx = ∫ Pr(f(t)) f′(t) dt, a normal density in t; ±8 leaves 1e-15 outside.
          const { x: t, weights } = quadraturePoints(from, to, 8);
          let mass = 0;
          for (const [i, at] of t.entries()) {
            const x = forward(of, at);
            mass += weights[i] * slope(of, x) * (await learner.sigmoidDensity(x));
          }
          expect.close(mass, integrate(normal, from, to), {
            absolute: 1e-6,
            input: `∫ sigmoidDensity(x) dx over [${valueText(forward(of, from))}, ${valueText(forward(of, to))}]`,
            message: "the mass is not that of the z that lead there",
          });
        }
      },
    },
  ];
}
