/** What chapter 07 asks before it shows. */

import { residualQuiz } from "./07-residual.quiz.ts";
import { choicePrediction, numberPrediction, type Prediction } from "./prediction.ts";

const revDeterminant = choicePrediction({
  id: "rev-determinant",
  question:
    "Two networks with random weights, six numbers, three random points: what will the determinant of the block's Jacobian be?",
  choices: {
    varies: {
      text: "another number at each point, of either size",
      meaning:
        "The *entries* are other numbers at each point. Think of the two lines of the block one after the other: what does each of them do to volume?",
    },
    positive: {
      text: "another number at each point, always above 0",
      meaning:
        "It is above 0, as the block is invertible and can be switched on slowly from the identity. But there is more.",
    },
    one: { text: "exactly 1 at each point", meaning: "Each of the two lines is an additive coupling." },
    zero: {
      text: "close to 0, as tanh is flat in most places",
      meaning:
        "Where both networks are flat, the block is the identity, with the determinant 1. It *adds* to its input.",
    },
  },
  given: { determinants: "list" },
  right: "one",
  answer: ({ determinants }) =>
    `${determinants.map((v) => v.toFixed(7)).join(", ")}: it is 1, up to the rounding of float32 numbers, whatever the networks are. Each line of the block is a shear: it moves one half by an amount that depends on the other half alone.`,
});

const memoryDepth = numberPrediction({
  id: "memory-depth",
  question:
    "The ordinary gradient of 32 blocks needs about eight times the memory of that of 4 blocks. How many times is it, if each block's input is computed anew from its output?",
  form: "a number",
  least: 0.1,
  most: 100,
  given: { chain: "number", reversible: "number" },
  truth: ({ reversible }) => reversible,
  within: 0.3,
  near: 1,
  bands: [
    {
      from: 6,
      to: 10,
      meaning: "That is the chain's. What has to be kept of a block whose input can be had from its output?",
    },
    {
      from: 2.5,
      to: 6,
      meaning:
        "You think of keeping every few blocks, and of starting from there again: $\\sqrt{K}$, which is what one does where nothing can be undone. Here it can.",
    },
  ],
  answer: ({ chain, reversible }) =>
    `${reversible.toFixed(2)} times, where the ordinary one takes ${chain.toFixed(1)} times: only one block's numbers are held at a time, however many blocks there are.`,
});

const comeToRest = choicePrediction({
  id: "which-come-to-rest",
  question: "Which of the six maps come to rest, whatever the start?",
  choices: {
    a: {
      text: "a only: the others are too steep somewhere",
      meaning:
        "A slope of 0.9 everywhere still takes a tenth off the distance with each step. It is slow, and it arrives.",
    },
    abc: {
      text: "a, b and c: the contractions",
      meaning:
        "These three do, by Banach's theorem. It says nothing of the others: a contraction is enough, but is it needed?",
    },
    abcd: {
      text: "a, b, c and d",
      meaning:
        "d is no contraction. But it moves *towards* 0 from everywhere, and close to 0 its slope is ½.",
    },
    abcde: {
      text: "a to e: all whose slope is below 1 everywhere",
      meaning: "That is what the book's figure says. Where does the curve of e meet the diagonal?",
    },
    all: { text: "all six", meaning: "f takes 3 to −2 and −2 back to 3, for ever." },
  },
  given: { lastChange: "number", lastZ: "number", stepsOfC: "number" },
  right: "abcd",
  answer: ({ lastChange, lastZ, stepsOfC }) =>
    `a, b, c and d. c takes its time, ${stepsOfC} steps. d is no contraction, and comes to 0. e has no fixed point: its changes shrink, to ${lastChange.toExponential(1)}, and z is at ${lastZ.toFixed(0)} and grows on. f goes to and fro.`,
});

export const residualChapter: readonly Prediction[] = [
  revDeterminant,
  memoryDepth,
  comeToRest,
  ...residualQuiz,
];
