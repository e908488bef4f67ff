/** What chapter 03 asks: predictions, then the quiz. */

import { linearQuiz } from "./03-linear.quiz.ts";
import { choicePrediction, numberPrediction, type Prediction } from "./prediction.ts";

const firstCoordinate = choicePrediction({
  id: "first-coordinate",
  question:
    "The matrix has no structure at all, and the first coordinate of $x$ is $1.5 z_1 - 2 z_2 + 0.7 z_3 + 4$. What will the histogram of 5,000 such numbers look like?",
  choices: {
    bell: {
      text: "a bell",
      meaning: "A sum of independent normal numbers, with whatever factors, is normal.",
    },
    peaks: {
      text: "three peaks, one for each term",
      meaning:
        "That is what a *mixture* looks like, where each sample is one of three kinds. Here each sample is a **sum** of all three terms.",
    },
    skew: {
      text: "a bell that leans to one side, because of the minus sign",
      meaning:
        "A normal number with its sign turned is as likely as before: the base is symmetric, and so is every sum.",
    },
    flat: {
      text: "flat in the middle, as three bells overlap",
      meaning:
        "*Densities* are not added here, *numbers* are. The sum of two uniform numbers is not flat either: it has a peak where most pairs meet.",
    },
  },
  right: "bell",
  answer:
    "A bell again, and so is every other coordinate and every combination of them: whatever matrix acts on a normal $z$, the result is normal. Only centre, width and tilt can change.",
});

const doubling = choicePrediction({
  id: "doubling",
  question:
    "How many times as long does general elimination take when the number of dimensions doubles, from 256 to 512?",
  choices: {
    twice: {
      text: "twice as long",
      meaning: "That would do if each coordinate were treated by itself, as with a diagonal matrix.",
    },
    four: {
      text: "four times",
      meaning:
        "A matrix twice as wide has four times as many numbers, and *reading* it takes four times as long. Elimination visits each of them again for every column.",
    },
    eight: {
      text: "eight times",
      meaning: "Three loops, each twice as long.",
    },
    sixteen: {
      text: "sixteen times or more",
      meaning:
        "That would be $D^4$. Each of $D$ columns is cleared once, which costs at most $D^2$; together that is $D^3$.",
    },
  },
  given: { ratio: "number" },
  right: "eight",
  answer: ({ ratio }) =>
    `Three loops stand one inside the other, and each is over up to $D$ numbers: in the formula $2^3 = 8$. Here it took ${ratio.toFixed(1)} times as long. (Measured times are never exactly a power: large matrices leave the processor's cache, and small ones are over before its code is optimised.) From 64 × 64 to 128 × 128 pixels the dimensions are *four* times as many, and elimination would take 64 times as long.`,
});

const afterActnorm = choicePrediction({
  id: "after-actnorm",
  question:
    "What becomes of the correlation between the two columns when ActNorm has brought both to deviation 1?",
  choices: {
    zero: {
      text: "it becomes 0",
      meaning:
        "It is tempting: the picture will be as wide as it is high. But a line at 45° is, too. Scales of their own cannot tell the columns anything about each other.",
    },
    smaller: {
      text: "it becomes smaller",
      meaning:
        "The *covariance* changes, as it has the scales in it. The correlation is the covariance of the standardized columns: it has been freed of them already.",
    },
    same: {
      text: "it stays as it is",
      meaning: "Correlation does not depend on scales and shifts, and a diagonal map has nothing else.",
    },
    larger: {
      text: "it becomes larger",
      meaning:
        "The cloud looks narrower along its diagonal only because the axes are scaled. The correlation is free of scales.",
    },
  },
  given: { before: "number", after: "number" },
  right: "same",
  answer: ({ before, after }) =>
    `${before.toFixed(3)} before and ${after.toFixed(3)} after. A diagonal flow is blind to what the columns say about each other. Its model of these data is a bell whose axes are parallel to the coordinates.`,
});

const inverseOfTriangle = choicePrediction({
  id: "inverse-of-triangle",
  question:
    "A lower triangular matrix of 7 × 7, with numbers everywhere below its diagonal. Where will its inverse have exact zeros?",
  choices: {
    nowhere: {
      text: "nowhere: inverses are full",
      meaning:
        "That is so for most matrices. Here $z_1$ is known from $x_1$ alone, $z_2$ from $x_1$ and $x_2$: what comes later never plays a part.",
    },
    above: {
      text: "above the diagonal",
      meaning: "The first outputs need the first inputs only, in both directions.",
    },
    below: {
      text: "below the diagonal",
      meaning:
        "Undoing does not turn the order round: $z_1 = x_1 / L_{11}$ still depends on the *first* number only. The transpose would have its zeros there.",
    },
    off: {
      text: "everywhere but on the diagonal",
      meaning:
        "Only a diagonal matrix has a diagonal inverse. What $z_1$ has added to $x_2$ has to be taken away again.",
    },
  },
  right: "above",
  answer:
    "The inverse is lower triangular again, with one over each number on the diagonal. So a flow that is triangular in one direction is triangular in the other, and both determinants are products of diagonals.",
});

