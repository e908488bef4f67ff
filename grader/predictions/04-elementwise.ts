/** What chapter 04 asks: predictions, then the quiz. */

import { elementwiseQuiz } from "./04-elementwise.quiz.ts";
import { choicePrediction, numberPrediction, type Prediction } from "./prediction.ts";

const stillIndependent = choicePrediction({
  id: "still-independent",
  question:
    "Two independent normal coordinates, and each goes through the same steep bend at 0. Most of the cloud will be pushed into four corners. Will the two coordinates still be independent?",
  choices: {
    yes: {
      text: "yes, they will",
      meaning: "What one coordinate does, it does without a look at the other.",
    },
    no: {
      text: "no: four clusters are a pattern",
      meaning:
        "Four clusters at the corners of a square *are* what two independent coordinates with two clusters each look like. A pattern between the coordinates would be clusters on a diagonal only.",
    },
    uncorrelated: {
      text: "uncorrelated, but not independent",
      meaning:
        "That happens to coordinates that are mixed, as when a ring is seen along its axes. Here each output is a function of one input alone.",
    },
    diagonal: {
      text: "no: the same function acts on both",
      meaning:
        "The same *function* is no connection: two dice have the same faces. A connection would need that one coordinate decides what happens to the other.",
    },
  },
  given: { above: "number", below: "number" },
  right: "yes",
  answer: ({ above, below }) =>
    `Of the points in the upper two clusters ${(100 * above).toFixed(0)}% lie on the right, of those in the lower two ${(100 * below).toFixed(0)}%: to know one coordinate says nothing about the other. Functions of independent variables are independent. So an elementwise flow makes no dependence, and as it can be undone it takes none away; that is for what comes before and after it.`,
});

const jumpAtZero = numberPrediction({
  id: "jump-at-zero",
  question:
    "How many times as high as just above 0 will the density of $x$ be just below 0, for the slope 0.1 there?",
  form: "a number, 1 for equally high",
  least: 0,
  most: 1000,
  truth: 10,
  within: 0.01,
  near: 2,
  bands: [
    {
      from: 1,
      to: 1,
      meaning:
        "The *map* is continuous at 0, and so is the base density. But the density of $x$ is divided by the slope, and that jumps.",
    },
    {
      from: 0.1,
      to: 0.1,
      meaning:
        "You multiplied by the slope. Squeezing the same mass into a tenth of the room makes it *denser*.",
    },
    { from: 100, to: 100, meaning: "In one dimension the slope comes in once." },
    {
      from: 5,
      to: 5,
      meaning: "Half of the mass lies below 0 whatever the slope is; it is the room that shrinks to a tenth.",
    },
  ],
  answer:
    "Ten times: $Pr(x) = Pr(z)/f'(z)$, $Pr(z)$ is the same on both sides of 0, and the slopes are 0.1 and 1. Half of the mass stands in a tenth of the room. Move the slider: with the slope 1 there is no jump, above 1 it goes the other way.",
});

const thirdBin = numberPrediction({
  id: "third-bin",
  question:
    "A uniform $h$ goes through the textbook's map, whose third bin rises from 0.3 to 0.8. What is the density of $h'$ there?",
  form: "a number",
  least: 0,
  most: 100,
  truth: 0.4,
  within: 0.005,
  near: 0.05,
  bands: [
    {
      from: 2.5,
      to: 2.5,
      meaning: "That is the slope. Stretching makes room: the density is *divided* by it.",
    },
    {
      from: 2,
      to: 2,
      meaning:
        "You divided by $\\phi_3 = 0.5$ alone. The bin is only a fifth wide, so that the slope is $0.5 / 0.2$.",
    },
    { from: 0.5, to: 0.5, meaning: "That is how long the bin's image is. Which mass lies on it?" },
    {
      from: 0.2,
      to: 0.2,
      meaning:
        "That is the *mass* of the bin, a fifth of all. Density is mass for each unit of length, and the image is 0.5 long.",
    },
    { from: 1, to: 1, meaning: "That is the density of $h$. The bin has been stretched." },
  ],
  answer:
    "0.4: a fifth of the mass on a length of 0.5. Or by the slope: the bin rises by 0.5 over a fifth, which is 2.5, and the density of $h$ is 1.",
});

