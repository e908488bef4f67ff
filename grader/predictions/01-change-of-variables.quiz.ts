/** The quiz of chapter 01: what should be clear after it. */

import { type Prediction, quizChoice, quizNumber } from "./prediction.ts";

const twiceAsSteep = quizNumber({
  id: "twice-as-steep",
  question:
    "At some $z$ the base has the density 0.3, and $f$ has the slope $-2$ there. What is the density of $x = f(z)$ at the place where this $z$ lands? ($f$ is invertible.)",
  form: "a density",
  truth: 0.15,
  within: 1e-9,
  bands: [
    {
      from: 0.6,
      to: 0.6,
      meaning:
        "You multiplied by the slope. A steep $f$ makes a short interval long: the same mass has *more* room, so its density is lower.",
    },
    {
      from: -0.15,
      to: -0.15,
      meaning:
        "You divided by the slope with its sign. A decreasing $f$ flips an interval, and a flipped interval still has a positive length: the formula has $|f'|$.",
    },
    {
      from: -0.6,
      to: -0.6,
      meaning:
        "No density is negative: the formula has $|f'|$. And it *divides* by it, as stretching spreads the same mass over more room.",
    },
    {
      from: 0.3,
      to: 0.3,
      meaning:
        "The *mass* of a small interval does not change. Its length does, by the factor $|f'|$, and density is mass per length.",
    },
  ],
  answer:
    "Equation 16.1: $Pr(x) = Pr(z) / |f'(z)| = 0.3 / 2 = 0.15$. Twice the room for the same mass; that $f$ is decreasing makes no difference.",
});

const twoSources = quizChoice({
  id: "two-sources",
  question: "Now $z$ is standard normal and $x = z^2$. Why can equation 16.1 not be used as it stands?",
  choices: {
    base: {
      text: "the base has to be uniform",
      meaning: "Any base with a density will do: equation 16.1 says nothing about its shape.",
    },
    flat: {
      text: "the slope is 0 at $z = 0$",
      meaning:
        "That makes the density of $x$ infinite at the single place $x = 0$, as in problem 16.1, where equation 16.1 holds everywhere else. It is not what goes wrong here.",
    },
    both: {
      text: "every $x > 0$ comes from two values of $z$",
      meaning: "One $z = f^{-1}(x)$ is what the equation needs, and here there are two.",
    },
    unknown: {
      text: "the inverse has no formula",
      meaning:
        "It has one, $\\pm\\sqrt x$. And a missing formula would be no obstacle: the inverse can be found by bracketing.",
    },
  },
  right: "both",
  answer:
    "Both $z = \\sqrt x$ and $z = -\\sqrt x$ land on $x$, and their masses add up: $Pr(x) = \\sum_{z: z^2 = x} Pr(z)/|2z|$. Leaving one out loses half of the probability. In problem 16.1 the base had no negative $z$, so each $x$ had one source only. Flows avoid the sum by using invertible maps only.",
});

const eachStep = quizChoice({
  id: "each-step",
  question:
    "You train a flow on data by maximum likelihood. What has to be computed at every step of the training?",
  choices: {
    forward: {
      text: "$f$ at samples $z$ of the base",
      meaning:
        "That draws new data, and is needed *after* the training. It does not say how likely the data at hand are.",
    },
    inverse: {
      text: "$f^{-1}$ at the data, and the slope there",
      meaning:
        "Where each data point comes from, and how much $f$ stretches there: the two terms of the loss.",
    },
    histogram: {
      text: "a histogram of the model's samples, to compare it with the data",
      meaning:
        "It would work in one dimension only, and roughly. A flow need not be sampled to know its density: that is the point of it.",
    },
    integral: {
      text: "the integral of the model's density, so that it stays 1",
      meaning:
        "It is 1 by construction, whatever the parameters are: a map moves mass around and makes none. This is what flows have over models with an unknown constant.",
    },
  },
  right: "inverse",
  answer:
    "The loss is $\\sum_i \\log|f'(z_i)| - \\log Pr(z_i)$ with $z_i = f^{-1}(x_i)$. So a model that is to be trained on data wants a cheap *inverse*; one that is to be sampled often wants a cheap $f$. Later chapters differ mainly in which of the two they make cheap.",
});

