import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import {
  channelHalfOf,
  checkerboardOf,
  domains,
  maskOf,
  type Place,
  realNVPMasksOf,
  type Size,
  type signatures,
} from "./image-masks.domain.ts";

/** Where a number stands, in words. */
function placeText(size: Size, at: number): string {
  const places: Place[] = [];
  maskOf(size, (place) => places.push(place) > 0);
  const { row, column, channel } = places[at];
  return `row ${row}, column ${column}, channel ${channel}`;
}

/** What is wrong with a mask, if it has the right length. */
function firstWrong(got: readonly number[], want: readonly number[], size: Size): string | undefined {
  if (got.length !== want.length)
    return `a mask has one number for each of the ${want.length} numbers of the image; yours has ${got.length}`;
  const at = want.findIndex((v, i) => got[i] !== v);
  return at < 0
    ? undefined
    : `the number in ${placeText(size, at)} (counted from 0) ${want[at] === 1 ? "changes" : "stays"}, so its entry is ${want[at]}; yours is ${got[at]}`;
}

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "checkerboards",
    points: 2,
    hints: [
      {
        when: "shape",
        text: "An image is *one* list here, and so is its mask: no list of rows. A nested list becomes one by `.flat()`, or by `.flat(2)` if each pixel is a list, too.",
      },
      {
        test: async (learner) => ({ got: await learner.checkerboard(2, 2, 1, 0), want: [1, 0, 0, 1] }),
        text: "Begin with 2 × 2 pixels of one channel and parity 0. Row plus column is 0, 1, 1, 2 for the four pixels: the first and the last change. The mask is 1, 0, 0, 1.",
      },
      {
        test: async (learner) => ({ got: await learner.checkerboard(2, 2, 1, 1), want: [0, 1, 1, 0] }),
        text: "Parity 0 is right. With parity 1 exactly the *other* pixels change: 0, 1, 1, 0. Together the two masks leave nothing out.",
      },
      {
        test: async (learner) => ({
          got: await learner.checkerboard(2, 2, 2, 0),
          want: [1, 1, 0, 0, 0, 0, 1, 1],
        }),
        text: "One channel is right. With two, both numbers of a pixel change together, and they stand side by side: 1, 1, 0, 0, 0, 0, 1, 1.",
      },
      {
        test: async (learner) => ({ got: await learner.checkerboard(2, 3, 1, 0), want: [1, 0, 1, 0, 1, 0] }),
        text: "2 × 2 pixels are right. Take 2 rows of 3: 1, 0, 1 and 0, 1, 0. Do you go along the rows, and is a row as long as the image is *wide*?",
      },
      {
        text: "Small images are right. For the call shown write row plus column of the first two rows under each other: each row of the mask begins with the other value than the row before.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, domains.checkerboard.regions)) {
        const want = checkerboardOf(...inputs);
        const got = await learner.checkerboard(...inputs);
        const message = firstWrong(got, want, [inputs[0], inputs[1], inputs[2]]);
        expect.close(got, want, {
          ...allowedErrors(domains.checkerboard, want, ...inputs),
          ...(message !== undefined && { message }),
        });
      }
    },
  },
  {
    name: "halves of the channels",
    points: 1,
    hints: [
      {
        test: async (learner) => ({
          got: await learner.channelHalf(2, 2, 2, 0),
          want: [1, 0, 1, 0, 1, 0, 1, 0],
        }),
        text: "Begin with four pixels of two channels. The first half of the channels is the first number of *each* pixel: 1, 0 four times.",
      },
      {
        test: async (learner) => ({
          got: await learner.channelHalf(2, 2, 4, 0),
          want: [1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0],
        }),
        text: "Two channels are right. Of four the first two are the first half: 1, 1, 0, 0 in each pixel.",
      },
      {
        text: "The first half is right. With `half` 1 the *other* half of the channels changes, in every pixel.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, domains.channelHalf.regions)) {
        const want = channelHalfOf(...inputs);
        const got = await learner.channelHalf(...inputs);
        const message = firstWrong(got, want, [inputs[0], inputs[1], inputs[2]]);
        expect.close(got, want, {
          ...allowedErrors(domains.channelHalf, want, ...inputs),
          ...(message !== undefined && { message }),
        });
      }
    },
  },
  {
    name: "three checkerboards, then three halves of the squeezed channels",
    points: 3,
    hints: [
      {
        test: async (learner) => ({ got: (await learner.realNVPMasks(2, 2, 1)).length, want: 6 }),
        text: "Six masks are asked for, one in each row: three checkerboards and three halves of the channels.",
      },
      {
        test: async (learner) => ({
          got: (await learner.realNVPMasks(2, 2, 1)).slice(0, 3).flat(),
          want: [1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1],
        }),
        text: "The first three rows are checkerboards in turns: parity 0, 1 and 0 again. For 2 × 2 pixels of one channel these are 1, 0, 0, 1 and 0, 1, 1, 0 and 1, 0, 0, 1.",
      },
      {
        test: async (learner) => ({
          got: (await learner.realNVPMasks(2, 2, 1)).slice(3).flat(),
          want: [1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0],
        }),
        text: "The first three rows are right. 2 × 2 pixels of one channel are squeezed into *one* pixel of four channels: the two pixels of the upper row, then the two of the lower. The first half of them is the upper row: 1, 1, 0, 0; then 0, 0, 1, 1; then 1, 1, 0, 0 again.",
      },
      {
        test: async (learner) => ({
          got: (await learner.realNVPMasks(4, 2, 1))[3],
          want: [1, 1, 0, 0, 1, 1, 0, 0],
        }),
        text: "One block is right. Now 4 rows of 2 pixels: two blocks, one above the other, each with its own upper row. In the order of the unsqueezed image row 3 (counted from 0) is 1, 1, 0, 0, 1, 1, 0, 0.",
      },
      {
        text: "One channel is right. With more, which number of the squeezed pixel is channel $c$ of row $i$ and column $j$ of the block? The place in the block comes first, $(2i + j)$ times the number of channels, and $c$ is added.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, domains.realNVPMasks.regions)) {
        const want = realNVPMasksOf(...inputs);
        const got = await learner.realNVPMasks(...inputs);
        const row = want.findIndex((mask, k) => firstWrong(got[k] ?? [], mask, inputs) !== undefined);
        const message =
          got.length !== want.length
            ? `six masks are asked for; yours are ${got.length}`
            : row >= 0 && `row ${row}, counted from 0: ${firstWrong(got[row], want[row], inputs)}`;
        expect.close(got.flat(), want.flat(), {
          ...allowedErrors(domains.realNVPMasks, want.flat(), ...inputs),
          ...(message && { message }),
        });
      }
    },
  },
];