const endOfRoots = numberPrediction({
  id: "end-of-roots",
  question:
    "For the textbook's $\\phi = (0.1, 0.2, 0.5, 0.1, 0.1)$, at which $h'$ does the map of square roots arrive for $h = 1$?",
  form: "a number",
  least: 0,
  most: 100,
  truth: 3 * Math.sqrt(0.1) + Math.sqrt(0.2) + Math.sqrt(0.5),
  within: 0.01,
  near: 0.15,
  bands: [
    {
      from: 1,
      to: 1,
      meaning:
        "The $\\phi_k$ add up to 1. But a bin rises by $\\sqrt{\\phi_k}$, and the root of a number below 1 is larger than the number.",
    },
    {
      from: 2.2,
      to: 2.24,
      meaning: "That is $\\sqrt5$, the sum for five *equal* bins, which is the largest that there can be.",
    },
  ],
  answer:
    "At $3\\sqrt{0.1} + \\sqrt{0.2} + \\sqrt{0.5} = 2.103$. For $K$ bins it lies between 1 and $\\sqrt K$, and that the $\\phi_k$ add up to 1 fixes nothing but this. To get a map of $[0, 1]$ onto itself one would divide by it.",
});

const straightBin = choicePrediction({
  id: "straight-bin",
  question:
    "A bin as wide as it is high ($s = 1$), with slope 3 at *both* ends. What will the curve do in the middle?",
  choices: {
    steep: {
      text: "go on with slope 3",
      meaning: "Then it would be three times as high as wide. The bin is a square.",
    },
    straight: {
      text: "run along the diagonal, with slope 1",
      meaning:
        "The slopes of the ends are 3, and the slope is continuous: it has to come down from 3 and to go up to it again. On the average it is 1.",
    },
    flatter: {
      text: "be flatter than the diagonal",
      meaning: "What it has risen too fast at the ends it must make up for in the middle.",
    },
    back: {
      text: "turn back for a while",
      meaning:
        "A cubic with these ends stands still half way, and with steeper ones it turns back. The ratio increases for every choice of positive slopes.",
    },
  },
  right: "flatter",
  answer:
    "It is flatter, with the slope $2/(1 + 3) = 0.5$ half way: for $s = 1$ and equal slopes $\\delta$ it is $2/(1 + \\delta)$ there, by the formula for the slope that comes below. The average slope over the bin is 1, whatever the ends are.",
});

const outside = choicePrediction({
  id: "outside",
  question:
    "Data with mean 2 and deviation 2.5, and a spline of $[-3, 3]$ on a standard normal base. What will its density be for $x > 3$?",
  choices: {
    fits: {
      text: "that of the data: training takes care of it",
      meaning: "There is no parameter beyond 3 that training could move.",
    },
    zero: {
      text: "zero",
      meaning:
        "That would be so for a base that ends there. The normal base goes on, and so does the identity.",
    },
    base: {
      text: "that of the base, far too low",
      meaning: "The map is the identity there, so that the density is that of $z = x$.",
    },
    straight: {
      text: "that of a straight line which the spline's last bin goes on with",
      meaning:
        "So it would be if the last slope were learned. Here the ends are held: $f(3) = 3$ with slope 1.",
    },
  },
  given: { alone: "number", behind: "number" },
  right: "base",
  answer: ({ alone, behind }) =>
    `The base's own: at $x = 7$ it is $e^{-24.5}/\\sqrt{2\\pi}$, and each such number costs 25 nats. On held-out data the spline alone has ${alone.toFixed(2)} nats, with an affine layer ${behind.toFixed(2)}. In practice: scale the data first (\`standardize\` does), and let the interval reach a little further than they do.`,
});

