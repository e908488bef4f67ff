/** The result of a run as text for a terminal: a table, and each failed check where there are few submissions. */

import { createColors } from "picocolors";
import type { BatchResult, SubmissionResult } from "../result.ts";
import { checkLines } from "./card-text.ts";
import { durationText, plural, pointsText } from "./points.ts";
import { printableLine } from "./printable.ts";
import { fitted, type Paint, type TableOptions, table } from "./terminal-table.ts";

export interface TerminalOptions extends TableOptions {
  readonly color: boolean;
  /** Most submissions for which each failed check is listed. */
  readonly detailsUpTo?: number;
}

export function terminalReport(batch: BatchResult, options: TerminalOptions): string {
  const paint = createColors(options.color);
  const { submissions } = batch;
  const parts = [table(submissions, paint, options)];
  if (submissions.length <= (options.detailsUpTo ?? 3)) {
    parts.push(
      ...submissions
        .map((submission) => detailsOf(submission, paint, options.width))
        .filter((text) => text !== ""),
    );
  } else {
    parts.push(...problemLines(submissions, paint));
  }
  parts.push(footer(batch, paint));
  return `${parts.join("\n\n")}\n`;
}

/** One line for each submission that could not be graded; one line in all for a reason that many share. */
function problemLines(submissions: readonly SubmissionResult[], paint: Paint): string[] {
  const byReason = new Map<string, string[]>();
  for (const { submission, problem } of submissions) {
    if (problem !== undefined) byReason.set(problem, [...(byReason.get(problem) ?? []), submission]);
  }
  const lines = [...byReason].map(([problem, names]) => {
    const who = names.length > 3 ? plural(names.length, "submission") : names.join(", ");
    return `${paint.magenta("!")} ${paint.bold(printableLine(who))}: ${printableLine(problem)}`;
  });
  return lines.length > 0 ? [lines.join("\n")] : [];
}

/** The problem, the notes and what each failed check found. */
function detailsOf(submission: SubmissionResult, paint: Paint, width: number): string {
  const lines: string[] = [];
  if (submission.problem !== undefined) lines.push(paint.magenta(`  ! ${printableLine(submission.problem)}`));
  for (const note of submission.notes ?? []) lines.push(paint.dim(`  · ${printableLine(note)}`));
  for (const exercise of submission.exercises) {
    const failed = exercise.checks.filter(({ status }) => status === "failed" || status === "skipped");
    if (failed.length > 0) lines.push(`  ${exercise.exercise} ${printableLine(exercise.title)}`);
    for (const line of checkLines(failed))
      lines.push(`  ${fitted(printableLine(line), Math.max(60, width * 3))}`);
    if (exercise.manual) {
      const waiting = `${pointsText(exercise.manual.maxPoints)} points wait for a person`;
      lines.push(paint.dim(`  * ${exercise.exercise}: ${waiting}`));
    }
  }
  return lines.length === 0 ? "" : [paint.bold(printableLine(submission.submission)), ...lines].join("\n");
}

function footer(batch: BatchResult, paint: Paint): string {
  const { submissions, milliseconds } = batch;
  const graded = submissions.filter(({ exercises }) => exercises.length > 0).length;
  const rate = milliseconds > 0 ? ` (${(graded / (milliseconds / 1000)).toPrecision(3)} per second)` : "";
  const ungraded = submissions.length - graded;
  const lines = [
    `${plural(graded, "submission")} graded in ${durationText(milliseconds)}${graded > 1 ? rate : ""}${ungraded > 0 ? `, ${ungraded} not graded` : ""}`,
    `sandbox: ${batch.sandbox}   seed: ${printableLine(batch.seed)} ${paint.dim(`(same numbers again: --seed ${printableLine(batch.seed)})`)}`,
  ];
  if (submissions.some(({ exercises }) => exercises.some(({ manual }) => manual)))
    lines.push("* has a part that waits for a person");
  if (batch.interrupted)
    lines.push(paint.yellow("interrupted: what was graded until then is shown and written"));
  return lines.join("\n");
}
