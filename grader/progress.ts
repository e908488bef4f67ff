/** `progress()`: what has been checked so far, chapter by chapter, and what comes next. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { html, type RichText } from "flowlab/notebook";
import { type Chapter, chapterNumber, chapters } from "./chapters.ts";
import { course } from "./course.ts";
import type { AnyExercise } from "./exercise.ts";
import { pointsOfChecks } from "./exercise.ts";
import { courseFolder } from "./files/course-folder.ts";
import type { Entry } from "./memory/entry.ts";
import type { Entries } from "./memory/file.ts";
import { recall } from "./memory/remember.ts";
import { exerciseVersion } from "./memory/version.ts";
import { plural } from "./plural.ts";
import { guesses } from "./predict.ts";
import { predictions } from "./predictions/course.ts";
import { standingText } from "./predictions/standing.ts";
import { escapeHTML } from "./report/escape.ts";
import { pointsText, STATUS } from "./report/points.ts";

/** Of an exercise that is not what it was when it was checked. */
const CHANGED = { sign: "↻", word: "changed since: check it again" };

interface Line {
  readonly exercise: AnyExercise;
  readonly entry: Entry | undefined;
  /** Of the last check, if it was of the exercise as it is now. */
  readonly points: number;
  readonly best: number;
  readonly sign: string;
  readonly word: string;
}

/**
 * A table of the chapters with their exercises: points of each last check, and the first exercise that is not passed. The points are
 * those that `npm run grade` gives to the same answers; an exercise whose text or checks have changed since has to be checked again.
 * Below its exercises how many predictions were made, and how the quiz went, neither of which gives points.
 *
 * @param root The course's folder.
 */
export function progress(root: string = courseFolder()): RichText {
  const { entries, ...problem } = recall();
  const note = problem.note ?? guesses.unreadable;
  const written = chapters.filter(({ slug }) => existsSync(join(root, "notebooks", `${slug}.ipynb`)));
  const parts = written.map((chapter) => ({
    chapter,
    lines: linesOf(chapter, entries, root),
    standing: standingText(predictions[chapter.slug] ?? [], guesses),
  }));
  if (parts.length === 0) return html("No chapter is in this folder.");
  const next = parts.flatMap(({ chapter, lines }) =>
    lines.filter(({ sign }) => sign !== STATUS.passed.sign).map((line) => ({ chapter, line })),
  )[0];
  return html(asHTML(parts, next, note), asText(parts, next, note));
}

interface Part {
  readonly chapter: Chapter;
  readonly lines: readonly Line[];
  /** Of its predictions and its quiz. */
  readonly standing: string | undefined;
}
type Next = { readonly chapter: Chapter; readonly line: Line } | undefined;

function linesOf({ slug }: Chapter, entries: Entries<Entry>, root: string): Line[] {
  return course
    .filter(({ path }) => path.startsWith(`${slug}/`))
    .map((exercise) => {
      const entry = entries[exercise.id];
      const best = pointsOfChecks(exercise);
      const changed = entry !== undefined && entry.version !== exerciseVersion(exercise, root);
      const points = entry === undefined || changed ? 0 : entry.points;
      return {
        exercise,
        entry,
        points,
        best,
        ...(changed ? CHANGED : STATUS[statusOf(entry, points, best)]),
      };
    });
}

function statusOf(entry: Entry | undefined, points: number, best: number) {
  if (entry === undefined || entry.putBack) return "unsolved";
  return points >= best ? "passed" : points > 0 ? "partial" : "failed";
}

const sum = (lines: readonly Line[], of: "points" | "best") => lines.reduce((all, line) => all + line[of], 0);
const title = (chapter: Chapter): string => `${chapterNumber(chapter)} · ${chapter.title}`;
const total = (lines: readonly Line[]): string =>
  `${pointsText(sum(lines, "points"))} of ${plural(sum(lines, "best"), "point")}`;
/** "28 November", in the language of the course. */
const day = (at: string): string =>
  new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });

const nextText = (next: Next): string =>
  next ? `Next: exercise ${next.line.exercise.id}, ${next.line.exercise.title}` : "Everything is passed.";

function asText(parts: readonly Part[], next: Next, note: string | undefined): string {
  const chapters = parts.map(({ chapter, lines, standing }) =>
    [
      `${title(chapter)}: ${total(lines)}`,
      ...lines.map(
        ({ exercise, points, best, sign, word, entry }) =>
          `  ${sign} ${exercise.id} ${exercise.title}: ${word}, ${pointsText(points)}/${pointsText(best)}${entry ? `, ${day(entry.at)}` : ""}`,
      ),
      ...(standing ? [`  ◇ ${standing}`] : []),
    ].join("\n"),
  );
  const all = parts.length > 1 ? [`In all: ${total(parts.flatMap(({ lines }) => lines))}`] : [];
  const where = next ? ` (notebooks/${next.chapter.slug}.ipynb)` : "";
  return [...(note ? [`! ${note}`] : []), ...chapters, ...all, `${nextText(next)}${where}`].join("\n");
}

function asHTML(parts: readonly Part[], next: Next, note: string | undefined): string {
  const cell = (text: string, more = "") =>
    `<td style="text-align:left;padding:2px 10px${more}">${text}</td>`;
  // A state, a date and points are read at a glance: only titles go on in another line.
  const whole = ";white-space:nowrap";
  const rows = parts.flatMap(({ chapter, lines, standing }) => [
    `<tr><th colspan="3" scope="colgroup" style="text-align:left;padding:8px 10px 2px">${link(chapter, escapeHTML(title(chapter)))}</th><th style="text-align:right;padding:8px 10px 2px${whole}">${total(lines)}</th></tr>`,
    ...lines.map(
      ({ exercise, points, best, sign, word, entry }) =>
        `<tr>${cell(`${sign} ${escapeHTML(word)}`, whole)}${cell(`${escapeHTML(exercise.id)} ${escapeHTML(exercise.title)}`)}${cell(entry ? day(entry.at) : "", whole)}${cell(`${pointsText(points)} / ${pointsText(best)}`, `;text-align:right${whole}`)}</tr>`,
    ),
    ...(standing
      ? [
          `<tr><td colspan="4" style="text-align:left;padding:2px 10px;opacity:.85">◇ ${escapeHTML(standing)}</td></tr>`,
        ]
      : []),
  ]);
  const all =
    parts.length > 1
      ? `<tr><th colspan="3" style="text-align:left;padding:8px 10px">In all</th><th style="text-align:right;padding:8px 10px${whole}">${total(parts.flatMap(({ lines }) => lines))}</th></tr>`
      : "";
  const where = next ? link(next.chapter, escapeHTML(nextText(next))) : escapeHTML(nextText(next));
  const warning = note ? `<div role="note">⚠ ${escapeHTML(note)}</div>` : "";
  return `<div style="max-width:860px">${warning}<table aria-label="Progress" style="border-collapse:collapse;font-variant-numeric:tabular-nums"><tbody>${rows.join("")}${all}</tbody></table><p style="margin:.6em 10px">${where}</p></div>`;
}

/** Beside the notebook in which this is shown. */
const link = ({ slug }: Chapter, text: string): string => `<a href="${slug}.ipynb">${text}</a>`;
