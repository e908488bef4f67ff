/** What chapter 06 asks before it shows. */

import { autoregressiveQuiz } from "./06-autoregressive.quiz.ts";
import { choicePrediction, numberPrediction, type Prediction } from "./prediction.ts";

const moonsSlice = choicePrediction({
  id: "moons-slice",
  question:
    "Of all points of the two moons keep those with $x_1 = 0.5$, in the middle of the picture. What does the density of their $x_2$ look like?",
  choices: {
    bell: {
      text: "one bell, between the moons",
      meaning: "Between the moons, where they pass each other, there is nothing.",
    },
    two: {
      text: "two narrow peaks, far apart",
      meaning: "A vertical line through the middle crosses both moons.",
    },
    flat: {
      text: "flat from the lower moon to the upper",
      meaning: "Points lie *on* the moons, not between them.",
    },
    four: {
      text: "four peaks",
      meaning: "Each moon is an arc; a vertical line crosses an arc once, or touches its end.",
    },
  },
  given: { top: "number", middle: "number" },
  right: "two",
  answer: ({ top, middle }) =>
    `Two peaks. Their density is ${top.toFixed(1)}, and ${middle < 0.005 ? "less than 0.005" : middle.toFixed(2)} half-way between them. Farther to the left or to the right there is one. So what $x_2$ is like depends on $x_1$, and not only by a shift and a scale.`,
});

const autoregressiveZeros = numberPrediction({
  id: "autoregressive-zeros",
  question:
    "Six numbers, each transformed under the influence of those before it, by a network. How many of the 36 entries of $\\partial x_i/\\partial z_j$ are exactly 0?",
  form: "a whole number",
  whole: true,
  least: 0,
  most: 36,
  given: { zeros: "number" },
  truth: 15,
  bands: [
    {
      from: 30,
      to: 30,
      meaning: "That is a diagonal matrix, the Jacobian of an elementwise flow. Here earlier numbers steer.",
    },
    {
      from: 9,
      to: 9,
      meaning: "That is a coupling of halves, in which the last three do not see the first as here.",
    },
    {
      from: 20,
      to: 21,
      meaning: "The diagonal is not 0: each number is itself transformed. Count what lies above it.",
    },
    { from: 0, to: 0, meaning: "No number looks at those after it." },
  ],
  answer: ({ zeros }) =>
    `${zeros}: all above the diagonal, $5 + 4 + 3 + 2 + 1$. A full triangle is left, where a coupling of halves has a block and a diagonal.`,
});

const secondImage = choicePrediction({
  id: "second-image",
  question:
    "Somebody changes $h'_2$, and nothing else, before you go back to $h$. Which of the four numbers of $h$ come out different?",
  choices: {
    second: {
      text: "only $h_2$",
      meaning: "$h_2$ does. But what is computed from $h_2$ on the way back?",
    },
    from: {
      text: "$h_2$, $h_3$ and $h_4$",
      meaning: "$h_1$ is found before anything of $h'_2$ is looked at.",
    },
    until: {
      text: "$h_1$ and $h_2$",
      meaning: "Nothing of $h'_2$ is looked at when $h_1$ is found.",
    },
    all: {
      text: "all four",
      meaning: "$h_1 = g^{-1}[h'_1, \\phi]$ knows nothing of $h'_2$.",
    },
  },
  given: { moved: "list" },
  right: "from",
  answer: ({ moved }) =>
    `$h_2$, $h_3$ and $h_4$. With 0.5 added to $h'_2$ they move by ${moved.map((v) => v.toFixed(2)).join(", ")}: the first stays, the second moves, and the others are computed with another $h_2$ in their conditioners. The inverse of a triangle is a triangle.`,
});

const narrowMade = numberPrediction({
  id: "narrow-made",
  question:
    "Nine numbers, one hidden layer. How many hidden units does it take at least, so that every output can depend on *every* number before its own, and on no other?",
  form: "a whole number",
  whole: true,
  least: 1,
  given: { at7: "number", at8: "number" },
  truth: 8,
  bands: [
    {
      from: 1,
      to: 1,
      meaning:
        "One unit knows some first numbers, say three. The outputs before that must not look at it, and what comes after sees nothing of the fourth.",
    },
    {
      from: 9,
      to: 9,
      meaning: "A unit that knows all nine numbers is of no use: no output may look at it.",
    },
    {
      from: 36,
      to: 36,
      meaning:
        "There are 36 dependences, but one unit serves many: what knows the first three numbers may be seen by all outputs from the fourth on.",
    },
    {
      from: 2,
      to: 7,
      meaning:
        "The second output needs a unit that knows the first number only, the third one that knows the second, too …",
    },
  ],
  answer: ({ at7, at8 }) =>
    `8, one less than there are numbers. With 8 units all ${at8} dependences get through, with 7 at most ${at7}. The output at place $p$ has to see the number just before it, through a unit that knows nothing later: for each $p$ from 2 to 9 another one.`,
});

