/** The quiz of chapter 09: what should be clear after it. */

import { type Prediction, quizChoice } from "./prediction.ts";

const afterTheFirstBatch = quizChoice({
  id: "after-the-first-batch",
  question: "What does ActNorm take from the *second* batch?",
  choices: {
    statistics: {
      text: "its mean and deviation, with which it standardizes it",
      meaning: "That is batch normalization. Then each picture's density would depend on the others.",
    },
    average: {
      text: "a little of its mean and deviation, as a running average",
      meaning: "That is what batch normalization keeps for the time after training.",
    },
    gradient: {
      text: "a gradient, as every parameter does",
      meaning: "Scale and shift began at the first batch's statistics, and are trained from there.",
    },
  },
  right: "gradient",
  answer: "Only a gradient: the statistics of the first batch are a beginning, no more.",
});

export const glowQuiz: readonly Prediction[] = [afterTheFirstBatch];