/** In the order of the losses that the notebook gives. */
const FAMILIES = {
  line: "piecewise linear",
  quadratic: "quadratic",
  cubic: "cubic",
  rational: "rational-quadratic",
  mixture: "mixture",
  squared: "nonlinear squared",
};

/** Each family with its loss above the truth's, the best one first. */
function ranking({ losses, truth }: { readonly losses: readonly number[]; readonly truth: number }): string {
  return Object.values(FAMILIES)
    .map((name, i) => ({ name, above: losses[i] - truth }))
    .sort((a, b) => a.above - b.above)
    .map(({ name, above }) => `${name} ${above.toFixed(3)}`)
    .join(", ");
}

const bestBend = choicePrediction({
  id: "best-bend",
  question: "Which family will come closest to the truth on data with three peaks?",
  choices: {
    line: {
      text: "piecewise linear: 17 bins are the most",
      meaning:
        "Its density is a staircase, and gradients do not see what happens when a number passes an *edge*, where the density jumps.",
    },
    quadratic: {
      text: "the quadratic spline",
      meaning: "Its slope is a broken line, so that its density is continuous.",
    },
    cubic: {
      text: "the cubic spline",
      meaning: "Its inner slopes follow from the bins, which saves parameters for more bins.",
    },
    rational: {
      text: "the rational-quadratic spline",
      meaning:
        "It bends most freely in each bin, and of all splines it has the fewest bins for its parameters.",
    },
    mixture: {
      text: "the mixture of logistic distributions",
      meaning: "The data are a mixture, which it can nearly copy.",
    },
    squared: {
      text: "three nonlinear squared maps",
      meaning: "Each adds one bump, which has to be flat enough for the map to increase.",
    },
  },
  given: { losses: "list", truth: "number" },
  right: ({ losses }) => Object.keys(FAMILIES)[losses.indexOf(Math.min(...losses))] as string,
  answer: (given) =>
    `The best one first, with its nats above the ${given.truth.toFixed(3)} of the true density: ${ranking(given)}. With one seed and one set of data, differences of a hundredth say little.`,
});

const CUT = 1 / (2 * Math.PI);

const cutOfTheCircle = numberPrediction({
  id: "cut-of-the-circle",
  question:
    "After training, what will be the density at $\\pm\\pi$ by the spline of the *interval*, which is the identity at its ends, on a uniform base? (The bell itself has 0.35 there.)",
  form: "a number",
  least: 0,
  most: 100,
  truth: CUT,
  within: 0.006,
  near: 0.03,
  bands: [
    {
      from: 0.3,
      to: 0.4,
      meaning:
        "That is the bell's own. Training can move every slope but the two at the ends, and it is by these that the density is divided there.",
    },
    {
      from: 1,
      to: 1,
      meaning:
        "That is the slope at the ends. The base's density is divided by it: it has to be spread over $2\\pi$.",
    },
    {
      from: 0,
      to: 0,
      meaning: "The base does not fall to 0 at its ends, and the slope there is 1, not infinite.",
    },
  ],
  given: { circular: "list", interval: "list", truth: "number" },
  answer: ({ circular, interval, truth }) =>
    `$1/2\\pi = 0.159$, whatever the data are: the base's density over the slope 1. Shortly before the ends it has ${interval.map((v) => v.toFixed(3)).join(" and ")}, the circular spline ${circular.map((v) => v.toFixed(3)).join(" and ")}, the bell ${truth.toFixed(3)}. The circular one arrives at $\\pi$ as high as it sets out at $-\\pi$, because both ends have one slope, and can be as high as the data ask, because that slope is learned.`,
});

export const elementwiseChapter: readonly Prediction[] = [
  stillIndependent,
  jumpAtZero,
  thirdBin,
  endOfRoots,
  straightBin,
  outside,
  bestBend,
  cutOfTheCircle,
  ...elementwiseQuiz,
];
