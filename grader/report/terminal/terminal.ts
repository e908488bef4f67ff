/** The result of a run as text for a terminal: a table, and each failed check where there are few submissions. */

import { isBlank } from "../../blank.ts";
import { TABLE } from "../../by-hand/table.ts";
import type { AboutRun, SubmissionResult } from "../../grading/result.ts";
import { plural } from "../../plural.ts";
import type { SubmissionSummary } from "../../record/summary.ts";
import { otherKitLines } from "../../variants/other-kit-lines.ts";
import { accountOf, besideLines, listLeftOut } from "../account.ts";
import { checkLines } from "../card/card-text.ts";
import { durationText, namesIn, pointsText, staleText } from "../points.ts";
import { printableLine } from "../printable.ts";
import type { Paint } from "./paint.ts";
import { fitText, type TableOptions, table } from "./terminal-table.ts";

export interface TerminalOptions extends TableOptions {
  readonly paint: Paint;
}

/** Most submissions for which each failed check is listed. */
export const DETAILS_UP_TO = 3;

export interface TerminalRun {
  readonly about: AboutRun;
  readonly summaries: readonly SubmissionSummary[];
  /** The same in full, if each failed check is to be listed. */
  readonly details?: readonly SubmissionResult[];
}

export function terminalReport({ about, summaries, details }: TerminalRun, options: TerminalOptions): string {
  const { paint } = options;
  const names = namesIn(summaries);
  const parts = [
    table(about, summaries, paint, options),
    ...(details
      ? details.map((submission, i) => detailsOf(submission, names[i] as string, paint, options.width))
      : [accountOf(summaries, paint)]),
    besideLines(about, paint),
    footer(about, summaries, paint),
  ];
  return `${parts.filter((text) => text !== "").join("\n\n")}\n`;
}

/** The problem, the notes and what each failed check found. */
function detailsOf(submission: SubmissionResult, name: string, paint: Paint, width: number): string {
  const lines: string[] = [];
  if (submission.problem !== undefined) lines.push(paint.magenta(`  ! ${printableLine(submission.problem)}`));
  for (const note of submission.notes ?? []) lines.push(paint.dim(`  · ${printableLine(note)}`));
  for (const line of otherKitLines(submission.exercises))
    lines.push(paint.magenta(`  ! ${printableLine(line)}`));
  for (const line of listLeftOut(submission)) lines.push(paint.dim(`  · ${line}`));
  for (const exercise of submission.exercises) {
    const failed = exercise.checks.filter(({ status }) => status === "failed" || status === "skipped");
    if (failed.length > 0) lines.push(`  ${exercise.exercise} ${printableLine(exercise.title)}`);
    for (const line of checkLines(failed))
      lines.push(`  ${fitText(printableLine(line), Math.max(60, width * 3))}`);
    const { manual } = exercise;
    if (manual && (manual.given !== undefined || !isBlank(manual.answer))) {
      const waiting =
        manual.given === undefined
          ? `${plural(manual.maxPoints, "point waits", "points wait")} for a person`
          : `${pointsText(manual.given)} of ${plural(manual.maxPoints, "point")} given by a person`;
      lines.push(paint.dim(`  * ${exercise.exercise}: ${waiting}`));
    }
  }
  return lines.length === 0 ? "" : [paint.bold(printableLine(name)), ...lines].join("\n");
}

function footer(about: AboutRun, submissions: readonly SubmissionSummary[], paint: Paint): string {
  const { milliseconds } = about;
  const graded = submissions.filter(({ exercises }) => exercises.length > 0).length;
  const rate = milliseconds > 0 ? ` (${(graded / (milliseconds / 1000)).toPrecision(3)} per second)` : "";
  const ungraded = submissions.length - graded;
  const lines = [
    `${plural(graded, "submission")} graded in ${durationText(milliseconds)}${graded > 1 ? rate : ""}${ungraded > 0 ? `, ${ungraded} not graded` : ""}`,
    `sandbox: ${about.sandbox}   seed: ${printableLine(about.seed)} ${paint.dim(`(same numbers again: --seed ${printableLine(about.seed)})`)}`,
  ];
  if (submissions.some(({ exercises }) => exercises.some(({ manual }) => manual?.waits)))
    lines.push(`* has a text that waits for a person: with --html, ${TABLE} has a column for its points`);
  const stale = staleText(submissions);
  if (stale !== undefined) lines.push(paint.yellow(stale));
  if (about.interrupted)
    lines.push(paint.yellow("interrupted: what was graded until then is shown and written"));
  return lines.join("\n");
}
