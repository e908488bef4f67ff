/** Answers to predictions and to the quiz: on the last pages, since paper has no folds. */

import { predictionById } from "../../grader/predictions/course.ts";
import type { Prediction } from "../../grader/predictions/prediction.ts";
import { renderMarkdown } from "../../grader/report/markdown.ts";
import type { PrintedCell } from "./cell.ts";
import { printOutput } from "./outputs.ts";

/** What is folded in a card: behind the words by which it is opened. */
const FOLDED = /<details(?: open)?[^>]*><summary[^>]*>Show the answer<\/summary>([\s\S]*?)<\/details>/;

/** The card with a word on where the answer is, in the place of the fold. */
export const withoutAnswer = (html: string): string =>
  html.replace(FOLDED, "<div><i>The answer is on the last pages.</i></div>");

/** @returns "" if nothing was asked. */
export function printAnswers(cells: readonly PrintedCell[]): string {
  const answers = cells.flatMap((cell) => {
    const asked = predictionOf(cell);
    if (asked === undefined) return [];
    const answer = asked.role === "answer" ? foldedIn(cell) : quizAnswer(asked.prediction);
    return answer === undefined ? [] : [`<dt><code>${asked.prediction.id}</code></dt><dd>${answer}</dd>`];
  });
  return answers.length === 0
    ? ""
    : `<section class="answers"><h2>Answers</h2><dl>${answers.join("")}</dl></section>`;
}

function predictionOf({
  metadata,
}: PrintedCell): { readonly prediction: Prediction; readonly role: string } | undefined {
  const { prediction: id, role } = (metadata?.flowlab ?? {}) as { prediction?: unknown; role?: unknown };
  if (typeof id !== "string" || typeof role !== "string" || role === "question") return undefined;
  try {
    return { prediction: predictionById(id), role };
  } catch {
    // A notebook of another edition of the course may ask what this one does not.
    return undefined;
  }
}

const foldedIn = ({ outputs = [] }: PrintedCell): string | undefined =>
  FOLDED.exec(outputs.map(printOutput).join(""))?.[1];

/** Of a question of the quiz, which does not depend on what was computed. */
function quizAnswer(prediction: Prediction): string | undefined {
  if (!prediction.quiz || typeof prediction.answer !== "string") return undefined;
  const right =
    prediction.kind === "choice" && typeof prediction.right === "string" ? `**${prediction.right}.** ` : "";
  return renderMarkdown(right + prediction.answer, { math: "html" });
}
