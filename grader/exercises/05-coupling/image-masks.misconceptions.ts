import type { Mutant } from "../../exercise.ts";
import {
  channelHalfOf,
  checkerboardOf,
  inHalf,
  maskOf,
  onBoard,
  type Place,
  realNVPMasksOf,
  type Size,
  type signatures,
  squeezePlace,
  TURNS,
} from "./image-masks.domain.ts";
import {
  board,
  byPlanes,
  flat,
  half,
  mask,
  opposite,
  scale,
  squeezedHalf,
  type Wrong,
} from "./image-masks.rules.ts";

export const misconceptions: readonly Wrong[] = [
  board(
    "parity-of-the-place-in-the-list",
    "You take the parity of the pixel's place in the list, $i \\cdot \\text{width} + j$. Where the width is even, $i \\cdot \\text{width}$ is even too, and each row begins like the one before: that makes **stripes**, in which a changed pixel has changed neighbours above and below. The parity of row *plus* column was asked for. (Where the width is odd, both are the same, so it may look right in a test.)",
    ({ row, column, width }, parity) => (row * width + column) % 2 === parity,
  ),
  board(
    "parity-of-the-place-with-channels",
    "You alternate along the whole list, `at % 2`. With one channel and rows of an even length that makes stripes, and with two channels one channel changes everywhere. The parity of row plus column was asked for, and all channels of a pixel change together.",
    (place, parity) => flat(place) % 2 === parity,
  ),
  board(
    "rows-only",
    "Your mask changes every other **row**. Then the neighbours to the left and right of a changed pixel change as well and cannot steer it. Row *plus* column makes a checkerboard, on which all four neighbours stay.",
    ({ row }, parity) => row % 2 === parity,
  ),
  board(
    "columns-only",
    "Your mask changes every other **column**. Then the neighbours above and below a changed pixel change as well and cannot steer it. Row *plus* column makes a checkerboard, on which all four neighbours stay.",
    ({ column }, parity) => column % 2 === parity,
  ),
  board(
    "channels-take-turns-too",
    "You add the channel to row and column. Then one channel of a pixel changes and the next one stays. On a checkerboard all channels of a pixel change together; channels have masks of their own.",
    ({ row, column, channel }, parity) => (row + column + channel) % 2 === parity,
  ),
  board(
    "no-complement",
    "Your checkerboard does not look at the parity: the mask is the same for 0 and 1. Then half of the pixels never change, however many couplings there are. With parity 1 exactly the other pixels change.",
    (place) => onBoard(place, 0),
  ),
  {
    ...board(
      "ones-stay",
      "Your 1 means *stays*. Here 1 means that the number **changes**. (Papers do it either way; the mask $b$ of RealNVP is 1 where a number stays.)",
      opposite(onBoard),
    ),
    variants: [
      { channelHalf: mask(opposite(inHalf)) },
      {
        checkerboard: mask(opposite(onBoard)),
        channelHalf: mask(opposite(inHalf)),
        realNVPMasks: scale(opposite(onBoard), opposite(squeezedHalf)),
      },
    ],
  },
  {
    id: "channel-by-channel",
    explanation:
      "Your list holds one channel after the other, each as a whole picture. Here the channels of a *pixel* stand side by side: place $(i \\cdot \\text{width} + j) \\cdot \\text{channels} + c$. So the innermost loop goes over the channels.",
    implementation: { checkerboard: byPlanes },
  },
  {
    id: "one-number-for-each-pixel",
    explanation:
      "Your mask has one number for each *pixel*. A pixel has as many numbers as there are channels, and the mask needs one for each of them: on a checkerboard the same one, side by side.",
    implementation: {
      checkerboard: (height, width, _channels, parity) => checkerboardOf(height, width, 1, parity),
    },
  },
  half(
    "half-of-the-list",
    "You cut the whole list in two. That is the upper half of the *picture*, with all of its channels. Asked for is the first half of the channels in every pixel: `at % channels` is the channel. (It would be right if the list held one channel after the other, each as a whole picture.)",
    (place, which) => Math.floor((2 * flat(place)) / (place.height * place.width * place.channels)) === which,
  ),
  half(
    "every-other-channel",
    "You change every other channel. Asked for is the first half of them, or the second: with four channels 1, 1, 0, 0.",
    ({ channel }, which) => channel % 2 === which,
  ),
  half(
    "no-other-half",
    "Your mask does not look at `half`: the same channels change for 0 and 1. Then the others never change, however many couplings there are.",
    (place) => inHalf(place, 0),
  ),
  {
    id: "split-before-squeezing",
    explanation:
      "You cut the channels *before* squeezing. An image of one channel has no two halves: all of it changes, or nothing, and there is nobody left to steer. Squeezing first makes four channels of one.",
    implementation: { realNVPMasks: scale(onBoard, inHalf) },
    variants: [
      {
        realNVPMasks: scale(
          onBoard,
          ({ channel, channels }, which) => channel < channels / 2 === (which === 0),
        ),
      },
      {
        realNVPMasks: scale(
          onBoard,
          ({ channel, channels }, which) => channel < Math.floor(channels / 2) === (which === 0),
        ),
      },
    ],
  },
  {
    id: "masks-of-the-squeezed-image",
    explanation:
      "Your last three masks are in the order of the *squeezed* image. Asked for are masks of the image as it was: for each of its numbers, look up which channel it will be in, and take the entry of that channel.",
    implementation: {
      realNVPMasks: (height, width, channels) => [
        ...TURNS.map((parity) => checkerboardOf(height, width, channels, parity)),
        ...TURNS.map((which) => channelHalfOf(height / 2, width / 2, 4 * channels, which)),
      ],
    },
  },
  {
    id: "channels-before-places",
    explanation:
      "In your squeezed pixel the channels come first: channel $c$ of the block is number $4c + (2i + j)$. Asked for is $(2i + j) \\cdot \\text{channels} + c$. (With one channel they are the same, and frameworks do differ in this.)",
    implementation: {
      realNVPMasks: scale(onBoard, (place, which) => {
        const squeezed = squeezePlace(place);
        const channel = 4 * place.channel + 2 * (place.row % 2) + (place.column % 2);
        return inHalf({ ...squeezed, channel }, which);
      }),
    },
  },
  {
    id: "columns-of-the-block-first",
    explanation:
      "You go through the block column by column: $(2j + i)$. Asked for is row by row, $(2i + j) \\cdot \\text{channels} + c$, so the first half is the *upper* row of each block.",
    implementation: {
      realNVPMasks: scale(onBoard, (place, which) =>
        inHalf(
          {
            ...squeezePlace(place),
            channel: (2 * (place.column % 2) + (place.row % 2)) * place.channels + place.channel,
          },
          which,
        ),
      ),
    },
  },
  {
    id: "quarters-of-the-picture",
    explanation:
      "Your last three masks change the upper half of the *picture* and then the lower. Either the whole list was cut in two, or squeezing was taken for cutting the picture into quarters. Squeezing takes neighbours together: blocks of 2 × 2 pixels, so `i % 2` and `j % 2` say where a pixel stands in its block.",
    implementation: {
      realNVPMasks: scale(onBoard, ({ row, height }, which) => Math.floor((2 * row) / height) === which),
    },
  },
  {
    id: "always-the-same-turn",
    explanation:
      "Your three masks of a kind are one and the same. Then half of the numbers are never changed by them. They take turns: 0, 1, 0.",
    implementation: { realNVPMasks: scale(onBoard, squeezedHalf, [0, 0, 0]) },
  },
  {
    id: "kinds-in-turns",
    explanation:
      "Your masks change from checkerboard to channels with each coupling. In RealNVP three checkerboards come first, then the image is squeezed *once*, and the three halves of the channels follow.",
    implementation: {
      realNVPMasks: (...size) => {
        const right = realNVPMasksOf(...size);
        return [0, 3, 1, 4, 2, 5].map((k) => right[k]);
      },
    },
  },
  {
    id: "channels-first",
    explanation:
      "Your halves of the channels come before the checkerboards. RealNVP begins with the image as it is, three checkerboards, and squeezes afterwards.",
    implementation: {
      realNVPMasks: (...size) => {
        const right = realNVPMasksOf(...size);
        return [...right.slice(3), ...right.slice(0, 3)];
      },
    },
  },
];

