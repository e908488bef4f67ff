import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import {
  attributeDomain,
  attributeOf,
  type signatures,
  sphericalDomain,
  sphericalOf,
  straightDomain,
  straightOf,
} from "./interpolation.domain.ts";

const ROOT_HALF = Math.SQRT1_2;

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "the straight line",
    points: 1,
    hints: [
      {
        when: ["value", "shape", "not-finite"],
        test: async (learner) => ({
          got: await learner.straightBetween([0, 10], [4, 20], 0.25),
          want: [1, 12.5],
        }),
        text: "From (0, 10) to (4, 20) a quarter of the way: (1, 12.5). The weights are $1 - t$ and $t$.",
      },
      {
        text: "A quarter of the way between two points is right. At $t = 0$ it is `from`, at $t = 1$ it is `to`, each number by itself.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, straightDomain.regions)) {
        const [from, to, t] = inputs;
        const want = straightOf(inputs);
        expect.close(
          await learner.straightBetween([...from], [...to], t),
          want,
          allowedErrors(straightDomain, want, ...inputs),
        );
      }
    },
  },
  {
    name: "along the arc",
    points: 2,
    hints: [
      {
        when: ["value", "shape", "not-finite"],
        test: async (learner) => ({
          got: await learner.sphericalBetween([1, 0], [0, 1], 0.5),
          want: [ROOT_HALF, ROOT_HALF],
        }),
        text: "(1, 0) and (0, 1) are at a right angle. Half of it is 45°: $(\\cos 45°, \\sin 45°) = (0.7071, 0.7071)$, of length 1, and not (0.5, 0.5). (`Math.acos` and `Math.sin` are of radians.)",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.sphericalBetween([2, 0], [0, 2], 0.5),
          want: [2 * ROOT_HALF, 2 * ROOT_HALF],
        }),
        text: "For vectors of length 1 it is right. Twice as long ones give twice the answer: the weights belong to the vectors themselves.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.sphericalBetween([2, 0], [3, 3 * Math.sqrt(3)], 0.5),
          want: [5 / Math.sqrt(3), 3],
        }),
        text: "At a right angle it is right. (2, 0) and (3, 5.1962) have the lengths 2 and 6 and the dot product 6, so that $\\cos\\omega = 6/(2 \\cdot 6)$, an angle of 60°. Half-way both weights are $\\sin 30°/\\sin 60° = 0.5774$, of the vectors themselves: (2.8868, 3).",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: await learner.sphericalBetween([3, 4], [3, 4], 0.3), want: [3, 4] }),
        text: "For two directions it is right. For one and the same the angle is 0, and the weights are 0/0; or rounding makes the cosine a little larger than 1, of which there is no angle. Then the way is the straight line.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.sphericalBetween([3, 4], [6, 8], 0.25),
          want: [3.75, 5],
        }),
        text: "For two equal vectors it is right. (3, 4) and (6, 8) point the same way, and have two lengths: a quarter of the straight way is (3.75, 5).",
      },
      {
        text: "At 60° and at 90° it is right half-way. For the angle $\\omega$ the weights are $\\sin((1-t)\\omega)/\\sin\\omega$ and $\\sin(t\\omega)/\\sin\\omega$, with $\\omega$ in radians.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, sphericalDomain.regions)) {
        const [from, to, t] = inputs;
        const want = sphericalOf(inputs);
        expect.close(
          await learner.sphericalBetween([...from], [...to], t),
          want,
          allowedErrors(sphericalDomain, want, ...inputs),
        );
      }
    },
  },
  {
    name: "from those without to those with it",
    points: 2,
    hints: [
      {
        when: ["value", "shape", "not-finite"],
        test: async (learner) => ({
          got: await learner.attributeVector(
            [
              [1, 5],
              [4, 5],
            ],
            [0, 1],
          ),
          want: [3, 0],
        }),
        text: "One latent without, (1, 5), one with it, (4, 5): the vector from the first to the second is (3, 0).",
      },
      {
        text: "One of each is right. Of several take two means, each of its own kind and divided by its own number of latents, and subtract.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, attributeDomain.regions)) {
        const [latents, labels] = inputs;
        const want = attributeOf(inputs);
        expect.close(
          await learner.attributeVector(
            latents.map((z) => [...z]),
            [...labels],
          ),
          want,
          allowedErrors(attributeDomain, want, ...inputs),
        );
      }
    },
  },
];
