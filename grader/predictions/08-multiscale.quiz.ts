/** The quiz of chapter 08: what should be clear after it. */

import { type Prediction, quizChoice } from "./prediction.ts";

// TODO: question 1; quizNumber asks for a number.
const question1 = quizChoice({
  id: "08-question-1",
  question: "TODO: what should be clear by now?",
  choices: {
    yes: { text: "TODO: what is right", meaning: "TODO: why it is right." },
    no: { text: "TODO: what many think", meaning: "TODO: what speaks against it." },
  },
  right: "yes",
  answer: "TODO: question 1, answered in a sentence or two.",
});

// TODO: question 2; quizNumber asks for a number.
const question2 = quizChoice({
  id: "08-question-2",
  question: "TODO: what should be clear by now?",
  choices: {
    yes: { text: "TODO: what is right", meaning: "TODO: why it is right." },
    no: { text: "TODO: what many think", meaning: "TODO: what speaks against it." },
  },
  right: "yes",
  answer: "TODO: question 2, answered in a sentence or two.",
});

// TODO: question 3; quizNumber asks for a number.
const question3 = quizChoice({
  id: "08-question-3",
  question: "TODO: what should be clear by now?",
  choices: {
    yes: { text: "TODO: what is right", meaning: "TODO: why it is right." },
    no: { text: "TODO: what many think", meaning: "TODO: what speaks against it." },
  },
  right: "yes",
  answer: "TODO: question 3, answered in a sentence or two.",
});

// TODO: question 4; quizNumber asks for a number.
const question4 = quizChoice({
  id: "08-question-4",
  question: "TODO: what should be clear by now?",
  choices: {
    yes: { text: "TODO: what is right", meaning: "TODO: why it is right." },
    no: { text: "TODO: what many think", meaning: "TODO: what speaks against it." },
  },
  right: "yes",
  answer: "TODO: question 4, answered in a sentence or two.",
});

export const multiscaleQuiz: readonly Prediction[] = [question1, question2, question3, question4];
