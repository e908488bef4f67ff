import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { backwards, forwards, reflecting, several, type signatures, single } from "./reflections.domain.ts";

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "one mirror turns round what lies along v",
    points: 2,
    hints: [
      {
        test: async (learner) => ({ got: await learner.reflectAll([[1, 0]], [3, 2]), want: [-3, 2] }),
        text: "Begin with $v = (1, 0)$ and $h = (3, 2)$: along $v$ lies the 3, which is turned round; the 2 stays. What do you get?",
      },
      {
        test: async (learner) => ({ got: await learner.reflectAll([[2, 0]], [3, 2]), want: [-3, 2] }),
        text: "For $v = (1, 0)$ you are right. $v = (2, 0)$ is the same mirror: nothing may change. What undoes the length of $v$, which comes in twice?",
      },
      {
        text: "Along the axes you are right. For a $v$ that is slanted, is $v^\\top h$ one number, made from all coordinates of the *unchanged* $h$, before any of them is replaced?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, single)) {
        const want = forwards(inputs);
        expect.close(await learner.reflectAll(...inputs), want, allowedErrors(reflecting, want, ...inputs));
      }
    },
  },
  {
    name: "several mirrors act in turn, the first one first",
    points: 1,
    hints: [
      {
        test: async (learner) => ({ got: await learner.reflectAll([[1, 0]], [3, 2]), want: [-3, 2] }),
        text: "With several mirrors your numbers are wrong, and with a single one as well: begin with the check above.",
      },
      {
        test: async (learner) => ({
          got: await learner.reflectAll(
            [
              [1, 0],
              [1, 1],
            ],
            [3, 2],
          ),
          want: [-2, 3],
        }),
        text: "Two mirrors by hand: $v = (1, 0)$ takes $(3, 2)$ to $(-3, 2)$, and $v = (1, 1)$ takes that to $(-2, 3)$. What do you get after each of the two?",
      },
      {
        text: "Two mirrors are right at a test point. What does your code do with none, with one dimension, or with more mirrors than dimensions?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, several)) {
        const want = forwards(inputs);
        expect.close(await learner.reflectAll(...inputs), want, allowedErrors(reflecting, want, ...inputs));
      }
    },
  },
  {
    name: "reflectBack undoes them",
    points: 2,
    hints: [
      {
        test: async (learner) => ({ got: await learner.reflectBack([[1, 0]], [-3, 2]), want: [3, 2] }),
        text: "A single mirror undoes itself: $v = (1, 0)$ takes $(-3, 2)$ back to $(3, 2)$. What do you get?",
      },
      {
        test: async (learner) => ({ got: await learner.reflectBack([[1, 1]], [-2, 3]), want: [-3, 2] }),
        text: "With $v = (1, 0)$, a vector of length 1, you are right. $v = (1, 1)$ takes $(-2, 3)$ back to $(-3, 2)$: it is longer, and slanted. If the check of one mirror fails too, mend that one first.",
      },
      {
        test: async (learner) => ({
          got: await learner.reflectBack(
            [
              [1, 0],
              [1, 1],
            ],
            [-2, 3],
          ),
          want: [3, 2],
        }),
        text: "Single mirrors are right at test points. With two, $(1, 0)$ and then $(1, 1)$, the point $(3, 2)$ became $(-2, 3)$. Which of the two has to be undone first?",
      },
      {
        text: "Two mirrors are right at a test point. Is anything else than the order different on the way back?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, reflecting.regions)) {
        const want = backwards(inputs);
        expect.close(await learner.reflectBack(...inputs), want, allowedErrors(reflecting, want, ...inputs));
      }
    },
  },
];
