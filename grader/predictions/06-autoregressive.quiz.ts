/** The quiz of chapter 06: what should be clear after it. */

import { type Prediction, quizChoice, quizNumber } from "./prediction.ts";

const fastDirection = quizChoice({
  id: "fast-direction",
  question: "Of which points does a *masked* autoregressive flow (MAF) find the density in one pass?",
  choices: {
    any: {
      text: "of any points of the data",
      meaning: "All of $x$ is known, so what steers each number is known, too.",
    },
    own: {
      text: "only of those that it has drawn itself",
      meaning:
        "That is the inverse autoregressive flow: there $z$ steers, which is known for its own samples.",
    },
    none: {
      text: "of none: numbers come one after the other",
      meaning: "They do when it *generates*.",
    },
  },
  right: "any",
  answer: "Of any. It is trained by densities of data, and so trains fast; it waits when it generates.",
});

const ownSample = quizNumber({
  id: "own-sample",
  question:
    "An inverse autoregressive flow draws a point of 100 numbers. How many passes through its conditioner does it need to give the log-density of this point as well?",
  form: "a whole number; passes besides the one that drew it",
  truth: 0,
  within: 0,
  bands: [
    {
      from: 100,
      to: 100,
      meaning: "So many it needs for a point that somebody else hands to it. Of its own it knows $z$.",
    },
    { from: 1, to: 1, meaning: "The log-scales came along with the sample itself." },
  ],
  answer: "None: the log-scales that made $x$ are those that the density needs, and $z$ is known.",
});

const ownNumber = quizChoice({
  id: "own-number-in-steering",
  question: "What goes wrong if number $i$ is steered by itself, too, through $z_i$?",
  choices: {
    slope: {
      text: "its slope is not $e^{\\alpha_i}$ any more",
      meaning: "Scale and shift move with it.",
    },
    triangle: {
      text: "the Jacobian is not a triangle any more",
      meaning: "It still is: nothing *after* number $i$ has come in.",
    },
    nothing: {
      text: "nothing, only the mask is less strict",
      meaning: "Look at the diagonal.",
    },
  },
  right: "slope",
  answer:
    "The triangle stays, but its diagonal is $\\partial x_i/\\partial z_i = e^{\\alpha_i}(1 + z_i\\,\\partial\\alpha_i/\\partial z_i) + \\partial\\mu_i/\\partial z_i$: neither the log-determinant nor the inverse is what it was.",
});

const firstNumber = quizChoice({
  id: "first-number",
  question: "One affine autoregressive layer on a standard normal base: how is $x_1$ distributed?",
  choices: {
    normal: {
      text: "normally, whatever the networks are",
      meaning: "Nothing comes before $x_1$: its shift and its scale are constants.",
    },
    any: {
      text: "as flexibly as the conditioner is",
      meaning: "What could the conditioner look at for the first number?",
    },
    mixture: {
      text: "as a mixture of normal distributions",
      meaning: "$x_1 = z_1 e^{\\alpha_1} + \\mu_1$ with constants. $x_2$ can be a mixture, $x_1$ cannot.",
    },
  },
  right: "normal",
  answer:
    "Normally. Other transformers, more layers in other orders, or a mixture for a base make it more flexible.",
});

export const autoregressiveQuiz: readonly Prediction[] = [fastDirection, ownSample, ownNumber, firstNumber];
