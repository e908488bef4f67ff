import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { valueText } from "../../grading/transcript.ts";
import { buildMap } from "../../harness/maps.ts";
import { integrate, quadraturePoints } from "../../oracle/quadrature.ts";
import { decreasing, domain, increasing, normal, type signatures, truth } from "./model-density.domain.ts";
import { affine } from "./model-density.families.ts";

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "is right for increasing maps",
    points: 1,
    hints: [
      {
        text: "Start from $x$, go back to $z$, and ask both the slope and the base density there.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, increasing)) {
        const density = truth(inputs);
        expect.close(
          await learner.modelDensity(...inputs),
          density,
          allowedErrors(domain, density, ...inputs),
        );
      }
    },
  },
  {
    name: "is right for decreasing maps",
    points: 1,
    hints: [
      {
        where: ({ got = 0 }) => got < 0,
        text: "A density is never negative. What happens to yours when the slope is?",
      },
      {
        where: ({ got = 0 }) => got === 0,
        text: "Some $z$ leads to this $x$, so its density is above 0, also where the slope is negative.",
      },
      {
        text: "Start from $x$, go back to $z$, and ask both the slope and the base density there. Of the slope only its size counts.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, decreasing)) {
        const density = truth(inputs);
        expect.close(
          await learner.modelDensity(...inputs),
          density,
          allowedErrors(domain, density, ...inputs),
        );
      }
    },
  },
  {
    name: "integrates to one, and keeps the mass of each interval",
    points: 1,
    hints: [
      {
        where: ({ got = 0 }) => got < 0,
        text: "A density is never negative: the mass of an interval cannot be, either.",
      },
      {
        text: "Mass that leaves one place must arrive at another: only $1/|f'(z)|$ keeps the total.",
      },
    ],
    async run({ learner, random, expect }) {
      const family = affine(-random.uniform(0.5, 2), random.uniform(-1, 1));
      const forward = buildMap(family.forward);
      // The base density taken at x has the integral one as well; only the right one gives each image the mass of its interval.
      for (const [low, high] of [[-9, 9] as const, [-9, random.uniform(-1, -0.3)] as const]) {
        const ends = [forward(low), forward(high)].sort((a, b) => a - b) as [number, number];
        const { x, weights } = quadraturePoints(...ends, 10);
        let mass = 0;
        for (const [i, at] of x.entries()) {
          mass += weights[i] * (await learner.modelDensity(at, family.inverse, family.derivative, normal));
        }
        expect.close(mass, integrate(buildMap(normal), low, high), {
          absolute: 1e-6,
          input: `∫ modelDensity(x, …) dx over [${ends.map((end) => valueText(end)).join(", ")}]`,
          message: "the mass is not that of the z that lead there",
        });
      }
    },
  },
];
