/** `reset("16.1")`: an exercise as it was handed out, and what was written for it in a file. */

import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { html, notebookHost, type RichText } from "flowlab/notebook";
import { course, exerciseById } from "./course.ts";
import type { AnyExercise } from "./exercise.ts";
import { courseFolder } from "./files/course-folder.ts";
import { rememberPutBack } from "./memory/remember.ts";
import { type Host, savedNotebook } from "./program/handed-in.ts";
import { freshBackupFolder } from "./put-back/backup-folder.ts";
import { type PutBack, putBackHTML, putBackText } from "./put-back/card.ts";
import { stubCell } from "./put-back/stub.ts";
import { type Written, writtenTexts } from "./put-back/written.ts";
import { escapeHTML } from "./report/escape.ts";

/**
 * A card with the exercise's stub, and a button that puts it into its cell (in JupyterLab; elsewhere one that copies it). All that the
 * kernel knows of what was written, as saved and as run, is first kept in `backups/<date and time>/`.
 *
 * @param root The course's folder.
 * @throws RangeError if there is no such exercise; Error if this copy of the course has its stub no more.
 */
export function reset(id: string, root: string = courseFolder()): RichText {
  const exercise = exerciseById(id);
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
