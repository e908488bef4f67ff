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

export const residualQuiz: readonly Prediction[] = [invertedNetworks, priceOfMemory, revVolume];