const twoMirrors = numberPrediction({
  id: "two-mirrors",
  question:
    "The letter is mirrored at a line of 20° and then at a line of 50°. Both together are a rotation. By how many degrees?",
  form: "degrees, counted against the clock",
  least: -360,
  most: 360,
  truth: 60,
  within: 0.5,
  near: 5,
  bands: [
    {
      from: 30,
      to: 30,
      meaning:
        "That is the angle *between* the mirrors. A point at the angle $\\alpha$ goes to $40° - \\alpha$ and then to $100° - (40° - \\alpha)$.",
    },
    {
      from: 70,
      to: 70,
      meaning:
        "You added the mirrors' angles. Mirroring twice turns round twice: their *difference* counts, and counts double.",
    },
    {
      from: -60,
      to: -60,
      meaning:
        "The size is right. A point on the first mirror stays there and is then mirrored at the second, which lies *further on*, against the clock.",
    },
    {
      from: 0,
      to: 0,
      meaning: "Two reflections at the *same* mirror would cancel. These lie at different angles.",
    },
  ],
  answer:
    "60°, twice the angle between the mirrors: $\\alpha \\to 40° - \\alpha \\to 100° - 40° + \\alpha = \\alpha + 60°$. So two reflections make any rotation of the plane, and in $D$ dimensions at most $D$ of them any orthogonal matrix.",
});

const diagonalGap = numberPrediction({
  id: "diagonal-gap",
  question:
    "By how many nats for each of 2,000 new points will the negative log-likelihood of the diagonal flow lie above that of the whitening?",
  form: "nats, from −1 to 5",
  least: -1,
  most: 5,
  given: { diagonal: "number", plu: "number", whitening: "number", correlation: "number" },
  truth: ({ diagonal, whitening }) => diagonal - whitening,
  within: 0.05,
  near: 0.2,
  bands: [
    {
      from: -1,
      to: -0.02,
      meaning:
        "Lower than the whitening it cannot be, but for chance: every diagonal flow is a linear flow, and the whitening is the best of all linear ones, up to what 600 points tell.",
    },
    {
      from: -0.02,
      to: 0.02,
      meaning:
        "Both are linear, and both have the right mean and the right deviations. But the diagonal flow cannot tilt its bell, and these data are tilted: it spreads its mass over a rectangle of which they fill a narrow part. How much the columns have in common is the correlation of section 3.3.",
    },
    {
      from: 1.35,
      to: 1.6,
      meaning:
        "The logarithm of the area by which the diagonal bell is too large has a ½ before it: $\\det\\Sigma$ is the *square* of a volume.",
    },
    {
      from: 0.2,
      to: 0.3,
      meaning:
        "The determinants of the covariances have the ratio $1 - \\rho^2$, which is about that. What is lost in *nats* is minus half of its logarithm.",
    },
  ],
  answer: ({ diagonal, plu, whitening, correlation }) =>
    `Diagonal ${diagonal.toFixed(3)}, whitening ${whitening.toFixed(3)} nats: ${(diagonal - whitening).toFixed(3)} more. What the diagonal flow lacks is what the columns tell about each other, $-\\tfrac12\\log(1 - \\rho^2)$, which for $\\rho = ${correlation.toFixed(3)}$ is ${(-0.5 * Math.log(1 - correlation ** 2)).toFixed(3)} nats: its bell has the area of the other one divided by $\\sqrt{1 - \\rho^2}$. The trained PLU has ${plu.toFixed(3)}: another matrix than the whitening's and the same density, as $\\Omega\\Omega^\\top$ is the same and a rotation or reflection of $z$ does not show. (A little below the entropy is no contradiction: these 2,000 points happen to be easier than average.)`,
});

const moons = choicePrediction({
  id: "moons",
  question: "What will the density of the best linear flow for two half moons look like?",
  choices: {
    moons: {
      text: "two blurred moons",
      meaning: "A blurred moon is bent, and no matrix bends: straight lines stay straight lines.",
    },
    two: {
      text: "two ellipses, one for each moon",
      meaning: "A matrix takes one bell to one bell, with one peak. Two peaks need a map that bends.",
    },
    one: {
      text: "one ellipse over both",
      meaning: "Mean and covariance are all that it can take from the data.",
    },
    ring: {
      text: "a ring with a hole in the middle",
      meaning: "The base is densest in the middle, and a matrix leaves the middle in the middle.",
    },
  },
  given: { linear: "number", entropy: "number" },
  right: "one",
  answer: ({ linear, entropy }) =>
    `One ellipse, with its peak *between* the moons, where there are hardly any data. It is the best bell that there is, and yet it is ${(linear - entropy).toFixed(2)} nats above the entropy, which a flow that bends can come close to.`,
});

export const linearChapter: readonly Prediction[] = [
  firstCoordinate,
  doubling,
  afterActnorm,
  inverseOfTriangle,
  twoMirrors,
  diagonalGap,
  moons,
  ...linearQuiz,
];
