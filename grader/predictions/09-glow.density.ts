/** What the end of chapter 09 asks: a flow that learns from a density. */

import { choicePrediction, type Prediction, quizChoice } from "./prediction.ts";

const oneBell = choicePrediction({
  id: "one-bell",
  question:
    "The target has two peaks, at $-1.5$ and $1.5$, each 0.5 wide. The student is one bell, $x = e^a z + b$, and has to choose. It starts at the right peak. Where does the *reverse* divergence leave it, and where does maximum likelihood on samples of the target?",
  choices: {
    same: {
      text: "at the same bell: both are the divergence of the same two densities",
      meaning:
        "A divergence is no distance: it changes when its two densities change places. One averages over draws of the student, the other over samples of the target.",
    },
    peakAndWide: {
      text: "the reverse one at the right peak, maximum likelihood at a wide bell over both",
      meaning:
        "The reverse one asks where the *student* draws, and the valley is dear to it. The other asks where the *target* has samples, and a peak without a student is dear to it.",
    },
    wideAndPeak: {
      text: "the reverse one at a wide bell over both, maximum likelihood at the higher peak",
      meaning:
        "It is the other way round. A wide bell draws in the valley, where $\\log q$ is very low: that is what the reverse divergence averages. And a sample from a peak where the model has no density costs maximum likelihood a lot.",
    },
    both: {
      text: "both at the higher peak: one bell has only one",
      meaning:
        "Maximum likelihood of a bell is the mean and the deviation of *all* samples, those of the other peak included.",
    },
  },
  given: { reverseScale: "number", reversePlace: "number", forwardScale: "number", forwardPlace: "number" },
  right: ({ reverseScale, forwardScale }) => (forwardScale > 2 * reverseScale ? "peakAndWide" : "same"),
  answer: ({ reverseScale, reversePlace, forwardScale, forwardPlace }) =>
    `The reverse divergence ends at $b = ${reversePlace.toFixed(2)}$ with the scale ${reverseScale.toFixed(2)}: on the right peak, as wide as it is. Maximum likelihood has mean and deviation of the whole, $b = ${forwardPlace.toFixed(2)}$ and ${forwardScale.toFixed(2)}: it covers both, and the valley. Which of the two is wanted depends on the use: a sampler that draws nothing impossible, or a model that calls nothing impossible.`,
});

const withoutOwnDensity = choicePrediction({
  id: "without-own-density",
  question:
    'The target is one bell at 2 that is 0.5 wide. A loss in circulation for this problem has only its last term, the average of $-\\log q(f(z))$: "make the student\'s draws likely". Gradient descent takes 20,000 steps down it. Which scale does the student have then?',
  choices: {
    half: {
      text: "0.5: the draws are most likely if they are distributed as the target",
      meaning:
        "Each draw for itself is most likely at the *peak*. Nothing in this loss asks the draws to be different from each other.",
    },
    less: {
      text: "about 0.25: a little narrower than the target",
      meaning: "It passes 0.25 and does not stop there: at no width is its slope 0.",
    },
    collapsed: {
      text: "far below 0.1, and still falling",
      meaning:
        "The best draw is the peak, for every $z$. With the scale $s$ the slope of this loss is proportional to $s^2$, so it gets slower and never ends.",
    },
    wider: {
      text: "above 0.5: without the other terms nothing holds it together",
      meaning:
        "Draws in the tails have a low $\\log q$, and that is all that this loss sees: it pulls them in.",
    },
  },
  given: { without: "number", whole: "number" },
  right: ({ without }) => (without < 0.1 ? "collapsed" : without < 0.4 ? "less" : "half"),
  answer: ({ without, whole }) =>
    `After 20,000 steps the scale is ${without.toFixed(3)}, and it falls like $1/\\sqrt{8\\eta n}$ after $n$ steps of rate $\\eta$. With the student's own density in the loss it is ${whole.toFixed(3)} after a tenth of the steps, and stays.`,
});

const factorQuiz = quizChoice({
  id: "unknown-factor",
  question:
    "A student learns from $u(x) = 1000\\,q(x)$, since nobody knows the integral of $u$. What is different from learning from $q$?",
  choices: {
    gradient: {
      text: "every gradient is 1000 times as long, so that the rate has to be smaller",
      meaning:
        "It would be if $u$ itself stood in the loss. There is its logarithm, in which a factor becomes a term.",
    },
    scale: {
      text: "the student's densities add up to 1000",
      meaning: "A flow's density has the integral 1, whatever it learns from.",
    },
    loss: {
      text: "the loss is smaller by $\\log 1000$, and nothing else",
      meaning: "No parameter is in $\\log 1000$: the same gradients, the same student.",
    },
    invertible: {
      text: "the student has to be inverted to find the factor",
      meaning: "The factor is never needed, and nothing is inverted here.",
    },
  },
  right: "loss",
  answer:
    "Only the loss, by 6.9 nats. So its value says how good the student is only to someone who knows the integral; its *fall* says it to everyone.",
});

/** The predictions, and a question of the quiz. */
export const densityPredictions: readonly Prediction[] = [oneBell, withoutOwnDensity];
export const densityQuiz: readonly Prediction[] = [factorQuiz];
