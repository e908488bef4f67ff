/** The quiz of chapter 08: what should be clear after it. */

import { type Prediction, quizChoice, quizNumber } from "./prediction.ts";

const squeezeDeterminant = quizChoice({
  id: "squeeze-determinant",
  question: "What does squeezing add to the log-determinant?",
  choices: {
    nothing: { text: "nothing", meaning: "It is a permutation: its determinant is 1 or −1." },
    four: {
      text: "log 4 for each place, as four channels come of one",
      meaning: "The numbers are the same ones. No volume is stretched by listing them in another way.",
    },
    half: {
      text: "minus log 2 for each pixel, as the sides are halved",
      meaning: "The picture has half the sides, and four times the channels. No number is scaled.",
    },
  },
  right: "nothing",
  answer: "$\\log|\\det| = 0$. Numbers change places only.",
});

const countedOnce = quizChoice({
  id: "counted-once",
  question: "Where does the log-density of what *stays* at a split enter the log-likelihood?",
  choices: {
    there: {
      text: "at the split, together with that of what leaves",
      meaning: "It is no latent yet. Later levels still change it.",
    },
    later: {
      text: "where it leaves: at a later level, or at the end",
      meaning: "Each latent is counted once, at its own place.",
    },
    never: {
      text: "not at all: only what leaves is random",
      meaning: "Then the coarse part could be anything at no cost.",
    },
  },
  right: "later",
  answer: "Each number is scored by the base once, when it has become a latent.",
});

const manyLevels = quizNumber({
  id: "many-levels",
  question:
    "Half of the numbers leaves after each level. All levels together work on how many times as many numbers as the first, if there are very many levels?",
  form: "a number",
  truth: 2,
  within: 0.01,
  bands: [
    {
      from: 1.32,
      to: 1.34,
      meaning: "That is for a quarter staying, $1 + \\tfrac14 + \\tfrac1{16} + \\dots$",
    },
    { from: 1, to: 1, meaning: "That is the first level alone." },
    {
      from: 3,
      meaning: "Without leaving it would grow with every level. Here each has half of the one before.",
    },
  ],
  answer: "$1 + \\tfrac12 + \\tfrac14 + \\dots = 2$.",
});

const fixedNoise = quizChoice({
  id: "fixed-noise",
  question: "The noise is drawn once, before the training, and kept. What happens?",
  choices: {
    same: {
      text: "the same: the pixels are no whole numbers any more",
      meaning: "Nor were they ever the trouble. Finitely many points have no volume, whole or not.",
    },
    unbounded: {
      text: "the training loss can fall without bound again",
      meaning: "The points are fixed, and a density may peak at each of them.",
    },
    slower: { text: "training is only slower", meaning: "The bound needs an average over noise." },
  },
  right: "unbounded",
  answer:
    "Fixed points can be learned by heart, with a peak on each. The bound holds on average over *fresh* noise; on held-out pictures one would see it.",
});

const threeBits = quizNumber({
  id: "uniform-bits",
  question:
    "A flow gives the density 1 to every $y$ in $[0, 1)^D$. How many bits per dimension is that for 32 levels?",
  form: "a number",
  truth: 5,
  within: 1e-9,
  bands: [
    { from: 0, to: 0, meaning: "That is $-\\log_2$ of the density. A cell is only 1/32 wide." },
    { from: -5, to: -5, meaning: "Less probability means *more* bits." },
    { from: 8, to: 8, meaning: "That would be for 256 levels." },
    { from: 3.4, to: 3.5, meaning: "Those are nats, $\\log 32$." },
  ],
  answer: "$\\log_2 32 = 5$: a code that knows nothing writes each level with 5 bits.",
});

export const multiscaleQuiz: readonly Prediction[] = [
  squeezeDeterminant,
  countedOnce,
  manyLevels,
  fixedNoise,
  threeBits,
];
