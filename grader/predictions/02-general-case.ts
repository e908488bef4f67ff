/** What chapter 02 asks: predictions, then the quiz. */

import { generalCaseQuiz } from "./02-general-case.quiz.ts";
import { choicePrediction, numberPrediction, type Prediction } from "./prediction.ts";

const shear = numberPrediction({
  id: "shear",
  question:
    "Set $a = d = 1$ and $c = 0$ in your mind, and $b = 2$: the upper side of the unit square is pushed two units to the right. What is the area of its image?",
  form: "an area",
  least: 0,
  truth: 1,
  within: 1e-9,
  bands: [
    {
      from: 2.2,
      to: 2.3,
      meaning:
        "That is how *long* the slanted side has become, $\\sqrt5$. The area is base times **height**, and the height has not changed.",
    },
    {
      from: 2,
      to: 2,
      meaning:
        "The push is 2, but it acts sideways: what leaves the square on one side comes in on the other.",
    },
    {
      from: 3,
      to: 3,
      meaning:
        "That is the width of the box *around* the parallelogram. Half of that box is empty, and more.",
    },
    {
      from: 0,
      to: 0.999,
      meaning:
        "It looks thinner, because it is long. Cut off the triangle on the right and put it on the left: the square is whole again.",
    },
  ],
  answer:
    "1: $ad - bc = 1 \\cdot 1 - 2 \\cdot 0$, whatever $b$ is. Shears are the free lunch of this course: they mix coordinates and change no area.",
});

const densest = numberPrediction({
  id: "densest",
  question:
    "On the line $x_1 = 0$ the map does nothing to $z_2$: there $x_2 = z_2$. At which $x_2$ is the density of $x$ highest? (Remember that $|\\det|$ is $e^{z_2/2}$.)",
  form: "a number on the $x_2$ axis",
  least: -5,
  most: 5,
  given: { height: "number", across: "number" },
  truth: -0.5,
  within: 0.06,
  near: 0.3,
  bands: [
    {
      from: -0.05,
      to: 0.05,
      meaning:
        "The peak of the base does land there. But a peak does not travel with its point: density is mass per *area*, and areas have been made different.",
    },
    {
      from: 0.05,
      meaning: "Up there areas are made *larger*, so the same mass is thinner. Which way does the peak go?",
    },
    {
      to: -0.8,
      meaning:
        "The direction is right: below, areas are smaller and the mass denser. But there is also less mass the farther one goes from $z = 0$.",
    },
  ],
  answer: ({ height, across }) =>
    `At $x_2 = -\\tfrac12$ (the search on a grid of 0.02 found ${height.toFixed(2)}, at $x_1 = ${Math.abs(across).toFixed(2)}$). Along the line, $\\log Pr(x) = -\\tfrac12 x_2^2 - \\tfrac12 x_2$ plus a constant, which is highest where $-x_2 - \\tfrac12 = 0$. The most likely $x$ is *not* the image of the most likely $z$.`,
});

const hundredLayers = choicePrediction({
  id: "hundred-layers",
  question:
    "A hundred layers, each of which shrinks areas to a ten-thousandth. What does the computer give for the *product* of the hundred determinants?",
  choices: {
    exact: {
      text: "$10^{-400}$",
      meaning:
        "On paper. The smallest number above 0 that a computer holds is about $5 \\cdot 10^{-324}$, and what is less than half of it is rounded to 0.",
    },
    zero: { text: "exactly 0", meaning: "The smallest number above 0 is about $5 \\cdot 10^{-324}$." },
    nan: {
      text: "NaN, not a number",
      meaning:
        "NaN comes from questions without an answer, such as $0/0$. This question has one; it is only too small to be written down.",
    },
    error: {
      text: "an error",
      meaning: "Arithmetic in floating point never stops a program. That is what makes it dangerous here.",
    },
  },
  given: { product: "number", sum: "number" },
  right: "zero",
  answer: ({ product, sum }) =>
    `It gives ${product}, and the logarithm of that is $-\\infty$. The sum of the hundred logarithms is ${sum.toFixed(1)} nats, without any trouble. That is why flows carry *log*-determinants, from the first layer to the last, and never multiply.`,
});

