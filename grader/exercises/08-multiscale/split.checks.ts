import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { derivationCheck } from "../../oracle/derivation-check.ts";
import {
  mergeDomain,
  mergeOf,
  merges,
  type Split,
  type signatures,
  splitDomain,
  splitOf,
  splits,
  task,
} from "./split.domain.ts";

const flat = ({ stays, leaves, logDensity }: Split): number[] => [...stays, ...leaves, logDensity];

const LOG_2PI = Math.log(2 * Math.PI);

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "half of each place's channels leaves, with its log-density",
    points: 2,
    hints: [
      {
        when: ["value", "shape"],
        test: async (learner) => {
          const { stays, leaves } = await learner.splitChannels([1, 2, 3, 4], 4);
          return { got: [...stays, ...leaves], want: [1, 2, 3, 4] };
        },
        text: "Begin with one place of four channels, 1, 2, 3, 4: the first half, 1 and 2, stays; 3 and 4 leave.",
      },
      {
        when: ["value", "shape"],
        test: async (learner) => {
          const { stays, leaves } = await learner.splitChannels([1, 2, 3, 4], 2);
          return { got: [...stays, ...leaves], want: [1, 3, 2, 4] };
        },
        text: "One place is right. Take two places of two channels, 1, 2 and 3, 4: of each the first number stays, 1 and 3; and 2 and 4 leave.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: (await learner.splitChannels([5, 0], 2)).logDensity,
          want: -LOG_2PI / 2,
        }),
        text: "The numbers are where they belong. Of 5 and 0 the 0 leaves. Its log-density under a standard normal is $-\\tfrac12\\log 2\\pi = -0.9189$; the 5 stays and does not count yet.",
      },
      {
        text: "At 0 the log-density is right. For a number $v$ that leaves it is $-\\tfrac12 v^2 - \\tfrac12 \\log 2\\pi$, and all that leave are added.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, splits)) {
        const right = splitOf(inputs);
        const want = flat(right);
        const got = await learner.splitChannels(...inputs);
        const lengths = got.stays.length === right.stays.length && got.leaves.length === right.leaves.length;
        expect.close(flat(got), want, {
          ...allowedErrors(splitDomain, want, ...inputs),
          message: lengths
            ? "what stays, what leaves and its log-density, one after the other"
            : `half of the ${inputs[0].length} numbers stay and half leave; yours are ${got.stays.length} and ${got.leaves.length}`,
        });
      }
    },
  },
  {
    name: "puts what has left back to its place",
    points: 1,
    hints: [
      {
        test: async (learner) => ({
          got: await learner.mergeChannels([1, 2], [3, 4], 4),
          want: [1, 2, 3, 4],
        }),
        text: "One place of four channels: first what stayed, 1 and 2, then what left, 3 and 4.",
      },
      {
        text: "One place is right. With several, each place gets its own half back: 1, 3 stayed and 2, 4 left of two places with two channels, so the list was 1, 2, 3, 4.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, merges)) {
        const want = mergeOf(inputs);
        expect.close(
          await learner.mergeChannels(...inputs),
          want,
          allowedErrors(mergeDomain, want, ...inputs),
        );
      }
    },
  },
  derivationCheck<typeof signatures>({
    of: "priorSteps",
    name: "a base that depends on what stays is a coupling: every line equals the one before",
    points: 2,
    hint: "Do one thing in each line: the logarithm of a quotient, the logarithm of an exponential, the standard normal density recognised and called p, a division written as a multiplication.",
    task,
  }),
];
