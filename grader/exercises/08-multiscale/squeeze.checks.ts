import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { valueText } from "../../grading/transcript.ts";
import { type Asked, domain, regions, type signatures, squeezeOf, unsqueezeOf } from "./squeeze.domain.ts";

const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

const describeCall = (name: string, [numbers, width, channels, order]: Asked): string =>
  `${name} of ${numbers.length / (width * channels)} × ${width} pixels with ${channels} ${channels === 1 ? "channel" : "channels"}, order ${order}, ${numbers.length} numbers`;

/** The first number that stands elsewhere, in words. */
function firstWrong(got: readonly number[], want: readonly number[]): string | undefined {
  if (got.length !== want.length)
    return `as many numbers come out as go in, ${want.length}; yours are ${got.length}`;
  const at = want.findIndex((v, i) => Math.abs(got[i] - v) > 1e-6 * Math.abs(v));
  return at < 0
    ? undefined
    : `place ${at} of the list (from 0) should hold ${valueText(want[at])}; yours holds ${valueText(got[at])}`;
}

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "squeezes in each of the three orders",
    points: 2,
    hints: [
      {
        when: ["value", "not-finite", "shape"],
        test: async (learner) => ({
          got: await learner.squeezeImage([1, 2, 3, 4], 2, 1, 0),
          want: [1, 2, 3, 4],
        }),
        text: "One block of one channel, in order 0: upper row, then lower row, so the list 1, 2, 3, 4 stays as it is.",
      },
      {
        test: async (learner) => ({
          got: await learner.squeezeImage(count(8), 4, 1, 0),
          want: [1, 2, 5, 6, 3, 4, 7, 8],
        }),
        text: "One block is right. Take two blocks side by side: the rows 1, 2, 3, 4 and 5, 6, 7, 8. The left block holds 1, 2, 5, 6, the right one 3, 4, 7, 8; each becomes one place with four channels.",
      },
      {
        test: async (learner) => ({
          got: await learner.squeezeImage(count(8), 2, 2, 0),
          want: [1, 2, 3, 4, 5, 6, 7, 8],
        }),
        text: "One channel is right. With two, order 0 puts both numbers of the upper left pixel first, then both of the upper right: number $(2i + j)C + c$. For one block nothing moves: 1 to 8 stay in their order.",
      },
      {
        test: async (learner) => ({
          got: await learner.squeezeImage(count(8), 2, 2, 1),
          want: [1, 3, 5, 7, 2, 4, 6, 8],
        }),
        text: "Order 0 is right. In order 1 the first channel of all four pixels comes first, then the second channel of all four: number $4c + 2i + j$. So 1 to 8 become 1, 3, 5, 7, 2, 4, 6, 8.",
      },
      {
        test: async (learner) => ({
          got: await learner.squeezeImage([1, 2, 3, 4], 2, 1, 2),
          want: [1, 4, 2, 3],
        }),
        text: "Orders 0 and 1 are right. In order 2 the diagonal comes first, upper left and lower right, then upper right and lower left: 1, 2, 3, 4 becomes 1, 4, 2, 3.",
      },
      {
        text: "Small images are right in every order. In the call shown, which pixels make up the second block, and where in the list does it begin? A place of the squeezed image takes up $4C$ numbers, and a row of places is half as wide as the image.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, regions)) {
        const want = squeezeOf()(...inputs);
        const got = await learner.squeezeImage(...inputs);
        const message = firstWrong(got, want);
        expect.close(got, want, {
          ...allowedErrors(domain, want, ...inputs),
          input: () => describeCall("squeezeImage", inputs),
          ...(message !== undefined && { message }),
        });
      }
    },
  },
  {
    name: "puts every number back",
    points: 2,
    hints: [
      {
        test: async (learner) => ({
          got: await learner.unsqueezeImage([1, 2, 5, 6, 3, 4, 7, 8], 4, 1, 0),
          want: count(8),
        }),
        text: "Two blocks side by side, 1, 2, 5, 6 and 3, 4, 7, 8, come from the rows 1, 2, 3, 4 and 5, 6, 7, 8. (Width and channels are those of the image, *before* squeezing.)",
      },
      {
        test: async (learner) => ({
          got: await learner.unsqueezeImage([1, 4, 2, 3], 2, 1, 2),
          want: [1, 2, 3, 4],
        }),
        text: "Order 0 is right. In order 2, squeezing has made 1, 4, 2, 3 of 1, 2, 3, 4. To undo it read what squeezing *wrote*: `image[at] = squeezed[place]`, not the other way round. Moving the numbers by the same rule once more does not undo it.",
      },
      {
        text: "Small ones are right. Use the same places as in `squeezeImage`, for the same order, and read from where that wrote.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, regions)) {
        const want = unsqueezeOf()(...inputs);
        const got = await learner.unsqueezeImage(...inputs);
        const message = firstWrong(got, want);
        expect.close(got, want, {
          ...allowedErrors(domain, want, ...inputs),
          input: () => describeCall("unsqueezeImage", inputs),
          ...(message !== undefined && { message }),
        });
      }
    },
  },
  {
    name: "there and back, in one order and in none other",
    points: 1,
    hints: [
      {
        text: "Each of your functions by itself may look right, and still the round trip fails: both have to use the same order. Look up `places` once for each order, by one function that both of them call.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const order of [0, 1, 2]) {
        const [height, width, channels] = [
          2 + 2 * random.integer(3),
          2 + 2 * random.integer(3),
          2 + random.integer(2),
        ];
        const image = Array.from({ length: height * width * channels }, () => random.normal());
        const squeezed = await learner.squeezeImage(image, width, channels, order);
        const back = await learner.unsqueezeImage(squeezed, width, channels, order);
        const wrong = firstWrong(back, image);
        expect.that(
          wrong === undefined,
          `unsqueezing what was squeezed in order ${order} does not give the image: ${wrong}`,
          {
            input: describeCall("squeezeImage, then unsqueezeImage,", [image, width, channels, order]),
          },
        );
        expect.that(
          new Set(squeezed.map((v) => Math.fround(v))).size ===
            new Set(image.map((v) => Math.fround(v))).size && squeezed.length === image.length,
          "squeezing moves numbers; none is lost and none comes twice",
          { input: describeCall("squeezeImage", [image, width, channels, order]) },
        );
      }
    },
  },
];
