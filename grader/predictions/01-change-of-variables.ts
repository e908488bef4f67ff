/** What chapter 01 asks: predictions, then the quiz. */

import { changeOfVariablesQuiz } from "./01-change-of-variables.quiz.ts";
import { choicePrediction, numberPrediction, type Prediction, sketchPrediction } from "./prediction.ts";

const peaks = numberPrediction({
  id: "peaks",
  question:
    "We push 5,000 samples of the bell curve through this $f$. It is one smooth increasing function, and the bell has one peak. How many peaks will the histogram of $x$ have?",
  form: "how many, as a whole number",
  whole: true,
  least: 0,
  truth: 2,
  bands: [
    {
      to: 0,
      meaning:
        "A histogram without a peak would be flat or falling everywhere. Every density on the whole line has to come down again on both sides, so it has at least one peak.",
    },
    {
      to: 1,
      meaning:
        "An increasing function keeps the *order* of the samples, and it is tempting to think that it keeps the one peak too. But it does not keep their distances, and a peak is a matter of distances.",
    },
    {
      from: 3,
      meaning:
        "A peak needs a place where samples are collected. This $f$ is nearly flat on two sides and steep once between them, so there are two such places.",
    },
  ],
  answer:
    "Two peaks, and a valley between them, *near* the place where $f$ is steepest. A steep piece of $f$ takes the many samples around $z = 0.4$ and spreads them over a long stretch of $x$. The flat pieces collect samples and pile them up. Bending a line moves probability around without creating or losing any.",
});

const valley = numberPrediction({
  id: "valley",
  question:
    "At which $x$ between $-0.8$ and $1.4$ will the density of $x$ be lowest? ($f$ is steepest at $z = 0.4$, where $x = 0.14$.) The samples will show it only roughly; the exact answer comes in section 1.2.",
  form: "a number on the x axis",
  least: -5,
  most: 5,
  given: { lowest: "number", from: "number", steepest: "number" },
  truth: ({ lowest }) => lowest,
  within: 0.08,
  near: 0.2,
  bands: [
    {
      from: 0.08,
      to: 0.25,
      meaning:
        "That is about where $f$ is steepest. A good thought, and half of it: where $f$ stretches most, each sample gets most room. But how low the density becomes depends also on how many samples there are to spread.",
    },
    {
      from: 0.25,
      to: 0.38,
      meaning:
        "On the right side of the steepest place: you saw that the number of samples matters too. It matters more than you thought.",
    },
    {
      from: -0.08,
      to: 0.08,
      meaning:
        "$x = 0$ is the middle of the axis, not of the picture: $f$ is not symmetric around it, since its steep piece lies at $z = 0.4$.",
    },
    {
      to: -0.08,
      meaning:
        "On this side of the steepest place there are *more* samples to spread, since the bell is higher toward $z = 0$. The density cannot be lowest here.",
    },
    {
      from: 0.5,
      meaning:
        "The right direction, and too far: there $f$ becomes so much flatter again that the samples have less room, although there are fewer of them.",
    },
  ],
  answer: ({ lowest, from, steepest }) =>
    `The density of $x$ is lowest at $x = ${two(lowest)}$, which comes from $z = ${two(from)}$; $f$ is steepest at $z = 0.40$, which lands on $x = ${two(steepest)}$. Going on from there, $f$ is at first hardly less steep, and the bell has fewer samples to spread. By equation 16.1 the density is $Pr(z) / f'(z)$: at its lowest point numerator and denominator fall at the same rate.`,
});

const unchanged = choicePrediction({
  id: "unchanged",
  question: "Which number will not change in any bin of the next picture, however far you bend the line?",
  choices: {
    width: {
      text: "the width of its image on the $x$ axis",
      meaning:
        "The widths on the *$z$ axis* stay. Their images are stretched where $f$ is steep and squeezed where it is flat: that is what bending means.",
    },
    height: {
      text: "the height of the density of $x$ above it",
      meaning:
        "The heights on the *$z$ axis* stay, as the base does not change. On the $x$ axis the density has to fall where the bin becomes wider, or there would be more probability than before.",
    },
    mass: {
      text: "the probability that $x$ lies in it",
      meaning: "Samples move with the bin that they lie in, and none crosses its border.",
    },
    middle: {
      text: "the place of its middle on the $x$ axis",
      meaning:
        "Every bin is carried along by $f$. Only where $f(z) = z$ would a place stay, and the two curves cross in a few points at most.",
    },
  },
  right: "mass",
  answer:
    "The masses stay. Only widths and heights change, and they change in opposite directions: a bin that becomes twice as wide becomes half as high.",
});

