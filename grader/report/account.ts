/** Of everybody in a class: what could not be graded, and why, as lines for a terminal. */

import type { SubmissionSummary } from "../record/summary.ts";
import type { AboutRun, HandedIn } from "../result.ts";
import type { Paint } from "./paint.ts";
import { plural } from "./points.ts";
import { printableLine } from "./printable.ts";

/** Most names and files that are told in one line. */
const MOST_NAMES = 8;

/** A line for each reason why somebody could not be graded, and for each reader's leftover files. */
export function accountOf(submissions: readonly SubmissionSummary[], paint: Paint): string {
  const byReason = new Map<string, SubmissionSummary[]>();
  for (const submission of submissions) {
    const { problem, exercises } = submission;
    const reason = problem ?? (exercises.length === 0 ? "handed in nothing that can be graded" : undefined);
    if (reason !== undefined) byReason.set(reason, [...(byReason.get(reason) ?? []), submission]);
  }
  const problems = [...byReason].flatMap(([problem, people]) => [
    `${paint.magenta("!")} ${paint.bold(listed(people.map(({ submission }) => submission)))}: ${printableLine(problem)}`,
    ...people.flatMap((person) => leftOut(person).map((line) => `    ${line}`)),
  ]);
  const others = submissions
    .filter(({ problem, exercises }) => problem === undefined && exercises.length > 0)
    .flatMap((submission) =>
      leftOut(submission).map((line) => paint.dim(`· ${printableLine(submission.submission)}: ${line}`)),
    );
  return [...problems, ...others].join("\n");
}

/** Files of one submission that were not graded, a line for each reason that its problem and its notes do not name. */
export function leftOut({
  files = [],
  problem = "",
  notes = [],
}: Pick<SubmissionSummary, "files" | "problem"> & { readonly notes?: readonly string[] }): string[] {
  const said = [problem, ...notes];
  return byReason(files.filter(({ reason }) => !said.some((text) => reason && text.includes(reason))));
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
  return [...found].map(([reason, paths]) => `${listed(paths)}: ${printableLine(reason)}`);
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map(printableLine).join(", ");
  return names.length > MOST_NAMES
    ? `${shown} and ${plural(names.length - MOST_NAMES, "more", "more")}`
    : shown;
}
