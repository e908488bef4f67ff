/** The quiz of chapter 07: what should be clear after it. */

import { type Prediction, quizChoice, quizNumber } from "./prediction.ts";

const invertedNetworks = quizChoice({
  id: "inverted-networks",
  question: "What do $f_1$ and $f_2$ have to be, so that the block of equation 16.18 can be undone?",
  choices: {
    anything: {
      text: "anything",
      meaning: "They are only ever evaluated, in both directions, at numbers that are there.",
    },
    invertible: {
      text: "invertible networks",
      meaning: "The inverse has *minus* $f$, never an inverse of $f$. They may even be constant.",
    },
    contractive: {
      text: "networks with a Lipschitz constant below 1",
      meaning:
        "That is what $z + f(z)$ needs, where $f$ sees the number that it is added to. Here it sees the other half.",
    },
    differentiable: {
      text: "differentiable ones",
      meaning: "Training wants derivatives. Undoing does not.",
    },
  },
  right: "anything",
  answer: "Anything. Each $f$ is evaluated at the half that is known, and what it gave is taken off again.",
});

const priceOfMemory = quizChoice({
  id: "price-of-memory",
  question: "A gradient with the memory of one block: what does it cost?",
  choices: {
    nothing: { text: "nothing", meaning: "Each block's input has to be computed again, and then the block." },
    time: {
      text: "time: each block is computed again on the way back, in both directions",
      meaning: "Memory is bought with arithmetic.",
    },
    accuracy: {
      text: "half of the digits",
      meaning: "For additive blocks it is next to none. Blocks that stretch by 10 would lose a digit each.",
    },
    approximate: {
      text: "the gradient is an approximation",
      meaning: "It is the same gradient, up to rounding.",
    },
  },
  right: "time",
  answer: "Time. The inputs that an ordinary gradient keeps are computed anew, block by block.",
});

const revVolume = quizNumber({
  id: "rev-volume",
  question:
    "Ten blocks of equation 16.18 one after the other take a square of area 4 to some shape. What is its area?",
  form: "a number",
  truth: 4,
  within: 1e-9,
  bands: [
    { from: 1, to: 1, meaning: "1 is the determinant. The area is that of the square, times it." },
    { from: 40, to: 40, meaning: "Determinants are multiplied, not added: $1^{10} = 1$." },
  ],
  answer:
    "4. Each block has the determinant 1, and so have ten of them: the shape is another one, the area is not.",
});

const slopeBelowOne = quizChoice({
  id: "slope-below-one",
  question: "The slope of $f$ is below 1 in size at every point. What follows?",
  choices: {
    converges: {
      text: "$f$, iterated, comes to a fixed point from every start",
      meaning: "$\\sqrt{1 + z^2}$ has such slopes and no fixed point: they come as near to 1 as you like.",
    },
    nothing: {
      text: "that two points come nearer to each other, and no more",
      meaning: "Nearer, but by how much? Without one $\\beta < 1$ for all points it may be less and less.",
    },
    contraction: {
      text: "$f$ is a contraction",
      meaning:
        "A contraction has *one* $\\beta < 1$ for all points. Slopes below 1 may come as near to 1 as you like.",
    },
  },
  right: "nothing",
  answer:
    "Two points come nearer to each other. For a fixed point one $\\beta < 1$ for all of them is needed.",
});

const certifiedStop = quizNumber({
  id: "certified-stop",
  question:
    "$L = 0.8$, and the error of $z$ is to be 0.004 at most. At which size of the last change may one stop?",
  form: "a number",
  truth: 0.001,
  within: 1e-6,
  bands: [
    {
      from: 0.004,
      to: 0.004,
      meaning: "That is a change as large as the error allowed. Four times as much may still come.",
    },
    {
      from: 0.016,
      to: 0.016,
      meaning: "The factor is turned round: what is to come may be *four times* the last change.",
    },
    {
      from: 0.00079,
      to: 0.00081,
      meaning: "That is $\\varepsilon(1 - L)$, on the safe side: it counts the last change as still to come.",
    },
  ],
  answer: "$0.004 \\cdot \\frac{1 - 0.8}{0.8} = 0.001$.",
});

const powerFromBelow = quizChoice({
  id: "power-from-below",
  question:
    "A layer is divided by the estimate that a few steps of power iteration give. Its spectral norm is then",
  choices: {
    exact: { text: "exactly 1", meaning: "After endless steps. A few leave the estimate below the norm." },
    below: {
      text: "1 or a little less",
      meaning:
        "For that the estimate would have to be too large. It is $|\\Omega v|$ for one $v$ of length 1.",
    },
    above: {
      text: "1 or a little more",
      meaning: "The estimate is $|\\Omega v|$ for one $v$, and the norm is the largest of them all.",
    },
    anything: { text: "anything", meaning: "It cannot be below 1: the estimate is never above the norm." },
  },
  right: "above",
  answer:
    "1 or a little more: every $|\\Omega v|$ is a lower bound. Hence a limit such as 0.9, and a $u$ that is kept.",
});

const hutchinsonSamples = quizNumber({
  id: "hutchinson-samples",
  question:
    "An estimated trace is off by 0.6 nats typically. How many times as many vectors bring that to 0.2?",
  form: "a number",
  truth: 9,
  within: 1e-9,
  bands: [
    { from: 3, to: 3, meaning: "The *variance* falls with the number of vectors; the error with its root." },
  ],
  answer: "9 times: the error falls with the root of the number of vectors.",
});

const whichIsBias = quizChoice({
  id: "which-is-bias",
  question:
    "The log-determinant is estimated with 4 terms and 2 vectors of noise. What would be left with a million vectors?",
  choices: {
    nothing: {
      text: "nothing",
      meaning: "A million vectors give the traces of four powers. The fifth was never asked for.",
    },
    terms: {
      text: "what the terms after the fourth add up to",
      meaning: "Averaging takes noise away, and no bias.",
    },
    noise: {
      text: "a noise a thousand times smaller, and nothing else",
      meaning: "About that of the noise; but the terms after the fourth are missing in every estimate.",
    },
    norm: {
      text: "the error of the spectral norm",
      meaning: "The norm says how fast the terms fall. It is no part of the estimate.",
    },
  },
  right: "terms",
  answer:
    "The terms that were left out: at most $D L^5/(5(1 - L))$. The noise is gone, the bias is as it was.",
});

export const residualQuiz: readonly Prediction[] = [
  invertedNetworks,
  priceOfMemory,
  revVolume,
  slopeBelowOne,
  certifiedStop,
  powerFromBelow,
  hutchinsonSamples,
  whichIsBias,
];
