/** The quiz of chapter 09: what should be clear after it. */

import { type Prediction, quizChoice, quizNumber } from "./prediction.ts";

const afterTheFirstBatch = quizChoice({
  id: "after-the-first-batch",
  question: "What does ActNorm take from the *second* batch?",
  choices: {
    statistics: {
      text: "its mean and deviation, with which it standardizes it",
      meaning: "That is batch normalization. Then each picture's density would depend on the others.",
    },
    average: {
      text: "a little of its mean and deviation, as a running average",
      meaning: "That is what batch normalization keeps for the time after training.",
    },
    gradient: {
      text: "a gradient, as every parameter does",
      meaning: "Scale and shift began at the first batch's statistics, and are trained from there.",
    },
  },
  right: "gradient",
  answer: "Only a gradient: the statistics of the first batch are a beginning, no more.",
});

const convolutionDeterminant = quizNumber({
  id: "convolution-determinant",
  question:
    "A matrix over two channels has $L$ with a unit diagonal and $s = (2, -0.5)$. It is applied at all 16 places of a 4 × 4 picture. What is the log-determinant of the whole layer, in nats?",
  form: "a number",
  truth: 0,
  within: 0.001,
  bands: [
    {
      from: 22.1,
      to: 22.3,
      meaning: "You have added $|\\log|s||$. $\\log 0.5$ is negative, and cancels $\\log 2$.",
    },
    { from: 11, to: 11.2, meaning: "That is $16 \\log 2$, for one of the two channels." },
    { from: 1, to: 1, meaning: "That is the size of the determinant. Its logarithm was asked for." },
  ],
  answer: "$16 \\cdot (\\log 2 + \\log 0.5) = 0$. The sign of $-0.5$ mirrors, and does not change a volume.",
});

const colderPower = quizNumber({
  id: "colder-power",
  question:
    "Latents are drawn with the temperature 0.5, that is, from a normal density of half the deviation. Which power of the standard normal density is that, up to a constant?",
  form: "a number",
  truth: 4,
  within: 0.01,
  bands: [
    { from: 0.25, to: 0.25, meaning: "That is $T^2$. A power below 1 makes a density *flatter*." },
    { from: 2, to: 2, meaning: "That is $1/T$. In the exponent stands $z^2$: there the factor is squared." },
    { from: 0.5, to: 0.5, meaning: "A power below 1 makes a density flatter. Colder is narrower." },
  ],
  answer:
    "$1/T^2 = 4$: $\\big(e^{-z^2/2}\\big)^{4} = e^{-(z/0.5)^2/2}$. Colder than 1 means a power *above* 1.",
});

const temperedModel = quizChoice({
  id: "tempered-model",
  question:
    "For which flows do latents of temperature $T$ give samples of the model's own density to the power $1/T^2$?",
  choices: {
    all: {
      text: "for all",
      meaning: "The power of $Pr(x) = Pr(z)/|\\det|$ is the power of both. The second one must do nothing.",
    },
    constant: {
      text: "for those whose $|\\det|$ is the same everywhere",
      meaning: "Then the determinant's power is a constant, and falls out when the density is normalized.",
    },
    none: {
      text: "for none",
      meaning: "Shift a normal density: that is a flow, and tempering passes through it.",
    },
  },
  right: "constant",
  answer:
    "Where $|\\det|$ is constant, as of additive couplings. With affine couplings it is a way of drawing that looks good, and not the model's own colder self.",
});

const halfWay = quizNumber({
  id: "half-way-length",
  question:
    "Two latents of 256 numbers each are drawn from a standard normal base. How long, about, is the vector half-way between them on the straight line, if both are 16 long?",
  form: "a number",
  truth: 16 / Math.SQRT2,
  within: 0.35,
  near: 0.8,
  bands: [
    { from: 15, to: 17, meaning: "So it is on the great circle, where spherical interpolation goes." },
    {
      from: 7.5,
      to: 8.5,
      meaning: "That is half of *one* of them. The other half adds to it, at a right angle.",
    },
    {
      from: 0,
      to: 1,
      meaning: "Opposite ones would cancel. In many dimensions two of them stand nearly at a right angle.",
    },
  ],
  answer:
    "About $16/\\sqrt2 = 11.3$: independent normal vectors of many numbers are nearly at a right angle. No latent that is drawn is as short.",
});

export const glowQuiz: readonly Prediction[] = [
  afterTheFirstBatch,
  convolutionDeterminant,
  colderPower,
  temperedModel,
  halfWay,
];
