/** What chapter 08 asks before it shows. */

import { multiscaleQuiz } from "./08-multiscale.quiz.ts";
import { numberPrediction, type Prediction } from "./prediction.ts";

const firstGuess = numberPrediction({
  id: "08-first-guess", // TODO: a word that says what is guessed
  question: "TODO: what will the next cell show?",
  form: "a number",
  // What the answer's cell gives: the truth is what the experiment has shown.
  given: { shown: "number" },
  truth: ({ shown }) => shown,
  within: 0.1,
  near: 0.5,
  bands: [{ from: 1, meaning: "TODO: what those have in mind who guess so much, and what it misses." }],
  answer: ({ shown }) => `It is ${shown.toFixed(2)}. TODO: and why.`,
});

export const multiscaleChapter: readonly Prediction[] = [firstGuess, ...multiscaleQuiz];
