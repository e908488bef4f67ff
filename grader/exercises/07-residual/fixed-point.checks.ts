import { allowedErrors } from "../../domain/domain.ts";
import { type Regions, strata } from "../../domain/strata.ts";
import type { Check, CheckContext } from "../../exercise.ts";
import { buildMap, mapRef } from "../../harness/maps.ts";
import { boundDomain, stepsOf } from "./fixed-point.bound.ts";
import { iteratesOf, sequenceDomain, type signatures } from "./fixed-point.domain.ts";
import { endless, flatten, type Search, searchDomain, searchOf, settling } from "./fixed-point.search.ts";

type Context = CheckContext<typeof signatures>;

const HALF = mapRef("affine", 0.5, 1);

async function judgeSearches({ learner, random, expect }: Context, regions: Regions<Search>): Promise<void> {
  for (const { inputs } of strata(random, regions)) {
    const [f, start, tolerance, most] = inputs;
    const want = searchOf(buildMap(f), start, tolerance, most);
    const got = await learner.fixedPoint(...inputs);
    const allowed = allowedErrors(searchDomain, flatten(want), ...inputs);
    for (const [i, part] of (["steps", "z", "change"] as const).entries())
      expect.close(got[part], want[part], {
        absolute: [allowed.absolute[[2, 0, 1][i]]],
        relative: 0,
        message: `${part} is not as asked`,
      });
  }
}

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "the map again and again",
    points: 1,
    hints: [
      {
        when: ["value", "shape", "not-finite"],
        test: async (learner) => ({ got: await learner.iterates(HALF, 0, 3), want: [0, 1, 1.5, 1.75] }),
        text: "With $f[z] = \\tfrac12 z + 1$ from 0, three steps: 0, 1, 1.5, 1.75. The start is in the list, and each number is $f$ of the one before it.",
      },
      { text: "Three steps of a simple map are right. With `count` 0 the list is the start alone." },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, sequenceDomain.regions)) {
        const [f, start, count] = inputs;
        const want = iteratesOf(buildMap(f), start, count);
        expect.close(await learner.iterates(...inputs), want, allowedErrors(sequenceDomain, want, ...inputs));
      }
    },
  },
  {
    name: "stops where it has come to rest",
    points: 2,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => {
          const { z, change, steps } = await learner.fixedPoint(HALF, 0, 0.3, 100);
          return { got: [z, change, steps], want: [1.75, 0.25, 3] };
        },
        text: "With $f[z] = \\tfrac12 z + 1$ from 0 and a tolerance of 0.3: 0, 1, 1.5, 1.75. The changes are 1, 0.5 and 0.25, so the third step is the first that changes by 0.3 or less: z = 1.75, change = 0.25, steps = 3.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => {
          const { z, change, steps } = await learner.fixedPoint(HALF, 4, 0.3, 100);
          return { got: [z, change, steps], want: [2.25, 0.25, 3] };
        },
        text: "From below you are right. From 4 the same map *falls*: 4, 3, 2.5, 2.25. A change of −1 is no small one.",
      },
      {
        text: "Simple cases are right. Is the change the plain $|z_k - z_{k-1}|$, not divided by anything and not squared? And does z belong to the last step, not to the one before?",
      },
    ],
    run: (context) => judgeSearches(context, settling),
  },
  {
    name: "and gives up where it never does",
    points: 1,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => {
          const { z, change, steps } = await learner.fixedPoint(mapRef("affine", 2, 0), 1, 0.3, 4);
          return { got: [z, change, steps], want: [16, 8, 4] };
        },
        text: "With $f[z] = 2z$ from 1 and at most 4 steps: 1, 2, 4, 8, 16. The fourth step is the last one, whatever its change: z = 16, change = 8, steps = 4.",
      },
      {
        text: "Whether it converges or not: it takes at most `most` steps, and gives what the last one gave. A change that grows is no reason to stop earlier.",
      },
    ],
    run: (context) => judgeSearches(context, endless),
  },
  {
    name: "how many steps Banach's bound needs",
    points: 2,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: await learner.stepsNeeded(0.5, 1, 0.3), want: 2 }),
        text: "Each step leaves at most `slope` times the distance: from 1 it is 0.5 and then 0.25, so with a slope of 0.5 a tolerance of 0.3 takes 2 steps.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: await learner.stepsNeeded(0.5, 10, 0.3), want: 6 }),
        text: "From a distance of 1 you are right. From 10 it is 10, 5, 2.5, 1.25, 0.625, 0.3125, 0.15625: six steps. What counts is distance divided by tolerance.",
      },
      {
        text: "A few steps are right. If the distance is within the tolerance from the beginning, no step is needed: 0, not a negative number.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, boundDomain.regions)) {
        const want = stepsOf(inputs);
        expect.close(await learner.stepsNeeded(...inputs), want, allowedErrors(boundDomain, want, ...inputs));
      }
    },
  },
];
