/** What chapter 08 asks before it shows. */

import { multiscaleQuiz } from "./08-multiscale.quiz.ts";
import { choicePrediction, numberPrediction, type Prediction } from "./prediction.ts";

const throughAllLevels = numberPrediction({
  id: "through-all-levels",
  question:
    "A grey picture of 16 × 16 pixels goes through three levels. After the first and after the second, half of the channels leave. On how many of the 256 numbers does the third level work?",
  form: "a whole number",
  whole: true,
  least: 1,
  most: 256,
  given: { first: "number", second: "number", third: "number" },
  truth: 64,
  bands: [
    {
      from: 32,
      to: 32,
      meaning: "Half leaves *after* a level has worked, and after the last level nothing is left to go on.",
    },
    {
      from: 16,
      to: 16,
      meaning:
        "You have taken a quarter each time. Squeezing leaves a quarter of the *places*, with four times the channels; of the numbers only a half leaves.",
    },
    {
      from: 4,
      to: 4,
      meaning: "Those are the places that are left, 2 × 2. Each has 16 channels by then.",
    },
    { from: 128, to: 128, meaning: "That is what the second level works on." },
    { from: 256, to: 256, meaning: "That would be a flow from which nothing leaves." },
  ],
  answer: ({ first, second, third }) =>
    `64: half of a half. ${first} numbers leave after the first level, ${second} after the second, and the last ${third} stay to the end, as 2 × 2 places of 16 channels.`,
});

const splitJacobian = choicePrediction({
  id: "split-jacobian",
  question:
    "Eight numbers stay and go through further layers with a network in them; eight have left. Where will this Jacobian have its zeros?",
  choices: {
    coupling: {
      text: "in the upper right block only, as in a coupling of chapter 5",
      meaning:
        "There the numbers that stay steered the others, and the lower left block was full. Does anything steer what has left?",
    },
    both: {
      text: "in both blocks beside the diagonal, and beside the diagonal of the lower right one",
      meaning: "What goes on does not look at what has left, and what has left is not touched any more.",
    },
    none: {
      text: "nowhere: a network mixes everything",
      meaning: "It mixes what it sees. What has left, it does not see.",
    },
    all: {
      text: "everywhere but on the diagonal",
      meaning:
        "What stays does go through layers that mix it. Only for what has left nothing happens any more.",
    },
  },
  given: { upper: "number", lower: "number" },
  right: "both",
  answer: ({ upper, lower }) =>
    `${upper} of 64 entries at the upper right are 0, and ${lower} of 64 at the lower left; at the lower right is the identity. So the determinant is that of the upper left block, the layers' own.`,
});

const whereTheTimeGoes = choicePrediction({
  id: "where-the-time-goes",
  question:
    "Four levels with as many steps each, and half of the channels leaves after each level but the last. Which level takes most of the work?",
  choices: {
    first: {
      text: "the first, which sees the whole picture",
      meaning: "It has the most places, and each of its networks runs at all of them.",
    },
    same: {
      text: "all about the same: fewer places, more channels",
      meaning:
        "The places fall to a quarter, and the channels only double. For all to be the same, work would have to grow with the square of the channels.",
    },
    last: {
      text: "the last, which has the most channels",
      meaning: "It has the most channels at a place, and the fewest places. Count both.",
    },
  },
  given: { first: "number", ratio: "number", lastRatio: "number" },
  right: "first",
  answer: ({ first, ratio, lastRatio }) =>
    `The first takes ${(100 * first).toFixed(0)} per cent of all multiplications, if each level has one step. If all channels stay, the same steps take ${ratio.toFixed(1)} times as many, and at the last level ${lastRatio.toFixed(0)} times: its channels grow by four from level to level, and the matrix over them by sixteen.`,
});

const LEVELS = { fine: "level 1", middle: "level 2", coarse: "level 3" } as const;
type LevelName = keyof typeof LEVELS;
const mostChanged = (changes: Readonly<Record<LevelName, number>>): LevelName =>
  (Object.keys(LEVELS) as LevelName[]).reduce((a, b) => (changes[b] > changes[a] ? b : a));

const whichLevel = choicePrediction({
  id: "which-level",
  question: "Which level, drawn anew by itself, will change the picture most?",
  choices: {
    fine: {
      text: "level 1: half of all latents are its",
      meaning:
        "It has the most latents. But they have left after two steps at full resolution: what can such numbers describe?",
    },
    middle: {
      text: "level 2: neither too fine nor too coarse",
      meaning: "It is between the two in what it describes, too.",
    },
    coarse: {
      text: "level 3: only a quarter of the latents, but they have come through everything",
      meaning: "They are the last word on what the picture as a whole is.",
    },
  },
  given: { fine: "number", middle: "number", coarse: "number" },
  right: mostChanged,
  answer: (changes) =>
    `A pixel changes by ${changes.fine.toFixed(1)} of 255 on average where level 1 is new, by ${changes.middle.toFixed(1)} for level 2 and by ${changes.coarse.toFixed(1)} for level 3. With level 3 new, it is another head, somewhere else; with level 1 or 2 new, it is the same head with other grain and other edges.`,
});

const withoutNoise = choicePrediction({
  id: "integers-without-noise",
  question: "How low can the mean of −log Pr on these whole numbers become, as ε gets smaller?",
  choices: {
    entropy: {
      text: "down to their entropy, 1.280 nats",
      meaning:
        "No *probabilities* get below the entropy. A density is no probability: it is one per unit of length, and the length may shrink.",
    },
    zero: {
      text: "down to 0",
      meaning: "0 would be the end if a density could not be above 1. Nothing forbids that.",
    },
    constant: {
      text: "down to some value below 0 that depends on the 98 per cent",
      meaning: "The 98 per cent move the curve up or down a little. What happens if ε is halved?",
    },
    unbounded: {
      text: "as low as you like",
      meaning: "Each halving of ε doubles the density where the data are.",
    },
  },
  given: { tenth: "number", millionth: "number", entropy: "number" },
  right: "unbounded",
  answer: ({ tenth, millionth, entropy }) =>
    `${tenth.toFixed(2)} nats for ε = 0.1, ${millionth.toFixed(2)} for a millionth, and so on: each halving takes log 2 = 0.69 off. The entropy, ${entropy.toFixed(3)} nats, is no floor, as these are densities and not probabilities. With noise the same flows get *worse* as ε shrinks.`,
});

const withNoise = numberPrediction({
  id: "integers-with-noise",
  question:
    "A spline is trained on these numbers twice: as they are, and with fresh noise from [0, 1) added at each step. To which loss, about, will it come *with* noise?",
  form: "a number of nats",
  given: { bare: "number", noisy: "number", entropy: "number" },
  truth: ({ noisy }) => noisy,
  within: 0.06,
  near: 0.25,
  bands: [
    {
      from: 1.37,
      to: 1.4,
      meaning:
        "That is log 4, a flow that gives all four cells alike. It can do better: they are not equally likely.",
    },
    {
      to: 1,
      meaning: "With noise the loss bounds −log P of the whole numbers. What is the least mean of that?",
    },
  ],
  answer: ({ bare, noisy, entropy }) =>
    `${noisy.toFixed(2)} nats, just above the entropy of ${entropy.toFixed(2)}: what is missing is that a spline is not quite flat within each cell. Without noise it came to ${bare.toFixed(2)}, and only the steepness that such a spline can have holds it there.`,
});

export const multiscaleChapter: readonly Prediction[] = [
  throughAllLevels,
  splitJacobian,
  whereTheTimeGoes,
  whichLevel,
  withoutNoise,
  withNoise,
  ...multiscaleQuiz,
];
