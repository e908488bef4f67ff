import { allowedErrors } from "../../domain/domain.ts";
import { drawOnce, strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import type { Random } from "../../random.ts";
import {
  batches,
  channelOf,
  deviationOf,
  generateDomain,
  generateOf,
  layers,
  logDetOf,
  meanOf,
  normalizeDomain,
  normalizeOf,
  scalesDomain,
  scalesOf,
  type signatures,
} from "./actnorm.domain.ts";

const copy = (rows: readonly (readonly number[])[]): number[][] => rows.map((row) => [...row]);

/** Three pictures of two places with two channels, whose statistics differ from picture to picture. */
const drawBatch = (random: Random): number[][] =>
  Array.from({ length: 3 }, (_, i) =>
    Array.from({ length: 8 }, (_, at) => (at % 2 ? 3 * random.normal() - 4 : random.normal() + i)),
  );

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "the first batch decides scale and shift",
    points: 2,
    hints: [
      {
        when: ["value", "not-finite", "shape"],
        test: async (learner) => {
          const { s, b } = await learner.firstScales([[1, 3]], 1);
          return { got: [...s, ...b], want: [1, -2] };
        },
        text: "One picture of two places, one channel: 1 and 3 have mean 2 and deviation 1 (the root of the mean of the squared distances, $\\sqrt{(1 + 1)/2}$). So $s = 1$ and $b = -2$.",
      },
      {
        when: ["value", "not-finite", "shape"],
        test: async (learner) => {
          const { s, b } = await learner.firstScales([[2, 6]], 1);
          return { got: [...s, ...b], want: [0.5, -2] };
        },
        text: "The deviation 1 is right. 2 and 6 have mean 4 and deviation 2: $s = 1/2$, and $b = -4/2 = -2$, as $sx + b$ scales first and shifts then.",
      },
      {
        when: ["value", "not-finite", "shape"],
        test: async (learner) => {
          const { s, b } = await learner.firstScales([[1, 10, 3, 30]], 2);
          return { got: [...s, ...b], want: [1, 0.1, -2, -2] };
        },
        text: "One channel is right. With two, a place's numbers stand side by side: in 1, 10, 3, 30 the first channel has 1 and 3, the second 10 and 30, and each gets a scale and a shift of its own.",
      },
      {
        when: ["value", "not-finite", "shape"],
        test: async (learner) => {
          const { s, b } = await learner.firstScales([[1], [3]], 1);
          return { got: [...s, ...b], want: [1, -2] };
        },
        text: "One picture is right. Two pictures of one place, 1 and 3, have the same mean 2 and deviation 1: numbers are taken together over places *and* pictures.",
      },
      {
        text: "Small batches are right. For each channel, all its numbers at all places of all pictures have one mean and one deviation. Does your count fit, (number of pictures) × (places of a picture)?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, batches)) {
        const [batch, channels] = inputs;
        const right = scalesOf(inputs);
        const want = [...right.s, ...right.b];
        const { s, b } = await learner.firstScales(copy(batch), channels);
        const fits = s.length === channels && b.length === channels;
        expect.close([...s, ...b], want, {
          ...allowedErrors(scalesDomain, want, ...inputs),
          message: fits
            ? "s, then b"
            : `each of ${channels} channels has one scale and one shift; yours are ${s.length} and ${b.length}`,
        });
      }
    },
  },
  {
    name: "from x to z, with the log-determinant",
    points: 2,
    hints: [
      {
        when: ["value", "shape", "not-finite"],
        test: async (learner) => ({
          got: (await learner.normalizeChannels([1, 2, 3, 4], [2, 3], [0, 1])).z,
          want: [2, 7, 6, 13],
        }),
        text: "Two places of two channels, 1, 2 and 3, 4. With $s = (2, 3)$ and $b = (0, 1)$ they become $2 \\cdot 1 + 0$, $3 \\cdot 2 + 1$, and $2 \\cdot 3 + 0$, $3 \\cdot 4 + 1$: 2, 7, 6, 13.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: (await learner.normalizeChannels([1, 2], [0.5, 3], [0, 1])).logDet,
          want: Math.log(1.5),
        }),
        text: "The numbers are right. One place of two channels is pressed to a half and stretched by 3, so the log-determinant from $x$ to $z$ is $\\log 0.5 + \\log 3$, of which the first is negative.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: (await learner.normalizeChannels([1, 2], [-2, 3], [0, 1])).logDet,
          want: Math.log(6),
        }),
        text: "For positive scales one place is right. A scale may be negative: then the channel is mirrored as well, and what counts is $\\log|s|$.",
      },
      {
        text: "One place is right. The channel's scale is applied at *every* place, so $\\sum_c \\log|s_c|$ counts $h \\cdot w$ times.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, layers)) {
        const [x, s, b] = inputs;
        const want = [...normalizeOf(inputs), logDetOf(inputs)];
        const got = await learner.normalizeChannels([...x], [...s], [...b]);
        expect.close([...got.z, got.logDet], want, {
          ...allowedErrors(normalizeDomain, want, ...inputs),
          message: "z, then its log-determinant",
        });
      }
    },
  },
  {
    name: "from z to x",
    points: 1,
    hints: [
      {
        test: async (learner) => ({
          got: await learner.generateChannels([2, 7, 6, 13], [2, 3], [0, 1]),
          want: [1, 2, 3, 4],
        }),
        text: "It undoes $sx + b$: first take $b$ away, then divide by $s$. With $s = (2, 3)$ and $b = (0, 1)$, 2, 7, 6, 13 become 1, 2, 3, 4.",
      },
      {
        text: "Two channels are right. The channel of the number at place `at` of the list is `at % s.length`, however many channels there are.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, layers)) {
        const [z, s, b] = inputs;
        const want = generateOf(inputs);
        expect.close(
          await learner.generateChannels([...z], [...s], [...b]),
          want,
          allowedErrors(generateDomain, want, ...inputs),
        );
      }
    },
  },
  {
    name: "after it the first batch has mean 0 and deviation 1",
    points: 1,
    hints: [
      {
        text: "Check it on your own numbers: $s_c\\,x + b_c$ of all numbers of a channel, over all pictures and places together, has to have mean 0 and deviation 1. In this batch the pictures differ in brightness, and the channels in both mean and deviation.",
      },
    ],
    async run({ learner, random, expect }) {
      const batch = drawOnce(random, drawBatch);
      const { s, b } = await learner.firstScales(copy(batch), 2);
      const own = [0, 1].map((c) => channelOf(batch.flat(), 2, c).map((v) => s[c] * v + b[c]));
      // Nine digits of numbers around 1; in float32 what the mean of the first batch, up to 4, leaves of it.
      expect.close([...own.map(meanOf), ...own.map(deviationOf)], [0, 0, 1, 1], {
        absolute: [...s, ...b].every((v) => Object.is(Math.fround(v), v)) ? 2e-5 : 1e-9,
        relative: 0,
        input: "s x + b for three pictures of two channels, with what firstScales gives for them",
        message: "mean of both channels, then their deviation",
      });
    },
  },
];
