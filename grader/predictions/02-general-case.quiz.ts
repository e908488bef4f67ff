/** The quiz of chapter 02: what should be clear after it. */

import { type Prediction, quizChoice, quizNumber } from "./prediction.ts";

const planeDensity = quizNumber({
  id: "plane-density",
  question:
    "At some $z$ the base has the density 0.1, and the Jacobian of $f$ there is $\\begin{bmatrix}2&1\\\\4&-3\\end{bmatrix}$. What is the density of $x = f[z]$ where this $z$ lands?",
  form: "a density",
  truth: 0.01,
  within: 1e-9,
  bands: [
    {
      from: -0.01,
      to: -0.01,
      meaning: "The determinant is $-10$, and its *absolute value* counts: no density is negative.",
    },
    { from: 1, to: 1, meaning: "You multiplied by 10. Areas have become ten times as large: more room." },
    {
      from: 0.05,
      to: 0.05,
      meaning: "You took $ad + bc = -2$. The determinant is $ad - bc = -6 - 4$.",
    },
    {
      from: 0.016,
      to: 0.017,
      meaning: "You multiplied the diagonal only. The other two entries count as well: $-6 - 4$.",
    },
  ],
  answer: "$\\det = 2 \\cdot (-3) - 1 \\cdot 4 = -10$, so $0.1 / 10 = 0.01$.",
});

const threeLayers = quizNumber({
  id: "three-layers",
  question:
    "Three layers have the determinants $2$, $-3$ and $\\tfrac12$, each where the point is when it comes there. What is the log-determinant of the chain, in nats?",
  form: "in nats, with three digits",
  truth: Math.log(3),
  within: 0.002,
  bands: [
    {
      from: 3,
      to: 3,
      meaning:
        "That is the absolute determinant, $2 \\cdot 3 \\cdot \\tfrac12$. Its logarithm was asked for.",
    },
    {
      from: 0.4,
      to: 0.5,
      meaning: "That is the base-10 logarithm. A nat is the unit of the natural one.",
    },
    {
      from: -1.1,
      to: -1.09,
      meaning: "The sign is that of the way back, from $x$ to $z$.",
    },
  ],
  answer: "$\\log 2 + \\log 3 + \\log\\tfrac12 = \\log 3 \\approx 1.099$.",
});

const transposed = quizChoice({
  id: "transposed",
  question:
    "Your book writes $\\partial f_j/\\partial z_i$ at place $(i, j)$, your friend's book $\\partial f_i/\\partial z_j$. What comes out differently?",
  choices: {
    density: {
      text: "the density",
      meaning: "It takes the determinant, which a transposition leaves as it is.",
    },
    order: {
      text: "the order of the matrices in equation 16.6",
      meaning: "$(AB)^\\top = B^\\top A^\\top$: the product is turned round.",
    },
    sign: {
      text: "the sign of the determinant",
      meaning: "$\\det A^\\top = \\det A$, with its sign.",
    },
    nothing: {
      text: "nothing at all",
      meaning: "Nothing in densities. But a product of matrices has an order, and that one is turned round.",
    },
  },
  right: "order",
  answer:
    "The matrices are each other's transposes, so a product of them is written in the opposite order. Determinants, and with them densities, are the same.",
});

const freeBend = quizChoice({
  id: "free-bend",
  question: "How does $x = (z_1,\\ z_2 + \\sin(7 z_1))$ change the areas of small squares?",
  choices: {
    stretches: {
      text: "it stretches them where the sine is steep",
      meaning: "It slants them where the sine is steep, and a slanted square has the area of an upright one.",
    },
    keeps: {
      text: "not at all",
      meaning: "Its Jacobian is triangular with ones on the diagonal.",
    },
    seven: {
      text: "seven times at most",
      meaning: "The entry with the 7 stands *beside* the diagonal. The determinant does not see it.",
    },
    sometimes: {
      text: "it makes some larger and others smaller",
      meaning: "Compare two neighbouring columns of the grid: each is moved up or down as a whole.",
    },
  },
  right: "keeps",
  answer:
    "$\\begin{bmatrix}1&0\\\\7\\cos 7z_1&1\\end{bmatrix}$ has the determinant 1 everywhere. What is added to one coordinate may depend on the others as wildly as one likes: chapter 5 is built on that.",
});

const wherePush = quizChoice({
  id: "push-forward",
  question: "For $x = z^2$ with a standard normal $z$, the push-forward …",
  choices: {
    none: {
      text: "does not exist, as $f$ cannot be undone",
      meaning:
        "Samples of $x$ can be drawn and counted, so there is a distribution. What fails is only equation 16.3 as it stands.",
    },
    exists: {
      text: "exists, and equation 16.3 as it stands does not give its density",
      meaning: "$P_z(f^{-1}(A))$ makes sense for every map; the equation wants *one* $z$.",
    },
    works: {
      text: "has the density of equation 16.3",
      meaning: "With which $z$? Every $x > 0$ has two, and both bring mass.",
    },
    point: {
      text: "puts all of its mass on a point",
      meaning: "Only a constant map does so.",
    },
  },
  right: "exists",
  answer:
    "Its density is the *sum* of two terms of the form of equation 16.3, one for each $z$ that leads to $x$. A flow avoids the sum by being invertible.",
});

const oneDirection = quizChoice({
  id: "one-direction",
  question:
    "A layer has a cheap determinant in the forward direction, and none in the other. Is it of use for maximum likelihood?",
  choices: {
    never: {
      text: "no, training needs that of the inverse",
      meaning: "It does need it, and it has it: one over the forward one, at the same place.",
    },
    fine: {
      text: "yes, if its inverse can be computed",
      meaning: "Find $z = f^{-1}[x]$, take the forward determinant there, and divide.",
    },
    sampling: {
      text: "only for drawing samples",
      meaning: "Drawing needs no determinant at all.",
    },
    square: {
      text: "yes, if the Jacobian is symmetric",
      meaning: "$\\det A^{-1} = 1/\\det A$ holds for every invertible matrix.",
    },
  },
  right: "fine",
  answer:
    "The two determinants are each other's reciprocals. What cannot be done without is the *inverse point* $z$: where only that is expensive, as with planar flows, training on data is, too.",
});

export const generalCaseQuiz: readonly Prediction[] = [
  planeDensity,
  threeLayers,
  transposed,
  freeBend,
  wherePush,
  oneDirection,
];
