/** Of everybody in a class: what could not be graded, and why, as lines for a terminal. */

import type { AboutRun, HandedIn } from "../grading/result.ts";
import { plural } from "../plural.ts";
import type { SubmissionSummary } from "../record/summary.ts";
import { otherKitLines } from "../variants/other-kit-lines.ts";
import { namesIn } from "./points.ts";
import { printableLine } from "./printable.ts";
import type { Paint } from "./terminal/paint.ts";

/** Most names and files that are told in one line. */
const MOST_NAMES = 8;
const MOST_REMARKS = 100;

/** A line for each reason why somebody could not be graded, and for each reader's leftover files. */
export function accountOf(submissions: readonly SubmissionSummary[], paint: Paint): string {
  const byReason = new Map<string, SubmissionSummary[]>();
  for (const submission of submissions) {
    const { problem, exercises } = submission;
    const reason = problem ?? (exercises.length === 0 ? "handed in nothing that can be graded" : undefined);
    if (reason !== undefined) byReason.set(reason, [...(byReason.get(reason) ?? []), submission]);
  }
  const names = new Map(namesIn(submissions).map((name, i) => [submissions[i], name]));
  const nameOf = (submission: SubmissionSummary) => names.get(submission) as string;
  const problems = [...byReason].flatMap(([problem, people]) => [
    `${paint.magenta("!")} ${paint.bold(list(people.map(nameOf)))}: ${printableLine(problem)}`,
    ...people.flatMap((person) => remarks(person).map((line) => `    ${line}`)),
  ]);
  const others = submissions
    .filter(({ problem, exercises }) => problem === undefined && exercises.length > 0)
    .flatMap((submission) =>
      remarks(submission).map((line) => paint.dim(`· ${printableLine(nameOf(submission))}: ${line}`)),
    );
  // Those of whom nothing could be graded are all named; remarks on the others are cut where nobody would read them any more.
  const more = others.length - MOST_REMARKS;
  const shown =
    more > 0 ? [...others.slice(0, MOST_REMARKS), paint.dim(`· … and ${more} more remarks`)] : others;
  return [...problems, ...shown].join("\n");
}

/** What a person should know about how a submission was read. */
const remarks = (submission: SubmissionSummary): string[] => [
  ...(submission.notes ?? []).map(printableLine),
  ...otherKitLines(submission.exercises).map(printableLine),
  ...listLeftOut(submission),
];

/** Files of one submission that were not graded, a line for each reason that its problem and its notes do not name. */
export function listLeftOut({
  submission,
  files = [],
  problem = "",
  notes = [],
}: Pick<SubmissionSummary, "submission" | "files" | "problem"> & {
  readonly notes?: readonly string[];
}): string[] {
  const left = unsaid(files, [problem, ...notes]);
  return byReason(left.map((file) => ({ ...file, path: inside(submission, file.path) })));
}

/** Files that were not graded, but for those of which a text has said why. */
export function unsaid(files: readonly HandedIn[], texts: readonly string[]): HandedIn[] {
  return files.filter(
    ({ path, reason }) =>
      reason !== undefined && !texts.some((text) => text.includes(reason) && text.includes(path)),
  );
}

/** A file's path without the folders that are its owner's: `report.pdf` of `class.zip › week 1/ada`. */
export function inside(submission: string, path: string): string {
  const folders = submission.split(/[/\\]| › /);
  const own = folders.map((_, i) => `${folders.slice(i).join("/")}/`).find((start) => path.startsWith(start));
  return own === undefined ? path : path.slice(own.length);
}

/** Files that are nobody's. */
export function besideLines({ layouts = [] }: AboutRun, paint: Paint): string {
  const lines = layouts.flatMap(({ path, beside }) =>
    byReason(beside).map((line) => paint.dim(`· beside the class in ${printableLine(path)}: ${line}`)),
  );
  return lines.join("\n");
}

function byReason(files: readonly HandedIn[]): string[] {
  const found = new Map<string, string[]>();
  for (const { path, reason } of files)
    if (reason !== undefined) found.set(reason, [...(found.get(reason) ?? []), path]);
  return [...found].map(([reason, paths]) => `${list(paths)}: ${printableLine(reason)}`);
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map(printableLine).join(", ");
  return names.length > MOST_NAMES
    ? `${shown} and ${plural(names.length - MOST_NAMES, "more", "more")}`
    : shown;
}
