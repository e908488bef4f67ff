/** `reset("16.1")`: an exercise as it was handed out, and what was written for it in a file; `reset("peaks")`: a guess that is forgotten. */

import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { html, notebookHost, type RichText } from "flowlab/notebook";
import { course, exerciseById } from "./course.ts";
import type { AnyExercise } from "./exercise.ts";
import { courseFolder } from "./files/course-folder.ts";
import { rememberPutBack } from "./memory/remember.ts";
import { guesses } from "./predict.ts";
import { guessText } from "./predictions/card.ts";
import { allPredictions } from "./predictions/course.ts";
import type { Prediction } from "./predictions/prediction.ts";
import { type Host, savedNotebook } from "./program/handed-in.ts";
import { freshBackupFolder } from "./put-back/backup-folder.ts";
import { type PutBack, putBackHTML, putBackText } from "./put-back/card.ts";
import { stubCell } from "./put-back/stub.ts";
import { type Written, writtenTexts } from "./put-back/written.ts";
import { escapeHTML } from "./report/escape.ts";

/**
 * An exercise, or a prediction or a question of the quiz, as if nothing had been done for it.
 *
 * Of an exercise: a card with its stub, and a button that puts it into its cell (in JupyterLab; elsewhere one that copies it). All that the
 * kernel knows of what was written, as saved and as run, is first kept in `backups/<date and time>/`. A guess is forgotten.
 *
 * @param root The course's folder.
 * @throws RangeError if there is nothing of that name; Error if this copy of the course has its stub no more.
 */
export function reset(id: string, root: string = courseFolder()): RichText {
  const prediction = allPredictions().find((one) => one.id === id);
  if (prediction) return forgetGuess(prediction);
  const exercise = exerciseById(id, allPredictions());
  const stub = stubCell(exercise, root);
  if (stub === undefined)
    throw new Error(
      `reset: exercises/${exercise.path}.ts has been written in, and there is no other copy of how ${id} was handed out; take its cell from a fresh notebook`,
    );
  const written = writtenTexts(exercise, course, notebookHost() as Host | undefined, savedNotebook(), stub);
  const card: PutBack = { id, stub, written, ...keep(exercise, written, root) };
  const note = rememberPutBack(exercise);
  return html(
    `${note ? `<div>${escapeHTML(note)}</div>` : ""}${putBackHTML(card)}`,
    `${note ? `${note}\n` : ""}${putBackText(card)}`,
  );
}

function forgetGuess(prediction: Prediction): RichText {
  const { id, quiz } = prediction;
  const kept = guesses.of(prediction);
  guesses.forget(prediction);
  const what = quiz ? "answer" : "guess";
  const note = guesses.takeNote();
  const said =
    kept === undefined
      ? `There is no ${what} to ${id} that could be forgotten.`
      : `Your ${what} to ${id}, ${guessText(kept.later ?? kept.guess)}, is forgotten. Its cell predict("${id}", …) takes another one; what stands written there counts again when it is run.`;
  const text = [...(note ? [note] : []), said].join("\n");
  return html(`<div role="note">${escapeHTML(text)}</div>`, text);
}

function keep(
  { id, path }: AnyExercise,
  written: readonly Written[],
  root: string,
): Pick<PutBack, "kept" | "lost"> {
  if (written.length === 0) return { kept: undefined };
  const texts = written.map(({ text, from }) => `// ${from}\n\n${text.trimEnd()}\n`);
  try {
    const file = `${freshBackupFolder(root, new Date())}/${basename(path)}.ts`;
    writeFileSync(
      join(root, file),
      [`// What was written for ${id}, the newest first.\n`, ...texts].join("\n"),
      { flag: "wx" },
    );
    return { kept: file };
  } catch (error) {
    return { kept: undefined, lost: (error as Error).message };
  }
}
