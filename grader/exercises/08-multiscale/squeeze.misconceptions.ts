import type { Misconception, Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import {
  type Asked,
  channelOf,
  ORDERS,
  type Rule,
  type signatures,
  squeezeOf,
  unsqueezeOf,
} from "./squeeze.domain.ts";

type Program = Implementation<typeof signatures>;
type Wrong = Misconception<typeof signatures>;

/** Another rule, in both directions and in each of them alone. */
const rule = (id: string, explanation: string, wrong: Rule): Wrong => ({
  id,
  explanation,
  implementation: { squeezeImage: squeezeOf(wrong), unsqueezeImage: unsqueezeOf(wrong) },
  variants: [{ squeezeImage: squeezeOf(wrong) }],
});

const by = (move: (...asked: Asked) => number[]): Program["squeezeImage"] => move;

/** Quarters of the picture instead of its blocks: the first channels are the upper left quarter. */
const quarters = by((image, width, channels, order) => {
  const height = image.length / (width * channels);
  const [rows, columns] = [height / 2, width / 2];
  const squeezed = image.map(() => 0);
  for (const [at, value] of image.entries()) {
    const [pixel, c] = [Math.floor(at / channels), at % channels];
    const [row, column] = [Math.floor(pixel / width), pixel % width];
    const [i, j] = [Math.floor(row / rows), Math.floor(column / columns)];
    const place = (row % rows) * columns + (column % columns);
    const to = place * 4 * channels + channelOf(i, j, c, channels, order);
    if (to < squeezed.length) squeezed[to] = value;
  }
  return squeezed;
});

/** The four pixels of a block as four pictures, one after the other. */
const planes = by((image, width, channels, order) => {
  const right = squeezeOf()(image, width, channels, order);
  const places = image.length / (4 * channels);
  return right.map((_, at) => right[(at % places) * 4 * channels + Math.floor(at / places)] ?? 0);
});

/** The same slip before the diagonals are looked up. */
const byColumns: Rule = (i, j, c, channels, order) => channelOf(j, i, c, channels, order);

export const misconceptions: readonly Wrong[] = [
  {
    id: "only-a-new-shape",
    explanation:
      "Your list is the one that was given: only its *shape* has another name now. A row of the image is `width` pixels long, so the two pixels below each other in a block lie `width · channels` numbers apart, and have to be brought together.",
    implementation: { squeezeImage: (image) => [...image], unsqueezeImage: (squeezed) => [...squeezed] },
    variants: [{ squeezeImage: (image) => [...image] }, { unsqueezeImage: (squeezed) => [...squeezed] }],
  },
  rule(
    "always-place-first",
    "Your channels are in order 0 whatever was asked: place in the block first, $(2i + j)C + c$. That is TensorFlow's and this library's. In order 1 the channel comes first, $4c + 2i + j$, and in order 2 the places of the block come by diagonals.",
    (i, j, c, channels) => channelOf(i, j, c, channels, 0),
  ),
  rule(
    "always-channel-first",
    "Your channels are in order 1 whatever was asked: channel first, $4c + 2i + j$, as in PyTorch. In orders 0 and 2 the place in the block comes first, and $c$ is added.",
    (i, j, c, channels) => channelOf(i, j, c, channels, 1),
  ),
  rule(
    "orders-0-and-1-exchanged",
    "You have exchanged orders 0 and 1. In order 0 the *place* counts first, $(2i + j)C + c$: all channels of a pixel stay together. In order 1 the *channel* does, $4c + 2i + j$: what was one channel becomes four that follow each other.",
    (i, j, c, channels, order) => channelOf(i, j, c, channels, order === 2 ? 2 : 1 - order),
  ),
  {
    ...rule(
      "block-by-columns",
      "You go through a block column by column, $2j + i$. Rows come first: upper left, upper right, lower left, lower right, $2i + j$.",
      (i, j, c, channels, order) => channelOf(order === 2 ? i : j, order === 2 ? j : i, c, channels, order),
    ),
    variants: [
      { squeezeImage: squeezeOf(byColumns), unsqueezeImage: unsqueezeOf(byColumns) },
      { squeezeImage: squeezeOf(byColumns) },
    ],
  },
  rule(
    "other-diagonal-first",
    "In order 2 your block begins with the other diagonal, or goes along it the other way. Upper left and lower right come first (numbers 0 and 1), then upper right (2) and lower left (3).",
    (i, j, c, channels, order) =>
      order === 2
        ? [
            [2, 0],
            [1, 3],
          ][i][j] *
            channels +
          c
        : channelOf(i, j, c, channels, order),
  ),
  rule(
    "order-1-as-order-0",
    "Your order 1 is your order 0: the place in the block counts first. In order 1 the *channel* does, $4c + 2i + j$: what was one channel becomes four that follow each other. Orders 0 and 2 are right.",
    (i, j, c, channels, order) => channelOf(i, j, c, channels, order === 2 ? 2 : 0),
  ),
  rule(
    "order-2-by-rows",
    "Your order 2 is your order 0: upper left, upper right, lower left, lower right. In order 2 the block is gone through by its diagonals: upper left is number 0, lower *right* 1, upper right 2, lower left 3. Orders 0 and 1 are right.",
    (i, j, c, channels, order) => channelOf(i, j, c, channels, order === 1 ? 1 : 0),
  ),
  rule(
    "second-diagonal-from-below",
    "In order 2 you go along the second diagonal from below: its upper right pixel is number 2, and its lower left one number 3. Orders 0 and 1 are right.",
    (i, j, c, channels, order) =>
      order === 2 ? channelOf(j, i, c, channels, 2) : channelOf(i, j, c, channels, order),
  ),
  rule(
    "diagonals-by-channel",
    "In order 2 you put the *channel* first. The diagonals are a matter of the place in the block; as in order 0 the place comes first and $c$ is added: $d(i, j)\\,C + c$.",
    (i, j, c, channels, order) =>
      order === 2 ? 4 * c + channelOf(i, j, 0, 1, 2) : channelOf(i, j, c, channels, order),
  ),
  {
    id: "quarters-of-the-picture",
    explanation:
      "You cut the picture into quarters, upper left, upper right, and so on, and take one number of each. Squeezing takes *neighbours*: blocks of 2 × 2 pixels, $i = \\text{row} \\bmod 2$ and $j = \\text{column} \\bmod 2$. Only neighbours have much to say about each other.",
    implementation: { squeezeImage: quarters },
  },
  {
    id: "picture-after-picture",
    explanation:
      "Your list holds one squeezed channel after the other, each as a whole picture. As in the image itself, the channels of a *place* stand side by side here: place after place, $4C$ numbers each. (PyTorch keeps pictures the other way, which is where the slip comes from.)",
    implementation: { squeezeImage: planes },
  },
  {
    id: "same-direction-twice",
    explanation:
      "Your way back moves the numbers as the way there does. It has to *read* from the places to which squeezing wrote: `image[at] = squeezed[place]`.",
    implementation: { unsqueezeImage: squeezeOf() },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  ...ORDERS.map((order) => ({
    id: `order-${order}-forgotten`,
    implementation: {
      squeezeImage: by((image, width, channels, asked) =>
        asked === order ? [...image] : squeezeOf()(image, width, channels, asked),
      ),
    },
  })),
  {
    id: "squares-only",
    implementation: {
      squeezeImage: by((image, _width, channels, order) =>
        squeezeOf()(image, Math.sqrt(image.length / channels), channels, order),
      ),
    },
  },
  {
    id: "first-block-only",
    implementation: {
      squeezeImage: by((image, width, channels, order) =>
        squeezeOf()(image, width, channels, order).map((v, at) => (at < 4 * channels ? v : image[at])),
      ),
    },
  },
  {
    id: "numbers-rounded",
    implementation: {
      unsqueezeImage: by((...asked) => unsqueezeOf()(...asked).map((v) => Math.round(1e4 * v) / 1e4)),
    },
  },
];
