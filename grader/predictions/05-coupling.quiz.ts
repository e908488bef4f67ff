/** The quiz of chapter 05: what should be clear after it. */

import { type Prediction, quizChoice, quizNumber } from "./prediction.ts";

const whyExponential = quizChoice({
  id: "why-exponential",
  question: "Why is the scale of an affine coupling written $e^{s}$ and not $s$?",
  choices: {
    positive: {
      text: "so that it is never 0, whatever the network says",
      meaning:
        "A scale of 0 would lose $z_b$; and with $e^s$ the log-determinant is $\\sum s$, without a logarithm.",
    },
    large: {
      text: "so that it can become large",
      meaning:
        "The output of a network can be large as it is. And large scales are rather a nuisance: most programs bound $s$.",
    },
    invertible: {
      text: "so that the network can be inverted",
      meaning: "The network is never inverted.",
    },
    triangular: {
      text: "so that the Jacobian is triangular",
      meaning: "It is triangular because $x_a = z_a$, whatever the scale.",
    },
  },
  right: "positive",
  answer:
    "A coupling can be undone where no scale is 0. With $e^{s}$ none is, and no step of a training can make one so. (One lecture calls the scale *absolutely arbitrary*: all but 0.)",
});

const logDetInverse = quizNumber({
  id: "log-det-inverse",
  question:
    "At some $x$ an affine coupling has $s = (0.5, -2, 1)$. What is the log-determinant of the direction from $x$ to $z$, in nats?",
  form: "a number",
  truth: 0.5,
  within: 1e-9,
  bands: [
    { from: -0.5, to: -0.5, meaning: "That is the direction from $z$ to $x$, $\\sum s$." },
    {
      from: 3.5,
      to: 3.5,
      meaning: "You added the sizes. A negative $s_i$ squeezes, and makes up for stretching elsewhere.",
    },
    { from: 1.64, to: 1.66, meaning: "That is the determinant, $e^{0.5}$. Its logarithm was asked for." },
    { from: 1, to: 1, meaning: "The determinant is the product of the $e^{s_i}$, not of the $s_i$." },
  ],
  answer: "$-\\sum_i s_i = -(0.5 - 2 + 1) = 0.5$.",
});

const whichFull = quizChoice({
  id: "which-full",
  question: "Which entries of a coupling's Jacobian are never needed, though they are not 0?",
  choices: {
    diagonal: { text: "the diagonal", meaning: "Its product is the determinant." },
    lower: {
      text: "$\\partial x_b/\\partial z_a$",
      meaning:
        "It holds all derivatives of the networks, and the determinant of a block triangle does not see it.",
    },
    upper: {
      text: "$\\partial x_a/\\partial z_b$",
      meaning: "That block is 0: what stays does not depend on what changes.",
    },
    kept: { text: "$\\partial x_a/\\partial z_a$", meaning: "That is the identity; its determinant is 1." },
  },
  right: "lower",
  answer:
    "$\\partial x_b/\\partial z_a$ is full and complicated, and multiplied by the zeros at the upper right wherever it occurs in the determinant. That is what buys networks of any shape.",
});

const narrowPeak = quizChoice({
  id: "narrow-peak",
  question:
    "Data lie within 0.01 of a point of the plane. The base is a standard normal. Which of these can *not* fit them?",
  choices: {
    additive: {
      text: "a hundred additive couplings",
      meaning: "They keep every volume: what had a density of at most 0.159 still has.",
    },
    scale: {
      text: "one scale for each number",
      meaning: "A scale of 0.01 does it at once.",
    },
    affine: {
      text: "two affine couplings",
      meaning: "One scales the second number down, the other the first.",
    },
    nice: {
      text: "NICE, which is additive couplings and a last scale",
      meaning: "That last scale is there for exactly this.",
    },
  },
  right: "additive",
  answer:
    "Additive couplings shear, and shearing changes no volume. NICE has one scale for each number at its end, the same at all places; RealNVP may scale differently everywhere.",
});

const oneLayer = quizChoice({
  id: "one-layer",
  question: "One coupling, a standard normal base, any network. What can be said of the density of $x$?",
  choices: {
    nothing: {
      text: "nothing: the network can make any density of it",
      meaning:
        "It can for $x_b$ *given* $x_a$, within what a scale and a shift reach. But look at $x_a$ alone.",
    },
    kept: {
      text: "$x_a$ alone is still standard normal",
      meaning: "$x_a = z_a$, number by number, so its density is the same.",
    },
    normal: {
      text: "$x$ is normal",
      meaning: "With a straight $t$ and a constant $s$ it is. In general it is bent.",
    },
    changed: {
      text: "$x_b$ alone is still standard normal",
      meaning: "$x_b$ is a mixture of bells of all scales and places.",
    },
  },
  right: "kept",
  answer:
    "$x_a = z_a$, so that half is untouched, whatever the network does. That is why the parts are exchanged from layer to layer.",
});

const checkerboard = quizChoice({
  id: "checkerboard-neighbours",
  question:
    "In an image a checkerboard mask changes every other pixel. Which of the four nearest neighbours of a changed pixel stay?",
  choices: {
    all: { text: "all four", meaning: "Row plus column changes its parity with one step." },
    two: { text: "two, those in the same row", meaning: "That would be a mask of stripes that run down." },
    none: { text: "none", meaning: "Then it would have to be predicted from far away." },
    half: {
      text: "it depends on the pixel",
      meaning: "Apart from the border, all changed pixels have the same surroundings.",
    },
  },
  right: "all",
  answer:
    "Row plus column has the other parity for each of the four. So a small convolution sees the best predictors of a pixel, its neighbours, all of which stay.",
});

export const couplingQuiz: readonly Prediction[] = [
  whyExponential,
  logDetInverse,
  whichFull,
  oneLayer,
  narrowPeak,
  checkerboard,
];
