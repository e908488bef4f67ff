/** The quiz of chapter 04: what should be clear after it. */

import { type Prediction, quizChoice, quizNumber } from "./prediction.ts";

const leakDeterminant = quizNumber({
  id: "leak-determinant",
  question:
    "A leaky ReLU with the slope $\\tfrac12$ below 0 acts on $z = (-1, 3, -2, -4)$. By which factor does the density change on the way from $z$ to $x$?",
  form: "a number",
  truth: 8,
  within: 1e-9,
  bands: [
    {
      from: 0.125,
      to: 0.125,
      meaning: "That is the determinant, the factor of the *volume*. The density changes by one over it.",
    },
    { from: 16, to: 16, meaning: "You took the factor for all four. At 3 the slope is 1." },
    { from: 2, to: 2, meaning: "Each of the numbers below 0 is squeezed by itself: one factor for each." },
    { from: 6, to: 6, meaning: "You added. Volumes, and so densities, multiply." },
  ],
  answer:
    "Three of the numbers lie below 0. The volume shrinks by $(\\tfrac12)^3$, and the density grows by $2^3 = 8$.",
});

const slopeOfBin = quizNumber({
  id: "slope-of-bin",
  question:
    "A piecewise linear map of $[0, 1]$ has 10 bins, and the one that holds $h = 0.37$ rises by 0.05. What is the slope there?",
  form: "a number",
  truth: 0.5,
  within: 1e-9,
  bands: [
    { from: 0.05, to: 0.05, meaning: "That is how high the bin is. It is only a tenth wide." },
    { from: 2, to: 2, meaning: "That is the slope of the way back." },
    { from: 0.005, to: 0.005, meaning: "You multiplied height and width. A slope is height *over* width." },
  ],
  answer: "$K\\phi = 10 \\cdot 0.05 = 0.5$: height over width.",
});

const upperEnd = quizChoice({
  id: "upper-end",
  question:
    "A piecewise linear flow trains well on images with values from 0 to 1. On one image of the test set its log-likelihood is NaN. What is most likely?",
  choices: {
    diverged: {
      text: "the training has diverged",
      meaning: "Then it would be NaN everywhere.",
    },
    white: {
      text: "a pixel is exactly 1, and the bin's index is one too many",
      meaning: "$\\lfloor K \\cdot 1 \\rfloor = K$.",
    },
    black: {
      text: "a pixel is exactly 0, and the logarithm of 0 is infinite",
      meaning:
        "The logarithm is taken of the slope, $K\\phi_1$ there, and that is positive. And it would be infinite, not NaN.",
    },
    edge: {
      text: "a pixel lies on an edge between two bins, where there is no slope",
      meaning: "The floor chooses one of the two bins, and with it a slope.",
    },
  },
  right: "white",
  answer:
    "At the upper end the floor gives the index of a bin that does not exist. Counting 1 to the last bin repairs it, and is right: it is the point at which that bin ends.",
});

const twoElementwise = quizChoice({
  id: "elementwise-twice",
  question:
    "Somebody puts ten elementwise flows on top of each other to model the height and the weight of people. What will the model miss?",
  choices: {
    nothing: {
      text: "nothing, if the functions bend enough",
      meaning: "Each coordinate's own density can be met. What they say about each other cannot.",
    },
    connection: {
      text: "that tall people tend to be heavier",
      meaning: "Ten functions of height alone are one function of height alone.",
    },
    peaks: {
      text: "that the heights have two peaks, if they do",
      meaning: "That is a matter of height alone, which a bend can do.",
    },
    tails: {
      text: "that weights reach further above the mean than below it",
      meaning: "A skewed density of one number is what bends are good at.",
    },
  },
  right: "connection",
  answer:
    "Every layer treats height and weight each by itself, so that they stay as independent as they were in the base. Something that mixes has to come in between: matrices (chapter 3) or couplings (chapter 5).",
});

const corner = quizChoice({
  id: "corner",
  question:
    "The map of a flow has a corner: it is continuous, and its slope jumps from 1 to 3. What does the density do there?",
  choices: {
    jump: { text: "it jumps to a third", meaning: "It is divided by the slope." },
    kink: {
      text: "it has a corner, too",
      meaning:
        "A corner in the density takes a slope that has a corner: a map that is once more differentiable.",
    },
    triple: {
      text: "it jumps to three times as much",
      meaning: "Where the map stretches more, the same mass has more room.",
    },
    gap: { text: "there is a gap without any mass", meaning: "A gap takes a jump of the *map*." },
  },
  right: "jump",
  answer:
    "The density is divided by the slope, so it inherits the slope's jump, upside down. Splines whose slope is continuous make densities that are.",
});

const sharedSlope = quizChoice({
  id: "shared-slope",
  question:
    "Two neighbouring bins of a rational-quadratic spline share the slope $\\delta$ at the edge where they meet, and nothing else. The base is normal. What does the density do at the edge?",
  choices: {
    smooth: {
      text: "nothing special: it is smooth",
      meaning: "For that the slopes would have to *change* equally fast on both sides. Nothing sees to it.",
    },
    kink: {
      text: "it is continuous, and may have a corner",
      meaning: "It is divided by a slope that is continuous and may have a corner.",
    },
    jump: {
      text: "it jumps, as everywhere where a formula ends",
      meaning: "A jump of the density takes a jump of the slope, and the slope is shared.",
    },
    infinite: {
      text: "it is infinite there",
      meaning: "That takes a slope of 0, and $\\delta$ is positive.",
    },
  },
  right: "kink",
  answer:
    "The curve is continuous, and so is its slope; how the slope *bends* belongs to each bin alone. The density inherits one degree less than the curve: continuous, with a corner here and there. Those of the trained spline in 4.7 are such corners.",
});

const straightBins = quizChoice({
  id: "straight-bins",
  question:
    "A spline flow begins as the identity and goes back by $\\xi = (-b + \\sqrt{b^2 + 4a\\,st})/(2a)$. Its very first loss is NaN. Why?",
  choices: {
    straight: {
      text: "every bin is straight, $a$ is 0, and that is zero over zero",
      meaning: "$s = \\delta_k = \\delta_{k+1}$ makes $a = s - b = 0$.",
    },
    negative: {
      text: "what stands below the root is negative",
      meaning:
        "With $a = 0$ it is $b^2$. And for a share between 0 and 1 of a curve that increases, there always is a root.",
    },
    outside: {
      text: "some data lie outside of the interval",
      meaning: "Outside, the spline is the identity and solves no equation.",
    },
    slope: {
      text: "the logarithm of a slope is infinite",
      meaning: "The slopes of the identity are 1, and their logarithms 0.",
    },
  },
  right: "straight",
  answer:
    "In the identity every bin is straight. The other form of the root, $2st/(b + \\sqrt{b^2 + 4a\\,st})$, divides by $2b$ there, and is right.",
});

export const elementwiseQuiz: readonly Prediction[] = [
  leakDeterminant,
  slopeOfBin,
  upperEnd,
  corner,
  sharedSlope,
  straightBins,
  twoElementwise,
];
