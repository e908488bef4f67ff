/** What chapter 09 asks before it shows. */

import { glowQuiz } from "./09-glow.quiz.ts";
import { choicePrediction, type Prediction } from "./prediction.ts";

const company = choicePrediction({
  id: "company",
  question:
    "The same face, 100 times, each time with one other face in its batch. How far apart will the highest and the lowest of its log-densities be?",
  choices: {
    nothing: {
      text: "not at all: a density of the face does not depend on other faces",
      meaning:
        "That is what one expects of a density. But mean and deviation are taken of both faces, so the map is another one each time.",
    },
    little: {
      text: "a few tenths of a nat: there are 64 places in each face, and their mean hardly changes",
      meaning:
        "If the places of a face were independent, they would be enough. But a bright face is bright at most of them, and one face counts little more than one number.",
    },
    much: {
      text: "tens of nats or more",
      meaning: "Each of the 256 numbers is scored in another scale, and all of them shift together.",
    },
  },
  given: { two: "number", eight: "number", many: "number" },
  right: ({ two }) => (two > 10 ? "much" : two > 0 ? "little" : "nothing"),
  answer: ({ two, eight, many }) =>
    `${two.toFixed(0)} nats in batches of two, ${eight.toFixed(0)} in batches of eight, and still ${many.toFixed(1)} in batches of 64. So large is the noise that the training of small batches sees in its loss, on top of what the choice of pictures does anyway.`,
});

export const glowChapter: readonly Prediction[] = [company, ...glowQuiz];
