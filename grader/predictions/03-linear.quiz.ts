/** The quiz of chapter 03: what should be clear after it. */

import { type Prediction, quizChoice, quizNumber } from "./prediction.ts";

const covarianceAfter = quizNumber({
  id: "variance-after",
  question:
    "$z$ has the covariance $\\begin{bmatrix}1&0\\\\0&4\\end{bmatrix}$, and $x_1 = z_1 + z_2$. What is the variance of $x_1$?",
  form: "a number",
  truth: 5,
  within: 1e-9,
  bands: [
    { from: 3, to: 3, meaning: "Deviations are not added, here $1 + 2$: variances are." },
    {
      from: 9,
      to: 9,
      meaning:
        "That is the square of the sum of the deviations, which would be right if both numbers always deviated together.",
    },
    {
      from: 2,
      to: 2,
      meaning: "That would be right for two numbers of variance 1 each. The second one has variance 4.",
    },
  ],
  answer:
    "$\\Omega\\Sigma\\Omega^\\top$ with the row $(1, 1)$ of $\\Omega$: $1 \\cdot 1 + 4 \\cdot 1 = 5$. Without correlation variances add up.",
});

const pluDeterminant = quizNumber({
  id: "plu-determinant",
  question:
    "In $\\Omega = PL(U + D)$ the matrix $P$ exchanges two rows, $L$ has ones on its diagonal and a 7 below it, $U$ has a 3 above, and $D$ has $2$ and $-3$. What is $|\\det\\Omega|$?",
  form: "a number",
  truth: 6,
  within: 1e-9,
  bands: [
    {
      from: -6,
      to: -6,
      meaning:
        "The question was for the absolute value, which is what a density needs. (With its sign it is $+6$: $P$ contributes $-1$, too.)",
    },
    {
      from: 126,
      to: 126,
      meaning:
        "You multiplied the 7 and the 3 in as well. What stands beside the diagonal shears, and shearing changes no volume.",
    },
    { from: 5, to: 5, meaning: "You added the sizes. A determinant multiplies." },
    {
      from: 1,
      to: 1,
      meaning:
        "You added the diagonal, or took $D$ for no part of it. The determinant is the product of the numbers on $D$, up to sign.",
    },
  ],
  answer: "$|\\det P| = 1$, $\\det L = 1$, $\\det(U + D) = 2 \\cdot (-3)$: together 6.",
});

const twoMatrices = quizChoice({
  id: "two-matrices",
  question: "Somebody stacks ten linear flows on each other, for a more expressive model. What does it gain?",
  choices: {
    bends: {
      text: "ten bends instead of one",
      meaning: "A matrix does not bend: the image of a line is a line, ten times over.",
    },
    nothing: {
      text: "nothing that a single one does not have",
      meaning: "The product of ten matrices is a matrix.",
    },
    corners: {
      text: "more peaks",
      meaning: "The image of a bell is a bell, ten times over.",
    },
    faster: {
      text: "a cheaper determinant",
      meaning: "Ten determinants take ten times as long as one.",
    },
  },
  right: "nothing",
  answer:
    "Its densities are those of one matrix, normal ones. As a way to *parametrise* a matrix a product can be useful (reflections, PLU), but the set of densities stays the same. Something that bends has to come in between.",
});

const whyOnes = quizChoice({
  id: "why-ones",
  question: "Why does $L$ in $PL(U + D)$ have ones on its diagonal?",
  choices: {
    invertible: {
      text: "otherwise it could not be inverted",
      meaning: "Any diagonal without zeros would do for that.",
    },
    twice: {
      text: "$D$ scales already, and the determinant is then that of $D$ alone",
      meaning: "Two diagonals would say the same thing twice.",
    },
    orthogonal: {
      text: "it makes $L$ orthogonal",
      meaning: "A triangular matrix with anything beside its diagonal is never orthogonal.",
    },
    symmetric: {
      text: "so that $L$ and $U$ are symmetric to each other",
      meaning: "They need not be; and $U$ has zeros on its diagonal, not ones.",
    },
  },
  right: "twice",
  answer:
    "With a free diagonal $L$ and $D$ would share the scales between them: many parameters for one matrix, and $\\sum_i \\log|D_{ii}|$ would miss a part of the log-determinant.",
});

const whichCost = quizChoice({
  id: "which-cost",
  question:
    "You want an invertible layer that mixes 1,000 coordinates, keeps volumes, and costs as little as possible. Which one?",
  choices: {
    diagonal: { text: "a diagonal matrix", meaning: "It costs least, and mixes nothing." },
    plu: {
      text: "a PLU matrix",
      meaning: "It mixes, for a million multiplications; and its volume has to be paid for.",
    },
    reflections: {
      text: "a few reflections",
      meaning: "One reflection costs two dot products, and every one keeps lengths.",
    },
    full: {
      text: "a full matrix with its determinant held at 1",
      meaning: "Holding it there would need the determinant, and that costs $\\mathcal{O}(D^3)$.",
    },
  },
  right: "reflections",
  answer:
    "$K$ reflections cost $\\mathcal{O}(KD)$, and their log-determinant is 0 without any computation. Few of them reach few of the orthogonal matrices, which is often enough between layers that bend.",
});

const rotated = quizChoice({
  id: "rotated-whitening",
  question:
    "Two people whiten the same data, one with a triangular root and one with a symmetric one. What differs?",
  choices: {
    density: {
      text: "the density of $x$",
      meaning:
        "It depends on $\\beta$ and $\\Omega\\Omega^\\top$ only, and these are the mean and the covariance of the data for both.",
    },
    z: {
      text: "the $z$ of a given $x$: one is the other, turned",
      meaning: "$\\Omega' = \\Omega Q$ gives $z' = Q^\\top z$.",
    },
    logdet: {
      text: "the log-determinant",
      meaning: "$(\\det\\Omega)^2 = \\det\\Sigma$ for both, so $|\\det\\Omega|$ is the same.",
    },
    nothing: {
      text: "nothing: a covariance has one root",
      meaning:
        "A positive number has two roots already. A covariance has infinitely many: with $\\Omega$ every $\\Omega Q$ is one.",
    },
  },
  right: "z",
  answer:
    "The two $z$ differ by an orthogonal matrix, and a standard normal does not notice a turn. That is why data cannot tell a linear flow its rotation, and why *non*-normal bases can: independent component analysis lives on that.",
});

export const linearQuiz: readonly Prediction[] = [
  covarianceAfter,
  pluDeterminant,
  twoMatrices,
  whyOnes,
  whichCost,
  rotated,
];
