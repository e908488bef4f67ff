/** What chapter 09 asks before it shows. */

import { densityPredictions, densityQuiz } from "./09-glow.density.ts";
import { glowQuiz } from "./09-glow.quiz.ts";
import { choicePrediction, numberPrediction, type Prediction } from "./prediction.ts";

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
      text: "several nats: it is thousands of times as dense in one batch as in another",
      meaning: "Each of the 256 numbers is scored in another scale, and all of them shift together.",
    },
  },
  given: { two: "number", eight: "number", many: "number" },
  right: ({ two }) => (two > 2 ? "much" : two > 0 ? "little" : "nothing"),
  answer: ({ two, eight, many }) =>
    `${two.toFixed(1)} nats in batches of two, ${eight.toFixed(1)} in batches of eight, and still ${many.toFixed(1)} in batches of 64. So large is the noise that the training of small batches sees in its loss, on top of what the choice of pictures does anyway.`,
});

const ninetyDegrees = choicePrediction({
  id: "ninety-degrees",
  question: "Can the rotation by exactly 90° be written in these two factors, without a permutation?",
  choices: {
    yes: {
      text: "yes, as any rotation: it has an inverse",
      meaning: "An inverse it has. But look at the first of its pivots, the cosine.",
    },
    no: {
      text: "no: the first pivot is 0",
      meaning:
        "Its upper left entry is 0, and a product of such triangles begins with $s_1$, which may not be 0.",
    },
    limit: {
      text: "yes, with very large numbers",
      meaning: "The nearer to 90°, the larger they become. At 90° they would have to be infinite.",
    },
  },
  given: { pivot: "number", entry: "number" },
  right: "no",
  answer: ({ pivot, entry }) =>
    `No. At 89.9° the first pivot is ${pivot.toFixed(4)}, and the entry of L is ${entry.toFixed(0)}; at 90° one is 0 and the other infinite. Exchange the two rows first, and the same matrix has factors of size 1: that is what P is for. The determinant is 1 all the way.`,
});

const beforeTraining = choicePrediction({
  id: "before-training",
  question: "What will the flow draw before its first step of training?",
  choices: {
    grain: {
      text: "grain: each pixel for itself, about as bright as the pictures are",
      meaning:
        "Nothing but scales, shifts and rotations of few channels: what could tie two pixels far apart together?",
    },
    average: {
      text: "a blurred mean of all pictures",
      meaning:
        "ActNorm has one mean for each channel, and none for each place. A mean face would need those.",
    },
    faces: {
      text: "faces already, if not good ones",
      meaning: "Its first batch has told it means and deviations of channels. Is that enough for a face?",
    },
    grey: {
      text: "an even grey",
      meaning: "All couplings do nothing yet, but the latents are random, and they go through.",
    },
  },
  given: { neighbours: "number" },
  right: "grain",
  answer: ({ neighbours }) =>
    `Grain. The correlation of a pixel with its right neighbour is ${neighbours.toFixed(2)}. What is far apart is independent: each coupling's network answers 0 as yet.`,
});

const coldest = choicePrediction({
  id: "coldest",
  question: "What will be drawn at $T = 0$?",
  choices: {
    grey: {
      text: "an even grey: no noise, no picture",
      meaning: "All latents are 0. That is a latent like any other, and the flow makes a picture of it.",
    },
    one: {
      text: "one picture, the same in all places",
      meaning: "All latents are 0, so all pictures are $f(0)$.",
    },
    best: {
      text: "several pictures, each very likely",
      meaning: "By what should they differ? The latents are all the same.",
    },
    noise: {
      text: "noise",
      meaning: "The noise has been multiplied by 0.",
    },
  },
  given: { zero: "number", half: "number", one: "number" },
  right: "one",
  answer: ({ zero, half, one }) =>
    `One picture, f(0), a plain face without any peculiarity. Two pictures differ by ${zero.toFixed(1)} of 255 on average at T = 0, by ${half.toFixed(0)} at T = 0.5, by ${one.toFixed(0)} at T = 1. It is not the most likely picture: that would ask for the determinant as well.`,
});

const shrunken = numberPrediction({
  id: "shrunken",
  question:
    "Both faces' latents are about √D = 16 long. How long will the one half-way on the straight line be, on average over four pairs?",
  form: "a number",
  given: { ends: "number", straight: "number", arc: "number" },
  truth: ({ straight }) => straight,
  within: 1,
  near: 2.5,
  bands: [
    {
      from: 15,
      to: 18,
      meaning: "As long as the ends it would be on the arc. The chord of a circle lies inside of it.",
    },
    { from: 7, to: 9, meaning: "That would be half of one, and nothing of the other." },
    {
      from: 0,
      to: 3,
      meaning:
        "Only opposite vectors cancel. In many dimensions two that are drawn at random are nearly at a right angle.",
    },
  ],
  answer: ({ ends, straight, arc }) =>
    `${straight.toFixed(1)}, where the ends have ${ends.toFixed(1)} on average, a share of ${(straight / ends).toFixed(2)}; 1/√2 = 0.71 if all were at right angles. Along the arc it is ${arc.toFixed(1)}.`,
});

const movedAlong = choicePrediction({
  id: "moved-along",
  question:
    "The difference of two means, added to the latent of a face that was not among them. What will change?",
  choices: {
    mouth: {
      text: "above all the mouth",
      meaning: "What else differs between the faces is alike in both means, and falls out.",
    },
    everything: {
      text: "everything: it becomes the mean happy face",
      meaning:
        "The vector is added, and the face's own latent stays. It would be so if the latent were replaced.",
    },
    nothing: {
      text: "nothing to speak of: means over hundreds of faces are nearly 0",
      meaning: "Each mean is small, but their difference is what all happy faces have in common.",
    },
  },
  given: { length: "number", ends: "number" },
  right: "mouth",
  answer: ({ length, ends }) =>
    `Above all the mouth. The vector is ${length.toFixed(1)} long, a face's latent ${ends.toFixed(1)}. Head and eyes stay nearly as they are; far out, at −1.5 and 1.5, the face suffers.`,
});

export const glowChapter: readonly Prediction[] = [
  company,
  ninetyDegrees,
  beforeTraining,
  coldest,
  shrunken,
  movedAlong,
  ...densityPredictions,
  ...glowQuiz,
  ...densityQuiz,
];