const folding = choicePrediction({
  id: "folding",
  question: "What happens to the grid when $w^\\top u$ becomes smaller than $-1$?",
  choices: {
    collapses: {
      text: "it collapses to a line",
      meaning:
        "It does so at $-1$ exactly, and only at the plane itself: there the slope is 0. What comes after that?",
    },
    folds: {
      text: "it folds: three points of $z$ arrive at the same $x$",
      meaning:
        "Near the plane the slope is negative and far from it positive, so the order of points is reversed and reversed again.",
    },
    mirrors: {
      text: "it is mirrored as a whole",
      meaning:
        "Only near the plane the determinant is negative. Far away, tanh is flat and everything is merely shifted.",
    },
    stops: {
      text: "nothing special; it is squeezed more",
      meaning: "A slope cannot be squeezed below 0 without turning round.",
    },
  },
  right: "folds",
  answer:
    "It folds. Along $w$ the map is $a + w^\\top u\\tanh a$, which first rises, then falls around $a = 0$, then rises again: an $x$ near the plane comes from three $z$. The determinant formula still gives a number there, and a density computed from it would be wrong. That is why training must be kept away from there.",
});

const lazyTraining = choicePrediction({
  id: "lazy-training",
  question:
    "Gradient descent makes the *reported* loss as low as it can, and the reported loss takes only the diagonal of $W$ into account. Where will it end, compared with the entropy of the data's true density?",
  choices: {
    above: {
      text: "above it: the model is worse",
      meaning: "The *model* is. But what is reported is another number, and nothing holds that up.",
    },
    at: {
      text: "at it: the same minimum by a cheaper way",
      meaning:
        "The minimum of another function lies elsewhere, unless the data do without the other entries.",
    },
    below: {
      text: "below it",
      meaning: "It finds out that entries beside the diagonal make $z$ small and cost nothing.",
    },
    infinite: {
      text: "it falls without end",
      meaning:
        "It could, with a map that bends. A single matrix cannot make all $z$ small and keep its diagonal large.",
    },
  },
  given: { reported: "number", entropy: "number", mass: "number" },
  right: "below",
  answer: ({ reported, entropy, mass }) =>
    `It reports ${reported.toFixed(3)} nats where no density can do better than ${entropy.toFixed(3)} on average. The trick: its "density" has the mass ${mass.toFixed(2)} instead of 1. (At the minimum it is $1/(1 - \\rho^2)$ for a sample of correlation $\\rho$.) A loss below the entropy is the sign of a wrong log-determinant. Add up the mass of your model whenever it looks too good.`,
});

const rateOne = choicePrediction({
  id: "rate-one",
  question:
    "Begin at $a = 1$, $c = 0$, with data of mean 5 and deviation 2, and take five steps of size 1. Where is $a$ then? (The minimum is at $a = 0.5$.)",
  choices: {
    there: {
      text: "close to 0.5",
      meaning:
        "It would be if the loss were curved as gently as $\\tfrac12 a^2$. Here the largest curvature is 30 and more.",
    },
    between: {
      text: "it jumps to and fro between two values near 0.5",
      meaning: "That happens at the very limit of stability, here at a rate of about 0.06.",
    },
    thousands: {
      text: "some thousands away",
      meaning: "Farther. Each step multiplies the error by about 30, not by a few.",
    },
    millions: {
      text: "millions away",
      meaning: "Each step multiplies the error by some $-30$; five of them by $30^5$.",
    },
  },
  given: { a: "number" },
  right: "millions",
  answer: ({ a }) =>
    `At $a \\approx ${(a / 1e6).toFixed(0)}$ million. Along the steepest direction the gradient changes by some 34 near the minimum when the parameters change by 1 (29 of it come from $\\overline{x^2}$, 4 from $1/a^2$), and by some 30 far from it, where $1/a^2$ is nothing. So each step of 1 leads to about 33, and later 29, times the error, on the other side. A step size is no matter of taste: below two over the largest curvature it converges, above it does not.`,
});

export const generalCase: readonly Prediction[] = [
  shear,
  densest,
  hundredLayers,
  lazyTraining,
  folding,
  rateOne,
  ...generalCaseQuiz,
];