const steepEnough = numberPrediction({
  id: "steep-enough",
  question:
    "Let $f(z) = 0.35\\,z + 1.2 \\tanh(s\\,z)$, with its steep piece in the middle of the bell. From which steepness $s$ on does the density of $x$ have two peaks?",
  form: "a number from 0.1 to 4",
  least: 0.1,
  most: 4,
  truth: twoPeaksFrom,
  within: 0.05,
  near: 0.2,
  bands: [
    {
      to: 0.5,
      meaning:
        "So little does not do it: where $f$ is hardly steeper in the middle than beside it, the bell's own peak is stronger.",
    },
    {
      from: 1.4,
      meaning:
        "The `bend` of this chapter has $s = 1.5$ and two peaks that are far apart. It can be much gentler before they become one.",
    },
  ],
  answer:
    "Two peaks of equal height need the steep piece in the middle, `place` 0: then everything is symmetric. The density $Pr(z)/f'(z)$ is lowest in the middle if $f'$ falls off faster there than the bell does. Near 0 we have $\\log Pr(z) = \\text{const} - \\tfrac12 z^2$ and, since $1/\\cosh^2 u \\approx 1 - u^2$, $\\log f'(z) \\approx \\text{const} - \\frac{1.2\\,s^3}{0.35 + 1.2\\,s}\\,z^2$. The second has to be the larger: $2.4\\,s^3 > 0.35 + 1.2\\,s$, which is so from $s = 0.82$ on.",
});

/** Where 2.4 s³ = 0.35 + 1.2 s, by halving. */
function twoPeaksFrom(): number {
  let [low, high] = [0.1, 4];
  for (let i = 0; i < 60; i++) {
    const s = (low + high) / 2;
    if (2.4 * s ** 3 > 0.35 + 1.2 * s) high = s;
    else low = s;
  }
  return low;
}

const entropy = choicePrediction({
  id: "entropy",
  question:
    "The truth has a certain mean surprise per data point that no model can beat on average, its *entropy*. Where will the negative log-likelihood of the held-out data end?",
  choices: {
    above: {
      text: "above the entropy",
      meaning:
        "So it is *on average over all data that could come*: no model beats the entropy there. But these are 500 values, and their mean has an error of its own.",
    },
    equal: {
      text: "at the entropy, to three digits",
      meaning:
        "Even the true density would not give that: the mean over 500 values scatters around the entropy by about a twentieth of a nat.",
    },
    below: {
      text: "below the entropy",
      meaning:
        "That takes either luck with the data or a model that has seen them. Here it can only be luck.",
    },
  },
  given: { loss: "number", ofTruth: "number", entropy: "number" },
  right: ({ loss, entropy }) =>
    Math.abs(loss - entropy) < 5e-4 ? "equal" : loss < entropy ? "below" : "above",
  answer: ({ loss, ofTruth, entropy }) =>
    `The held-out data have ${loss.toFixed(3)} nats under the flow, the entropy is ${entropy.toFixed(3)}.${
      loss < entropy ? " Did it beat the unbeatable? No:" : ""
    } The entropy is an average over all data that could come, and these 500 values happen to be ${
      ofTruth < entropy ? "easier" : "harder"
    } than average: the *true* density gives them ${ofTruth.toFixed(3)}. That is the fair opponent, and the flow ${
      loss > ofTruth ? "loses to" : "beats"
    } it by ${Math.abs(loss - ofTruth).toFixed(3)} nats. ${
      loss > ofTruth ? "That gap is what it has not learned from 1,500 values." : ""
    }`.trim(),
});

const learnedMap = sketchPrediction({
  id: "learned-map",
  question:
    "The flow has learned a map from data to the bell curve, $z = f^{-1}(x)$. By equation 16.1 its slope is $Pr(x) / Pr(z)$. Sketch it: at which $z$ do the data points $x = -3, -2, \\dots, 3$ arrive? (40 % of the data lie in a peak around $-1.5$, 60 % in one around $1.2$.)",
  at: [-3, -2, -1, 0, 1, 2, 3],
  xTitle: "x",
  yTitle: "z",
  space: "map",
  shapeOnly: false,
  given: { x: "list", z: "list" },
  truth: ({ x, z }) => ({ x, y: z }),
  meaning: (sketch) => {
    const steps = sketch.slice(1).map((z, i) => z - (sketch[i] as number));
    if (steps.some((step) => step < 0))
      return "Somewhere your sketch goes down. The map has to increase everywhere: two data points that arrived at the same $z$ could not be told apart on the way back.";
    if (Math.max(...steps) - Math.min(...steps) < 0.25)
      return "Your sketch is nearly a straight line. Such a map only shifts and scales: it would turn two peaks into two peaks, and the bell has one.";
    const inner = Math.max(...steps.slice(2, 4));
    if (inner >= Math.max(...steps))
      return "Your sketch is steepest in the middle, as $f$ was in section 1.1. This is the other direction: in the valley there are few data, and a flat piece is enough to bring them to the middle of the bell.";
    return undefined;
  },
  answer:
    "It is steep where the data are denser than the bell is at the place to which they go, as on the outer sides of the two peaks. In the valley between the peaks it is nearly flat: few data go there, to the middle of the bell, where there is most room. About 40 % of the data lie below the valley, so the valley arrives at the $z$ below which 40 % of the bell lie, $z = -0.25$. Beyond $\\pm 3$ there are no data that could say how it should go on.",
});

export const changeOfVariables: readonly Prediction[] = [
  peaks,
  valley,
  unchanged,
  steepEnough,
  entropy,
  learnedMap,
  ...changeOfVariablesQuiz,
];

/** Two digits after the point. */
const two = (value: number): string => value.toFixed(2);
