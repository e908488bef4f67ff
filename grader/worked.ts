/** `worked("16.1")`: the worked solution in prose, for whoever has passed the exercise or has tried it three times. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { html, jupyterDisplay, markdown, type RichText } from "flowlab/notebook";
import { exerciseById } from "./course.ts";
import type { AnyExercise } from "./exercise.ts";
import { courseFolder } from "./files/course-folder.ts";
import { recall } from "./memory/remember.ts";
import { plural } from "./plural.ts";
import { escapeHTML } from "./report/escape.ts";
import { plainMarkdown } from "./report/plain-math.ts";

/** Checks that have to fail before it opens. */
const TRIES = 3;

/**
 * The worked solution of `solutions/<chapter>/<exercise>.md`, once the exercise has passed its check or three of its checks have failed;
 * before that, how many are missing. A kit for a class, and any other copy without `solutions/`, says that the course keeps them.
 *
 * @param root The course's folder.
 * @throws RangeError if there is no such exercise.
 */
export function worked(id: string, root: string = courseFolder()): RichText {
  const exercise = exerciseById(id);
  const file = join(root, "solutions", `${exercise.path}.md`);
  if (!existsSync(join(root, "solutions")))
    return note(
      `Exercise ${id}: solutions are not in this copy, which was made for a class; the course keeps them. Ask your instructor.`,
    );
  const { entries } = recall();
  const { passed, failures = 0 } = entries[id] ?? {};
  if (passed === undefined && failures < TRIES) return note(notYet(exercise, TRIES - failures));
  if (!existsSync(file))
    return note(`Exercise ${id}: solutions/${exercise.path}.md is missing in this copy of the course.`);
  return renderSolution(exercise, readFileSync(file, "utf8"));
}

function notYet({ id, hints }: AnyExercise, missing: number): string {
  return `Exercise ${id}: the worked solution opens once the exercise has passed its check, or three of its checks have failed; ${plural(missing, "more failed check")}. Until then, the card of its check has ${plural(hints.length, "hint")}.`;
}

function renderSolution({ id, title }: AnyExercise, text: string): RichText {
  const source = `### ${id}, worked out: ${title}\n\n${text.trim()}\n`;
  const bundle = { "text/markdown": source, "text/plain": plainText(source) };
  return Object.assign(markdown(source), { [jupyterDisplay]: () => bundle });
}

/** Prose as a terminal shows it, code as it is. */
function plainText(source: string): string {
  return source
    .replace(/^### /, "")
    .split(/^```\w*\n([\s\S]*?)^```\n/m)
    .map((piece, i) => (i % 2 === 0 ? plainMarkdown(piece) : piece.replace(/^(?=.)/gm, "    ")))
    .join("");
}

const note = (text: string): RichText => html(`<div role="note">○ ${escapeHTML(text)}</div>`, `○ ${text}`);