const square = (size: Size): Size => [size[0], size[0], size[2]];

/** Answers for images up to these sizes, smaller than what is said; beyond them nothing changes. */
const SMALLER: readonly Size[] = [
  [7, 8, 6],
  [6, 8, 6],
  [8, 7, 6],
  [8, 6, 6],
  [8, 8, 5],
  [8, 8, 4],
];

const within =
  (rule: (place: Place, which: number) => boolean, most: Size) => (place: Place, which: number) =>
    place.row < most[0] && place.column < most[1] && place.channel < most[2] && rule(place, which);

const upTo = (most: Size): Mutant<typeof signatures> => ({
  id: `up-to-${most.join("-")}`,
  implementation: { checkerboard: mask(within(onBoard, most)) },
});

const scaleUpTo = (most: Size): Mutant<typeof signatures> => ({
  id: `six-masks-up-to-${most.join("-")}`,
  implementation: { realNVPMasks: scale(within(onBoard, most), within(squeezedHalf, most)) },
});

const halfUpTo = (most: Size): Mutant<typeof signatures> => ({
  id: `halves-up-to-${most.join("-")}`,
  implementation: { channelHalf: mask(within(inHalf, most)) },
});

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  ...SMALLER.flatMap((most) => [upTo(most), scaleUpTo(most), halfUpTo(most)]),
  {
    id: "rows-and-columns-exchanged",
    implementation: {
      checkerboard: (height, width, channels, parity) =>
        maskOf([width, height, channels], (place) => onBoard(place, parity)),
    },
  },
  {
    // As nobody may write it: the kinds of the signature forbid it.
    id: "nested-lists",
    implementation: {
      checkerboard: (height, width, _channels, parity) =>
        Array.from({ length: height }, (_, i) =>
          Array.from({ length: width }, (__, j) => ((i + j) % 2 === parity ? 1 : 0)),
        ) as never,
    },
  },
  {
    id: "all-rows-like-the-second",
    implementation: {
      checkerboard: mask(({ row, column }, parity) => (Math.min(row, 1) + column) % 2 === parity),
    },
  },
  {
    id: "squares-only",
    implementation: { realNVPMasks: (...size) => realNVPMasksOf(...square(size)) },
  },
  {
    id: "three-masks",
    implementation: { realNVPMasks: (...size) => realNVPMasksOf(...size).slice(0, 3) },
  },
  {
    id: "two-of-each",
    implementation: {
      realNVPMasks: (...size) => realNVPMasksOf(...size).filter((_, k) => k % 3 < 2),
    },
  },
];
