/** How far somebody has come with a chapter's predictions and its quiz. They are for her: neither gives points. */

import { compareGuess } from "./guesses/comparison.ts";
import type { Guesses } from "./guesses/guesses.ts";
import type { Prediction } from "./prediction.ts";

/** @returns One line for `progress()`; undefined where nothing is asked. */
export function standingText(asked: readonly Prediction[], guesses: Guesses): string | undefined {
  const parts = [predictionsText(asked, guesses), quizText(asked, guesses)];
  const said = parts.filter((part) => part !== undefined);
  return said.length === 0 ? undefined : said.join(" · ");
}

/** What came true is known of those whose answer has been shown. */
function predictionsText(asked: readonly Prediction[], guesses: Guesses): string | undefined {
  const predictions = asked.filter(({ quiz }) => !quiz);
  if (predictions.length === 0) return undefined;
  const made = predictions.flatMap((one) => guesses.of(one) ?? []);
  const count = (verdict: string) => made.filter((one) => one.verdict === verdict).length;
  return [
    `predictions: ${made.length} of ${predictions.length} made`,
    ...(made.some(({ verdict }) => verdict) ? [`${count("right")} came true`] : []),
    ...(count("near") > 0 ? [`${count("near")} nearly`] : []),
  ].join(", ");
}

function quizText(asked: readonly Prediction[], guesses: Guesses): string | undefined {
  const questions = asked.filter(({ quiz }) => quiz);
  if (questions.length === 0) return undefined;
  const answered = questions.flatMap((question) => {
    const kept = guesses.of(question);
    return kept ? [{ question, kept }] : [];
  });
  const right = (of: "first" | "last") =>
    answered.filter(({ question, kept: { guess, later = guess } }) => {
      const { verdict } = compareGuess(question, of === "first" ? guess : later, {});
      return verdict === "right";
    }).length;
  const open = questions.length - answered.length;
  return [
    `quiz: ${right("last")} of ${questions.length} right`,
    ...(answered.length > 0 ? [`${right("first")} at the first try`] : []),
    ...(answered.length > 0 && open > 0 ? [`${open} not answered yet`] : []),
  ].join(", ");
}
