import type { Misconception, Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import { type Level, levelsOf, numbersOf, type signatures, stepWork, workOf } from "./cost.domain.ts";

type Program = Implementation<typeof signatures>;
type Wrong = Misconception<typeof signatures>;

const numbers =
  (of: (level: Level, leaving: number) => number): Program["numbersPerLevel"] =>
  (...sizes) =>
    levelsOf(...sizes).map((level) => of(level, sizes[3]));

/** Another work of a place. */
const work =
  (of: (channels: number, hidden: number, level: Level) => number): Program["workPerLevel"] =>
  (pixels, channels, levels, hidden, leaving) =>
    levelsOf(pixels, channels, levels, leaving).map(
      (level) => level.places * of(level.channels, hidden, level),
    );

const both = (change: (level: Level, leaving: number, first: number) => Level): Partial<Program> => ({
  numbersPerLevel: (...sizes) =>
    levelsOf(...sizes)
      .map((level) => change(level, sizes[3], sizes[1]))
      .map(({ places, channels }) => places * channels),
  workPerLevel: (pixels, channels, levels, hidden, leaving) =>
    levelsOf(pixels, channels, levels, leaving)
      .map((level) => change(level, leaving, channels))
      .map((level) => level.places * stepWork(level.channels, hidden)),
});

const consistent = (id: string, explanation: string, change: Parameters<typeof both>[0]): Wrong => {
  const program = both(change);
  return {
    id,
    explanation,
    implementation: program,
    variants: [
      { numbersPerLevel: program.numbersPerLevel as Program["numbersPerLevel"] },
      { workPerLevel: program.workPerLevel as Program["workPerLevel"] },
    ],
  };
};

export const misconceptions: readonly Wrong[] = [
  consistent(
    "squeezing-loses-numbers",
    "Where all channels stay, your numbers become fewer from level to level. Squeezing loses nothing: a quarter of the places, four times the channels. A flow cannot lose numbers at all, or it could not be undone.",
    (level, leaving) =>
      leaving === 1 ? level : { ...level, channels: level.channels / 2 ** (level.level - 1) },
  ),
  consistent(
    "channels-not-squeezed",
    "Your channels do not grow. Each squeezing makes four channels of one, and half of them leave: with leaving they double from level to level, without they become four times as many.",
    (level, _leaving, first) => ({ ...level, channels: first }),
  ),
  consistent(
    "leaves-before-the-first-level",
    "At your first level half of the channels are gone already. They leave *after* a level has worked on them, so the first level works on all.",
    (level, leaving) => (leaving === 1 ? { ...level, channels: level.channels / 2 } : level),
  ),
  consistent(
    "three-quarters-leave",
    "You let three of four channels leave. Asked for is half of them. (Wavelets let three of four leave; RealNVP and Glow half.)",
    (level, leaving) =>
      leaving === 1 ? { ...level, channels: level.channels / 2 ** (level.level - 1) } : level,
  ),
  {
    id: "leaving-exchanged",
    explanation:
      "Your two ways are exchanged: `leaving` is 1 if half of the channels leave after each level, and 0 if all stay to the end.",
    implementation: {
      numbersPerLevel: (pixels, channels, levels, leaving) =>
        numbersOf(pixels, channels, levels, 1 - leaving),
      workPerLevel: (pixels, channels, levels, hidden, leaving) =>
        workOf(pixels, channels, levels, hidden, 1 - leaving),
    },
    variants: [
      {
        numbersPerLevel: (pixels, channels, levels, leaving) =>
          numbersOf(pixels, channels, levels, 1 - leaving),
      },
    ],
  },
  {
    id: "places-and-not-numbers",
    explanation: "You count places. Each place holds as many numbers as there are channels by then.",
    implementation: { numbersPerLevel: numbers(({ places }) => places) },
  },
  {
    id: "weights-and-not-multiplications",
    explanation:
      "That is how many *weights* there are. A convolution uses each of its weights at every place, so multiply by the number of places.",
    implementation: {
      workPerLevel: work((channels, hidden, { places }) => stepWork(channels, hidden) / places),
    },
  },
  {
    id: "network-sees-all-channels",
    explanation:
      "Your first convolution has all channels as its input. The network of a coupling sees only the half that stays: $C_\\ell/2$ channels. (If it saw the others, nobody could undo it.)",
    implementation: {
      workPerLevel: work((channels, hidden) => stepWork(channels, hidden) + (9 * channels * hidden) / 2),
    },
  },
  {
    id: "one-number-for-each-changed-channel",
    explanation:
      "Your last convolution gives one number for each changed channel. An affine coupling needs two, $s$ and $t$: $2 \\cdot C_\\ell/2 = C_\\ell$ outputs.",
    implementation: {
      workPerLevel: work((channels, hidden) => stepWork(channels, hidden) - (9 * channels * hidden) / 2),
    },
  },
  {
    id: "three-by-three-is-three",
    explanation:
      "A 3 × 3 convolution looks at *nine* places, each with a weight of its own. You have counted 3.",
    implementation: {
      workPerLevel: work(
        (channels, hidden) =>
          channels ** 2 + 3 * (channels / 2) * hidden + hidden ** 2 + 3 * hidden * channels,
      ),
    },
    variants: [
      {
        workPerLevel: work(
          (channels, hidden) => channels ** 2 + (channels / 2) * hidden + hidden ** 2 + hidden * channels,
        ),
      },
    ],
  },
  {
    id: "second-convolution-is-1-by-1",
    explanation:
      "You count the second convolution with nine places. It is 1 × 1: from each hidden number to each, at one place, $H^2$.",
    implementation: {
      workPerLevel: work((channels, hidden) => stepWork(channels, hidden) + 8 * hidden ** 2),
    },
  },
  {
    id: "matrix-left-out",
    explanation:
      "The matrix over the channels is missing: $C_\\ell \\cdot C_\\ell$ multiplications at each place.",
    implementation: { workPerLevel: work((channels, hidden) => stepWork(channels, hidden) - channels ** 2) },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "first-level-only",
    implementation: { numbersPerLevel: (...sizes) => numbersOf(...sizes).map((_, __, all) => all[0]) },
  },
  {
    id: "grey-only",
    implementation: {
      numbersPerLevel: (pixels, _channels, levels, leaving) => numbersOf(pixels, 1, levels, leaving),
    },
  },
  {
    id: "hidden-numbers-one-by-one",
    implementation: {
      workPerLevel: work((channels, hidden) => stepWork(channels, hidden) - hidden ** 2 + hidden),
    },
  },
  {
    id: "from-coarse-to-fine",
    implementation: { workPerLevel: (...sizes) => workOf(...sizes).reverse() },
  },
  {
    id: "sums",
    implementation: {
      workPerLevel: (...sizes) =>
        workOf(...sizes).map((_, k, all) => all.slice(0, k + 1).reduce((a, b) => a + b)),
    },
  },
];
