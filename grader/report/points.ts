/** Words, signs and numbers that every report uses, so that they agree. */

import type { AboutRun, CheckResult, ExerciseResult, SubmissionResult } from "../grading/result.ts";
import { plural } from "../plural.ts";
import type { SubmissionSummary } from "../record/summary.ts";

export type Status = ExerciseResult["status"] | "absent";

/** A sign and a word for each status: never colour alone. */
export const STATUS: { readonly [status in Status]: { readonly sign: string; readonly word: string } } = {
  passed: { sign: "✓", word: "passed" },
  partial: { sign: "◐", word: "partly" },
  failed: { sign: "✗", word: "failed" },
  unsolved: { sign: "○", word: "to do" },
  absent: { sign: "–", word: "not handed in" },
};

export const CHECK_SIGN: { readonly [status in CheckResult["status"]]: string } = {
  passed: "✓",
  failed: "✗",
  unsolved: "○",
  skipped: "–",
};

/** Points without noise: `2`, `2.5`, never `2.5000000001`. */
export function pointsText(points: number): string {
  return String(Math.round(points * 100) / 100);
}

/** What a person adds, behind the points of the checks: `+2`, `−1`, or nothing where she gave nothing. */
export function handText(points: number | undefined): string {
  if (points === undefined) return "";
  return points < 0 ? `−${pointsText(-points)}` : `+${pointsText(points)}`;
}

export function durationText(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** Exercises by which a class is measured, and any others that appear, in the course's order. */
export function exerciseColumns(
  { exercises = [] }: Pick<AboutRun, "exercises">,
  submissions: readonly SubmissionSummary[],
  order: readonly string[] = [],
): string[] {
  const found = new Set([
    ...exercises.map(({ id }) => id),
    ...submissions.flatMap((s) => [
      ...s.exercises.map((e) => e.exercise),
      ...(s.sources ?? []).map((c) => c.exerciseId),
    ]),
  ]);
  return [...order.filter((id) => found.delete(id)), ...found];
}

/** The call that failed, unless the message names it already. */
export function inputBeside({
  message,
  input,
}: {
  readonly message: string;
  readonly input?: string;
}): string | undefined {
  return input === undefined || message.includes(input) ? undefined : input;
}

/** What every page and list calls whoever handed in each submission: as the roster does, else as it is called, without what all names share. */
export function namesIn(
  submissions: readonly { readonly learner?: string; readonly submission: string }[],
): string[] {
  const { length } = sharedPrefix(submissions.map(({ submission }) => submission));
  return submissions.map(({ learner, submission }) => learner ?? (submission.slice(length) || submission));
}

/** By the course's rules: `9.6/15`, of a group whose members differ each; nothing while it is open. */
export function marksText(marks: SubmissionResult["marks"] = []): string {
  const texts = marks.map(({ mark, of }) =>
    mark === undefined ? "open" : `${pointsText(mark)}/${pointsText(of)}`,
  );
  return [...new Set(texts)].join(", ");
}

/** What all names share, up to a separator: of no use in a table. */
function sharedPrefix(names: readonly string[]): string {
  const [first = ""] = names;
  if (names.length < 2) return "";
  let length = first.length;
  for (const name of names) while (!name.startsWith(first.slice(0, length))) length -= 1;
  return /^(?:.*(?:[/\\]| › ))?/s.exec(first.slice(0, length))?.[0] ?? "";
}

/** Which points were given by checks that have changed since; undefined if none were. */
export function staleText(submissions: readonly SubmissionSummary[]): string | undefined {
  const by = Map.groupBy(
    submissions.flatMap(({ exercises }) => exercises.filter(({ stale }) => stale)),
    ({ exercise }) => exercise,
  );
  if (by.size === 0) return undefined;
  const answers = [...by].map(([exercise, { length }]) => `${exercise} (${plural(length, "answer")})`);
  return `stale: graded by checks that have changed since: ${answers.join(", ")}. With --regrade changed the same command grades them anew`;
}