const jacobiStaircase = numberPrediction({
  id: "jacobi-staircase",
  question:
    "However wrong the beginning is and whatever the networks are: how many of the twelve numbers are certainly exact after *three* steps?",
  form: "a whole number",
  whole: true,
  least: 0,
  most: 12,
  given: { exact: "number" },
  truth: 3,
  bands: [
    {
      from: 0,
      to: 0,
      meaning:
        "What steers the first number? Nothing: its scale and shift are constants, so one step makes it right.",
    },
    { from: 1, to: 1, meaning: "The first is right after *one* step. What steers the second?" },
    { from: 12, to: 12, meaning: "The last is steered by the eleventh, and that by the tenth …" },
    { from: 4, to: 4, meaning: "The beginning is no step: it is wrong everywhere." },
  ],
  answer: ({ exact }) =>
    `3 are certain: the first after one step, as nothing steers it, the second after two, as what steers it is right by then, the third after three. Here ${exact} were exact. So after twelve steps all are, whatever the networks are: the iteration *ends*.`,
});

const samplesAgainstSize = choicePrediction({
  id: "samples-against-size",
  question:
    "From 4 numbers to 64, that is 16 times as many. How many times fewer samples a second will the MAF draw, one number after another?",
  choices: {
    same: {
      text: "about as many as before",
      meaning: "That would hold if a sample took one pass. It takes one for each number, in each layer.",
    },
    sixteen: {
      text: "ten to a hundred times fewer",
      meaning: "Sixteen times as many passes, each with a wider first and last layer.",
    },
    more: {
      text: "more than a hundred times fewer",
      meaning: "Each pass becomes more expensive, too, but its hidden layers stay as they are.",
    },
  },
  given: { slower: "number", iaf: "number" },
  right: ({ slower }) => (slower < 10 ? "same" : slower <= 100 ? "sixteen" : "more"),
  answer: ({ slower, iaf }) =>
    `${slower.toFixed(0)} times fewer: passes grow with D, and each becomes a little dearer. The IAF draws ${iaf.toFixed(1)} times fewer, for the wider layers alone.`,
});

const couplingsFromTheEnd = choicePrediction({
  id: "couplings-from-the-end",
  question:
    "Each of six couplings changes one number, under those before it. The first changes number 6, the next number 5, and so on; the last number 1. Which flow do the six make together?",
  choices: {
    maf: {
      text: "a masked autoregressive flow: x steers",
      meaning: "When number 6 is changed, which values have numbers 1 to 5 by then?",
    },
    iaf: {
      text: "an inverse autoregressive flow: z steers",
      meaning: "When a number is changed, those before it have not been changed yet.",
    },
    neither: {
      text: "neither: couplings leave numbers as they are",
      meaning: "Each coupling leaves five alone. All six together change every number.",
    },
  },
  given: { maf: "number", iaf: "number" },
  right: "iaf",
  answer: ({ maf, iaf }) =>
    `The inverse one: the farthest number differs by ${iaf.toExponential(1)} from the IAF, and by ${maf.toFixed(2)} from the MAF. From number 1 upwards it is the other way round: then those before a number are finished when they steer.`,
});

const waitingInTraining = choicePrediction({
  id: "waiting-in-training",
  question:
    "A MAF and an IAF of *three* numbers, each one layer whose scale and shift are weighted sums, are trained by likelihood, in plain loops over points and numbers. How long does a step of the IAF take, compared with one of the MAF?",
  choices: {
    same: {
      text: "about as long",
      meaning: "Whoever writes a loop over the numbers goes through them one after another anyway.",
    },
    three: {
      text: "about three times as long",
      meaning:
        "So it is where one pass of a *network* gives all scales and shifts at once, and three passes are needed. Written as sums, each number has its own, and none is computed twice.",
    },
    nine: {
      text: "about nine times as long",
      meaning:
        "Three passes would be three times as long. Is even that needed, if each number has its own sum?",
    },
  },
  given: { ratio: "number" },
  right: ({ ratio }) => (ratio < 1.9 ? "same" : ratio < 6 ? "three" : "nine"),
  answer: ({ ratio }) =>
    `${ratio.toFixed(1)} times as long. The sums for $z_2$ are the same number of multiplications whether $x_1$ or $z_1$ stands in them; in a loop waiting costs nothing, as nobody else could have worked meanwhile. It costs where a machine could do many things at once, and where a network has to be asked as a whole: then a step with $D$ numbers takes $D$ passes.`,
});

export const autoregressiveChapter: readonly Prediction[] = [
  moonsSlice,
  autoregressiveZeros,
  secondImage,
  narrowMade,
  jacobiStaircase,
  samplesAgainstSize,
  couplingsFromTheEnd,
  waitingInTraining,
  ...autoregressiveQuiz,
];
