/** What a new chapter asks: one prediction, and a quiz of the least length that a chapter has. */

/** As many as `grader/predictions/course.test.ts` wants. */
const QUESTIONS = [1, 2, 3, 4];

export const predictionId = (number: string): string => `${number}-first-guess`;

export const predictionsText = (
  slug: string,
  name: string,
): string => `/** What chapter ${slug.slice(0, 2)} asks before it shows. */

import { ${name}Quiz } from "./${slug}.quiz.ts";
import { numberPrediction, type Prediction } from "./prediction.ts";

const firstGuess = numberPrediction({
  id: "${predictionId(slug.slice(0, 2))}", // TODO: a word that says what is guessed
  question: "TODO: what will the next cell show?",
  form: "a number",
  // What the answer's cell gives: the truth is what the experiment has shown.
  given: { shown: "number" },
  truth: ({ shown }) => shown,
  within: 0.1,
  near: 0.5,
  bands: [{ from: 1, meaning: "TODO: what those have in mind who guess so much, and what it misses." }],
  answer: ({ shown }) => \`It is \${shown.toFixed(2)}. TODO: and why.\`,
});

export const ${name}Chapter: readonly Prediction[] = [firstGuess, ...${name}Quiz];
`;

export const quizText = (
  slug: string,
  name: string,
): string => `/** The quiz of chapter ${slug.slice(0, 2)}: what should be clear after it. */

import { type Prediction, quizChoice } from "./prediction.ts";

${QUESTIONS.map((k) => question(slug.slice(0, 2), k)).join("\n")}
export const ${name}Quiz: readonly Prediction[] = [${QUESTIONS.map((k) => `question${k}`).join(", ")}];
`;

const question = (number: string, k: number): string => `// TODO: question ${k}; quizNumber asks for a number.
const question${k} = quizChoice({
  id: "${number}-question-${k}",
  question: "TODO: what should be clear by now?",
  choices: {
    yes: { text: "TODO: what is right", meaning: "TODO: why it is right." },
    no: { text: "TODO: what many think", meaning: "TODO: what speaks against it." },
  },
  right: "yes",
  answer: "TODO: question ${k}, answered in a sentence or two.",
});
`;