const noPrice = quizChoice({
  id: "no-price",
  question:
    "Somebody leaves the term $\\log|f'|$ out and minimises $-\\sum_i \\log Pr(z_i)$ alone, for $x = e^a z + b$. What will the training do?",
  choices: {
    same: {
      text: "find the same $a$ and $b$, only more slowly",
      meaning:
        "The term is not a matter of speed: without it the minimum is another one, and infinitely far away.",
    },
    narrow: {
      text: "let $a$ fall without end, so that all samples become the same",
      meaning:
        "The other way round: with a small $e^a$ the data would have to come from $z = (x - b)e^{-a}$ far out in the tails, which this loss punishes.",
    },
    wide: {
      text: "let $a$ grow without end, so that all data come from $z \\approx 0$",
      meaning: "There the bell is highest, and nothing says any more what that costs.",
    },
    shift: {
      text: "find the right $b$, and leave $a$ where it was",
      meaning: "The loss depends on $a$ too: $z_i = (x_i - b)e^{-a}$ shrinks as $a$ grows.",
    },
  },
  right: "wide",
  answer:
    "$z_i = (x_i - b)e^{-a} \\to 0$ for $a \\to \\infty$, and $-\\log Pr(z_i)$ comes down to its smallest value $\\tfrac12 \\log 2\\pi$ for every data point. The samples of that model would be spread over everything. $\\log|f'| = a$ is the price for stretching that stops it.",
});

const centimetres = quizChoice({
  id: "centimetres",
  question:
    "A flow gives heights in metres a mean negative log-likelihood of 0.2 nats. The same data and the same flow, followed by a multiplication with 100, are written in centimetres. What is the number then?",
  choices: {
    stays: {
      text: "0.2, as the model knows as much as before",
      meaning:
        "It does know as much. But a density is probability *per unit of length*, and the unit has changed: per centimetre there is a hundredth of it.",
    },
    times: {
      text: "20, a hundred times as much",
      meaning: "The *density* changes by a factor; its logarithm changes by a sum.",
    },
    more: {
      text: "$0.2 + \\log 100 \\approx 4.81$",
      meaning: "The multiplication is one more layer of the flow, with the slope 100 everywhere.",
    },
    less: {
      text: "$0.2 - \\log 100 \\approx -4.41$",
      meaning:
        "The sign is the other way round: the same mass on a hundred times the length has a hundredth of the density, which is a *larger* $-\\log Pr$.",
    },
  },
  right: "more",
  answer:
    "$Pr(100x) = Pr(x)/100$, so $-\\log Pr$ grows by $\\log 100 \\approx 4.61$. Negative log-likelihoods can be compared only for the same data in the same units; for densities they may well be negative.",
});

const recipe = quizChoice({
  id: "recipe",
  question:
    "$F$ is the distribution function of some density, with the inverse $F^{-1}$. Which base and which $f$ make a flow with exactly this density?",
  choices: {
    "uniform-F": {
      text: "uniform base on $[0, 1]$, $f = F$",
      meaning:
        "$F$ takes a value $x$ to a number between 0 and 1: it is the *normalizing* direction, $f^{-1}$.",
    },
    "uniform-inverse": {
      text: "uniform base on $[0, 1]$, $f = F^{-1}$",
      meaning: "The slope of $F^{-1}$ is one over the density, and that is what equation 16.1 divides by.",
    },
    "normal-inverse": {
      text: "standard normal base, $f = F^{-1}$",
      meaning:
        "$F^{-1}$ takes numbers between 0 and 1 only, and a normal $z$ is anywhere. With $\\Phi$, the normal distribution function, in between it works: $f = F^{-1} \\circ \\Phi$.",
    },
    none: {
      text: "none: a flow can only approach a density",
      meaning:
        "In one dimension every density that is positive on an interval is reached exactly, by its own distribution function.",
    },
  },
  right: "uniform-inverse",
  answer:
    "With $z = F(x)$: $f'(z) = 1 / F'(x) = 1 / p(x)$, so $Pr(x) = 1 / |f'(z)| = p(x)$. This is von Neumann's recipe from section 1.1. Learning a flow in one dimension is learning a distribution function.",
});

export const changeOfVariablesQuiz: readonly Prediction[] = [
  twiceAsSteep,
  twoSources,
  eachStep,
  noPrice,
  centimetres,
  recipe,
];
