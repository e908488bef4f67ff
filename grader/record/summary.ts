/** What of a result is kept in memory while a class is reported on: no text of a learner's but names and files. */

import { isBlank } from "../blank.ts";
import { sumByHand } from "../by-hand/sum.ts";
import type { CheckResult, ExerciseResult, HandedIn, Manual, SubmissionResult } from "../grading/result.ts";

export interface CheckSummary extends Pick<CheckResult, "name" | "status" | "milliseconds"> {
  readonly failure?: {
    readonly misconception?: { readonly id: string };
    readonly trouble?: NonNullable<CheckResult["failure"]>["trouble"];
  };
}

export interface ExerciseSummary
  extends Pick<
    ExerciseResult,
    "exercise" | "title" | "status" | "points" | "maxPoints" | "stale" | "otherKit"
  > {
  readonly manual?: {
    readonly maxPoints: number;
    readonly given?: number;
    /** There is a text, and it has no points yet. */
    readonly waits: boolean;
  };
  /** What a person adds to `points`, once she has given anything. */
  readonly byHand?: number;
  readonly checks: readonly CheckSummary[];
}

export interface SubmissionSummary
  extends Pick<
    SubmissionResult,
    | "submission"
    | "points"
    | "pointsByHand"
    | "maxPoints"
    | "notes"
    | "files"
    | "sender"
    | "learner"
    | "marks"
    | "problem"
    | "graderFault"
    | "milliseconds"
  > {
  readonly exercises: readonly ExerciseSummary[];
  readonly sources?: readonly { readonly exerciseId: string }[];
}

export function summary(result: SubmissionResult): SubmissionSummary {
  const { sources, exercises, notes, files, ...rest } = result;
  return {
    ...rest,
    exercises: exercises.map(exerciseSummary),
    ...(notes && { notes: fewNotes(notes) }),
    ...(files && { files: leftOut(files) }),
    ...(sources && { sources: sources.map(({ exerciseId }) => ({ exerciseId })) }),
  };
}

const MOST_FILES = 10;
const MOST_NOTES = 3;

function fewNotes(notes: readonly string[]): readonly string[] {
  const more = notes.length - MOST_NOTES;
  return more <= 0 ? notes : [...notes.slice(0, MOST_NOTES), `… and ${more} more notes`];
}

/** Files that were not graded; not all, where they are many. */
function leftOut(files: readonly HandedIn[]): HandedIn[] {
  const left = files.filter(({ reason }) => reason !== undefined);
  const more = left.length - MOST_FILES;
  if (more <= 0) return left;
  return [...left.slice(0, MOST_FILES), { path: `… and ${more} more`, reason: "--json and --html name all" }];
}

const manualSummary = ({ answer, maxPoints, given }: Manual) => ({
  maxPoints,
  waits: given === undefined && !isBlank(answer),
  ...(given !== undefined && { given }),
});

function exerciseSummary({
  exercise,
  title,
  status,
  points,
  maxPoints,
  manual,
  stale,
  otherKit,
  checks,
}: ExerciseResult): ExerciseSummary {
  const byHand = sumByHand({ checks, ...(manual && { manual }) });
  return {
    exercise,
    title,
    status,
    points,
    maxPoints,
    ...(manual && { manual: manualSummary(manual) }),
    ...(byHand !== undefined && { byHand }),
    ...(stale && { stale }),
    ...(otherKit && { otherKit }),
    checks: checks.map(({ name, status, milliseconds, failure }) => ({
      name,
      status,
      milliseconds,
      ...(failure && {
        failure: {
          ...(failure.misconception && { misconception: { id: failure.misconception.id } }),
          ...(failure.trouble && { trouble: failure.trouble }),
        },
      }),
    })),
  };
}
