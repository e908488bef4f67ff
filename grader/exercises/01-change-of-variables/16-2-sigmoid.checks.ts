import { allowedErrors } from "../../domain/domain.ts";
import { along, linear, strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { valueText } from "../../grading/transcript.ts";
import { integrate, quadraturePoints } from "../../oracle/quadrature.ts";
import {
  close,
  domain,
  normal,
  outside,
  sigmoid,
  type signatures,
  truth,
  within,
} from "./16-2-sigmoid.domain.ts";

const ends = { ...outside, ...close, middle: along(linear(0.1, 0.9)) };

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "has the right value between 0 and 1",
    points: 2,
    hints: [
      {
        test: async (learner) => ({
          got: await learner.sigmoidDensity(0.5),
          want: 4 / Math.sqrt(2 * Math.PI),
        }),
        text: "At $x = \\tfrac12$ everything can be done by hand: $z = 0$, the slope is $\\tfrac14$, so the density is $4 / \\sqrt{2\\pi}$.",
      },
      {
        text: "At $x = \\tfrac12$ your value is right. There $z = 0$ and the slope is the steepest, so it says nothing about how $z$ is found, how it enters the exponent, or how the slope changes: look at these.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, within)) {
        const [x] = inputs;
        expect.close(await learner.sigmoidDensity(x), truth(x), allowedErrors(domain, truth(x), x));
      }
    },
  },
  {
    name: "is zero at both ends and outside",
    points: 1,
    hints: [
      {
        when: "not-finite",
        where: ({ inputs: [x] }) => x === 0 || x === 1,
        text: "At the ends the formula is 0 divided by 0. What does it tend to? The normal density falls faster than any slope.",
      },
      {
        when: "not-finite",
        where: ({ inputs: [x] }) => x < 0 || x > 1,
        text: "No $z$ leads to this $x$, and the formula has no value there. Decide about such $x$ before it is used.",
      },
      {
        where: ({ inputs: [x] }) => x <= 0 || x >= 1,
        text: "Which values can $1/(1 + e^{-z})$ take? Nothing arrives at the $x$ shown, so its density is 0.",
      },
      {
        where: ({ inputs: [x] }) => x > 0 && x < 1,
        test: async (learner) => ({ got: await learner.sigmoidDensity(0.3), want: truth(0.3) }),
        text: "Close to the end your value is off, but so it is in the middle: begin with the check above.",
      },
      {
        where: ({ inputs: [x] }) => x > 0 && x < 1,
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
          expect.close(got, truth(x), { ...allowedErrors(domain, truth(x), x), message });
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
      // One is also the integral of a density that is wrong; only this one gives [σ(low), σ(high)] the mass of [low, high].
      for (const [low, high] of [
        [-8, random.uniform(-1, -0.3)] as const,
        [random.uniform(0.3, 1), 8] as const,
        [-8, 8] as const,
      ]) {
        // x = σ(t): ∫ Pr(x) dx = ∫ Pr(σ(t)) σ(t)(1 − σ(t)) dt, a normal density in t; ±8 leaves 1e-15 outside.
        const { x: t, weights } = quadraturePoints(low, high, 8);
        let mass = 0;
        for (const [i, at] of t.entries()) {
          const x = sigmoid(at);
          mass += weights[i] * x * sigmoid(-at) * (await learner.sigmoidDensity(x));
        }
        expect.close(mass, integrate(normal, low, high), {
          absolute: 1e-6,
          input: `∫ sigmoidDensity(x) dx over [${valueText(sigmoid(low))}, ${valueText(sigmoid(high))}]`,
          message: "the mass is not that of the z that lead there",
        });
      }
    },
  },
];
