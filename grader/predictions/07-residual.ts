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

const distanceLeft = numberPrediction({
  id: "distance-left",
  question:
    "Take $f(z) = -0.9 \\tanh z$ and a small $y^*$. The iteration is stopped when a step has changed $z$ by 0.00001, or just less. How far is the solution, then?",
  form: "a distance, such as 0.00002",
  least: 0,
  most: 1,
  given: { change: "number", distance: "number" },
  truth: ({ distance }) => distance,
  within: 1e-5,
  near: 3e-5,
  bands: [
    {
      to: 1e-5,
      meaning:
        "You think that what is left is no more than the last step. But the next step is 0.9 of it, the next but one 0.81, and so on: they add up.",
    },
    {
      from: 1e-5,
      to: 3e-5,
      meaning:
        "You have taken the next step or two into account. Each is 0.9 of the one before: how much are *all* of them?",
    },
    {
      from: 9.99e-5,
      to: 1.001e-4,
      meaning: "$1 + 0.9 + 0.81 + \\dots = 10$ has the last step in it, which is made already.",
    },
  ],
  answer: ({ change, distance }) =>
    `${distance.toExponential(2)}, which is ${(distance / change).toFixed(1)} times the last change: $0.9 + 0.81 + \\dots = \\frac{0.9}{1 - 0.9} = 9$, a little less as tanh bends.`,
});

const crudeBound = numberPrediction({
  id: "crude-bound",
  question:
    "A layer of 64 × 64 normal weights: how many times its spectral norm is its Frobenius norm, the root of the sum of all squares?",
  form: "a number, 1 or more",
  least: 1,
  most: 64,
  given: { ratio: "number", three: "number" },
  truth: ({ ratio }) => ratio,
  within: 0.6,
  near: 1.5,
  bands: [
    {
      from: 1,
      to: 2,
      meaning:
        "So close it is only where one singular value is far above the others. Those of a matrix with independent weights are spread: all of them count in the sum.",
    },
    {
      from: 7,
      to: 9,
      meaning:
        "$\\sqrt{64} = 8$ is the most that it can be: were all singular values equal. They are not, and the largest is about twice the root of their mean square.",
    },
  ],
  answer: ({ ratio, three }) =>
    `${ratio.toFixed(2)} times. The squares of all 64 singular values add up to the square of the Frobenius norm, about 64², and the largest is close to $2\\sqrt{64}$: $\\sqrt{D}/2$. Three such layers that are held down by it reach a ${three.toFixed(0)}th of what they may.`,
});

const printedSeries = choicePrediction({
  id: "printed-series",
  question:
    "A block of four numbers with $L = 0.8$: what will 24 terms of 16.22 give, with the $1/k$ and as it is printed, without?",
  choices: {
    both: {
      text: "both come to the exact logarithm, the one without 1/k later",
      meaning: "A series has one sum. Two that differ in every term but the first have two.",
    },
    first: {
      text: "the one with 1/k comes to the exact logarithm, the other to another number",
      meaning: "Without $1/k$ it is a geometric series: $a - a^2 + a^3 - \\dots = a/(1 + a)$.",
    },
    grows: {
      text: "the one without 1/k grows without end",
      meaning: "Its terms are powers of numbers below 1, and fall as fast: it comes to rest, but elsewhere.",
    },
  },
  given: { exact: "number", series: "number", printed: "number" },
  right: "first",
  answer: ({ exact, series, printed }) =>
    `With $1/k$ it is ${series.toFixed(6)}, where the exact value is ${exact.toFixed(6)}. As printed it is ${printed.toFixed(6)}: the sum of $\\lambda/(1 + \\lambda)$ over the eigenvalues, instead of $\\log(1 + \\lambda)$.`,
});

const kindOfNoise = choicePrediction({
  id: "kind-of-noise",
  question: "Which noise makes the better estimates of a trace, with equally many vectors?",
  choices: {
    normal: {
      text: "normal numbers: they have all lengths and directions",
      meaning:
        "The lengths are what harms: an $\\epsilon$ that happens to be long makes the whole estimate too large.",
    },
    signs: {
      text: "signs, as coins give them",
      meaning:
        "Their squares are 1, always, so that the diagonal, which is what is sought, is seen without any noise.",
    },
    equal: {
      text: "there is no difference: mean and covariance are the same",
      meaning:
        "Both are unbiased for that reason. The *variance* of $\\epsilon^\\top A\\epsilon$ has fourth moments in it.",
    },
    depends: {
      text: "that depends on the matrix",
      meaning: "By how much they differ depends on it, by its diagonal; the order does not.",
    },
  },
  given: { signs: "number", normal: "number" },
  right: "signs",
  answer: ({ signs, normal }) =>
    `Signs. With one vector their error was ${signs.toFixed(2)}, that of normal numbers ${normal.toFixed(2)}. The variances differ by $2\\sum_i A_{ii}^2$, never in the other direction.`,
});

export const residualChapter: readonly Prediction[] = [
  revDeterminant,
  memoryDepth,
  comeToRest,
  distanceLeft,
  crudeBound,
  printedSeries,
  kindOfNoise,
  ...residualQuiz,
];
