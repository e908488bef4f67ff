/**
 * `predict("peaks", 2)`: a guess, before the cell that shows what is true; `predict.answer("peaks")`: how they compare, after it.
 */

import {
  answerCard,
  askCard,
  type Card,
  keptCard,
  refusedCard,
  unguessedCard,
  withNote,
} from "./predictions/card.ts";
import { predictionById } from "./predictions/course.ts";
import { compareGuess } from "./predictions/guesses/comparison.ts";
import { readGuess } from "./predictions/guesses/guess.ts";
import { type Guesses, type Kept, rememberGuesses } from "./predictions/guesses/guesses.ts";
import { type Guess, type Prediction, say, type Values } from "./predictions/prediction.ts";

const display: unique symbol = Symbol.for("Jupyter.display") as never;
const inspect: unique symbol = Symbol.for("nodejs.util.inspect.custom") as never;

/** What was guessed so far; shows itself as a card. */
export interface Predicted {
  readonly id: string;
  /** The guess that counts; undefined as long as there is none. */
  readonly guess: Guess | undefined;
  [display](): { "text/html": string; "text/plain": string };
  [inspect](): string;
}

export interface Predict {
  /**
   * Keeps a guess, in `progress/` where that can be written. Without one, or with something that cannot be a guess, the card says so and the
   * notebook goes on. A question of the quiz is answered at once.
   *
   * @param guess A number, one of the choices that the question names, or the heights of a sketch.
   * @throws RangeError if the course asks nothing of that name.
   */
  (id: string, guess?: unknown): Predicted;
  /**
   * Compares the guess with the truth and explains it. Without a guess the answer is under a fold.
   *
   * @param values What the experiment showed, by the names that the question asks for.
   * @throws RangeError if the course asks nothing of that name, or a value is missing or not finite.
   */
  answer(id: string, values?: Values): Predicted;
}

/** A `predict` with a memory of its own. */
export function predictWith(guesses: Guesses): Predict {
  const show = (prediction: Prediction, card: Card): Predicted => {
    const { html, text } = withNote(card, guesses.takeNote());
    return {
      id: prediction.id,
      guess: guesses.of(prediction)?.guess,
      [display]: () => ({ "text/html": html, "text/plain": text }),
      [inspect]: () => text,
    };
  };
  const predict = (id: string, ...written: [unknown?]): Predicted => {
    const prediction = predictionById(id);
    return show(prediction, askedCard(prediction, written[0], guesses));
  };
  const answer = (id: string, values: Values = {}): Predicted => {
    const prediction = predictionById(id);
    checkValues(prediction, values);
    return show(prediction, answeredCard(prediction, values, guesses));
  };
  return Object.assign(predict, { answer });
}

/** Those of the learner whose notebook this is. */
export const guesses = rememberGuesses();

export const predict: Predict = predictWith(guesses);

function askedCard(prediction: Prediction, written: unknown, guesses: Guesses): Card {
  const { quiz } = prediction;
  const before = guesses.of(prediction);
  if (written === undefined) {
    if (before === undefined) return askCard(prediction);
    // A cell whose guess was taken out again, or a fresh copy of the notebook: what was guessed stays guessed.
    return quiz ? quizCard(prediction, before.later ?? before.guess, before) : keptCard(prediction, before);
  }
  const read = readGuess(prediction, written);
  if ("refused" in read) return refusedCard(prediction, read.refused, before);
  const kept = guesses.keep(prediction, read.guess);
  if (!quiz) return keptCard(prediction, kept);
  guesses.shown(prediction, compareGuess(prediction, kept.guess, {}).verdict);
  return quizCard(prediction, read.guess, kept);
}

/** What was chosen last is what she asks about; that the first answer was another is said beside it. */
const quizCard = (prediction: Prediction, guess: Guess, kept: Kept): Card =>
  answerCard(prediction, compareGuess(prediction, guess, {}), say(prediction.answer, {}), kept);

function answeredCard(prediction: Prediction, values: Values, guesses: Guesses): Card {
  const kept = guesses.of(prediction);
  const answer = say(prediction.answer, values);
  if (kept === undefined) {
    guesses.shown(prediction);
    return unguessedCard(prediction, answer);
  }
  const compared = compareGuess(prediction, kept.guess, values);
  guesses.shown(prediction, compared.verdict);
  return answerCard(prediction, compared, answer, kept);
}

function checkValues({ id, given }: Prediction, values: Values): void {
  for (const [name, kind] of Object.entries(given)) {
    const value: unknown = values[name];
    const list =
      Array.isArray(value) || ArrayBuffer.isView(value) ? Array.from(value as number[]) : undefined;
    const numbers = kind === "list" ? list : [value];
    if (numbers?.length && numbers.every((one) => Number.isFinite(one))) continue;
    const wanted = kind === "list" ? "a list of finite numbers" : "a finite number";
    throw new RangeError(
      `predict.answer("${id}", { ${Object.keys(given).join(", ")} }): expected ${name} to be ${wanted}; got ${value === undefined ? "nothing" : String(value)}`,
    );
  }
}
