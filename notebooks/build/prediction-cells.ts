/** A prediction as notebook cells: the question and where to guess; later the answer, of which nothing stands in the notebook. */

import { predictionById, predictions } from "../../grader/predictions/course.ts";
import { formOf } from "../../grader/predictions/guesses/guess.ts";
import type { Prediction } from "../../grader/predictions/prediction.ts";
import type { Cell } from "./nbformat.ts";

/** `// %% predict="peaks"`: what is asked, and the cell that takes the guess. */
export function askingCells(id: string): Cell[] {
  const prediction = predictionById(id);
  if (prediction.quiz)
    throw new RangeError(`"${id}" is a question of the quiz: it stands where \`// %% quiz=true\` stands`);
  const text = `**◇ Predict before you run on.** ${prediction.question.trim()}`;
  const what = prediction.kind === "choice" ? "one of these words, with its quotation marks," : "your guess";
  const form = `*Write ${what} into the next cell, in the place of the remark, and run it.*`;
  return question(prediction, [text, ...choiceList(prediction), form]);
}

/**
 * `// %% answer="peaks"`: the cell after which the answer unfolds.
 *
 * @param source What the script has there: nothing, or code that ends with the call, where the answer needs what the experiment showed.
 * @throws RangeError if the code does not call it, or nothing is given of what is needed.
 */
export function answeringCell(id: string, source: string, at: string): Cell {
  const { given, quiz } = predictionById(id);
  if (quiz)
    throw new RangeError(`${at}: "${id}" is a question of the quiz: it is answered where it is asked`);
  const names = Object.keys(given);
  const call = `predict.answer("${id}"${names.length > 0 ? `, { ${names.join(", ")} }` : ""});`;
  const code = source.trim() === "" && names.length === 0 ? call : source;
  if (!code.includes(`predict.answer("${id}"`))
    throw new RangeError(`${at}: the cell that answers "${id}" has to end with ${call}`);
  return {
    type: "code",
    id: `predict-${id}-answer`,
    source: code,
    metadata: { flowlab: { prediction: id, role: "answer" } },
  };
}

/** `// %% quiz=true`: the chapter's questions, each with its cell. */
export function quizCells(slug: string): Cell[] {
  const questions = (predictions[slug] ?? []).filter(({ quiz }) => quiz);
  if (questions.length === 0)
    throw new RangeError(
      `the chapter ${slug} has no question for its quiz; write them in grader/predictions/${slug}.ts`,
    );
  return questions.flatMap((one, i) =>
    question(one, [`**${i + 1}.** ${one.question.trim()}`, ...choiceList(one)]),
  );
}

function question(prediction: Prediction, text: readonly string[]): Cell[] {
  const { id } = prediction;
  const flowlab = (role: string) => ({ flowlab: { prediction: id, role } });
  return [
    { type: "markdown", id: `predict-${id}-text`, source: text.join("\n\n"), metadata: flowlab("question") },
    {
      type: "code",
      id: `predict-${id}`,
      source: `predict("${id}", /* your guess: ${formOf(prediction)} */);`,
      metadata: flowlab("guess"),
    },
  ];
}

function choiceList(prediction: Prediction): string[] {
  if (prediction.kind !== "choice") return [];
  return [
    Object.entries(prediction.choices)
      .map(([word, { text }]) => `- \`"${word}"\`: ${text}`)
      .join("\n"),
  ];
}
