/** What the index page shows: the table of the class and how each exercise went. */

import { type AnyExercise, maxPoints } from "../exercise.ts";
import type { AboutRun } from "../grading/result.ts";
import { plural } from "../plural.ts";
import type { GradedRun } from "../record/read.ts";
import type { ExerciseSummary, SubmissionSummary } from "../record/summary.ts";
import { otherKitLines } from "../variants/other-kit-lines.ts";
import { inside, unsaid } from "./account.ts";
import { renderMarkdown } from "./markdown.ts";
import {
  durationText,
  exerciseColumns,
  handText,
  marksText,
  namesIn,
  pointsText,
  STATUS,
  type Status,
  staleText,
} from "./points.ts";

const ORDER: readonly Status[] = ["passed", "partial", "failed", "unsolved", "absent"];

export function classView(
  { about, summaries: submissions }: Pick<GradedRun, "about" | "summaries">,
  pages: readonly string[],
  course: readonly AnyExercise[],
) {
  const graded = submissions.filter(({ exercises }) => exercises.length > 0);
  const names = namesIn(submissions);
  const columns = exerciseColumns(
    about,
    submissions,
    course.map(({ id }) => id),
  );
  return {
    title: "Results",
    about: [...aboutRun(about, submissions.length), ...seenLayouts(about)],
    interrupted: about.interrupted === true,
    stale: staleText(submissions),
    layouts: (about.layouts ?? []).filter(({ beside }) => beside.length > 0),
    ungraded: submissions.flatMap((submission, i) =>
      submission.exercises.length === 0
        ? [viewUngraded(submission, pages[i] as string, names[i] as string)]
        : [],
    ),
    columns: columns.map((id) => ({ id, title: titleOf(id, submissions, course) })),
    rows: submissions.map((submission, i) =>
      row(submission, pages[i] as string, names[i] as string, columns),
    ),
    marked: submissions.some(({ marks }) => marks),
    waiting: submissions.some(({ exercises }) => exercises.some(({ manual }) => manual?.waits)),
    byHand: submissions.some(({ pointsByHand }) => pointsByHand !== undefined),
    exercises: columns.map((id) => exerciseView(id, graded, course)),
    pointsText,
  };
}

/** Somebody of whom nothing could be graded, and why. */
function viewUngraded(whole: SubmissionSummary, page: string, name: string) {
  const { submission, problem, files = [] } = whole;
  return {
    name,
    page,
    problem: problem ?? "handed in nothing",
    files: unsaid(files, [problem ?? ""]).map((file) => ({ ...file, path: inside(submission, file.path) })),
  };
}

export function aboutRun(
  about: AboutRun,
  submissions: number,
): { readonly term: string; readonly text: string }[] {
  const when = `${about.startedAt.slice(0, 16).replace("T", " ")} UTC`;
  return [
    { term: "Submissions", text: String(submissions) },
    { term: "Graded", text: `${when}, in ${durationText(about.milliseconds)}` },
    { term: "Sandbox", text: about.sandbox },
    { term: "Seed", text: about.seed },
  ];
}

const seenLayouts = ({ layouts = [] }: AboutRun) =>
  layouts.map(({ path, name, description }) => ({
    term: "Layout",
    text: `${layouts.length > 1 ? `${path}: ` : ""}${description} (${name})`,
  }));

function titleOf(
  id: string,
  submissions: readonly SubmissionSummary[],
  course: readonly AnyExercise[],
): string {
  const known = course.find((exercise) => exercise.id === id)?.title;
  return (
    known ??
    submissions.flatMap(({ exercises }) => exercises).find(({ exercise }) => exercise === id)?.title ??
    id
  );
}

function row(submission: SubmissionSummary, page: string, name: string, columns: readonly string[]) {
  const { points, pointsByHand = 0, maxPoints, problem, exercises, files = [], notes = [] } = submission;
  const left = files.filter(({ reason }) => reason !== undefined);
  return {
    name,
    page,
    problem,
    points: exercises.length > 0 ? points + pointsByHand : -1,
    total: exercises.length > 0 ? `${pointsText(points + pointsByHand)}/${pointsText(maxPoints)}` : "–",
    mark: marksText(submission.marks),
    markValue: submission.marks?.[0]?.mark ?? -1,
    ungraded: exercises.length === 0,
    waits: exercises.some(({ manual }) => manual?.waits),
    remarks: [
      ...(exercises.length > 0 && left.length > 0
        ? [
            {
              text: `${plural(left.length, "file")} left out`,
              whole: left.map(({ path }) => inside(submission.submission, path)).join("\n"),
            },
          ]
        : []),
      ...otherKitRemark(exercises),
      ...(notes.length > 0 ? [{ text: plural(notes.length, "note"), whole: notes.join("\n") }] : []),
    ],
    cells: columns.map((id) => cell(submission, id)),
  };
}

function otherKitRemark(exercises: SubmissionSummary["exercises"]) {
  const lines = otherKitLines(exercises);
  return lines.length > 0 ? [{ text: "another's kit or numbers", whole: lines.join("\n") }] : [];
}

/** One cell of the table; what could not be graded sorts below zero points. */
function cell(submission: SubmissionSummary, id: string) {
  const result = submission.exercises.find(({ exercise }) => exercise === id);
  if (result) {
    const { status, points, maxPoints, manual, byHand } = result;
    const text = `${pointsText(points)}${handText(byHand)}/${pointsText(maxPoints)}`;
    return {
      status,
      value: points + (byHand ?? 0),
      text,
      ...STATUS[status],
      manual: manual?.waits === true,
      anchor: anchor(id),
    };
  }
  const handedIn = submission.sources?.some(({ exerciseId }) => exerciseId === id) === true;
  if (handedIn)
    return {
      status: "problem",
      value: -1,
      text: "",
      sign: "!",
      word: "not graded",
      manual: false,
      anchor: "",
    };
  return { status: "absent", value: -2, text: "", ...STATUS.absent, manual: false, anchor: "" };
}

/** An exercise's place on a page. */
export const anchor = (id: string): string => `exercise-${id.replace(/[^a-z0-9]+/gi, "-")}`;

function exerciseView(id: string, submissions: readonly SubmissionSummary[], course: readonly AnyExercise[]) {
  const results = submissions.flatMap(({ exercises }) => exercises.filter(({ exercise }) => exercise === id));
  const counts = new Map<Status, number>(
    results.length < submissions.length ? [["absent", submissions.length - results.length]] : [],
  );
  for (const { status } of results) counts.set(status, (counts.get(status) ?? 0) + 1);
  const exercise = course.find((candidate) => candidate.id === id);
  const all = exercise ? maxPoints(exercise) : (results[0]?.maxPoints ?? 0);
  return {
    id,
    title: renderMarkdown(titleOf(id, submissions, course), { math: "html", inline: true }),
    handedIn: results.length,
    ...meanOf(results, all),
    shares: ORDER.filter((status) => counts.has(status)).map((status) => ({
      status,
      ...STATUS[status],
      count: counts.get(status) as number,
      percent: ((counts.get(status) as number) / submissions.length) * 100,
    })),
    checks: checkRates(results),
    causes: commonCauses(results),
  };
}

/** While a text waits for a person, nobody knows its points: the mean is then that of the checks, of which all are known. */
function meanOf(results: readonly ExerciseSummary[], all: number) {
  const waiting = results.filter(({ manual }) => manual?.waits).length;
  const ofText = Math.max(0, ...results.map(({ manual }) => manual?.maxPoints ?? 0));
  const counted = results.map(
    ({ points, byHand = 0, manual }) => points + byHand - (waiting > 0 ? (manual?.given ?? 0) : 0),
  );
  const mean = counted.reduce((sum, points) => sum + points, 0) / Math.max(1, results.length);
  return {
    mean: pointsText(mean),
    best: waiting > 0 ? `${pointsText(all - ofText)} by checks` : pointsText(all),
    waiting:
      waiting > 0
        ? `${plural(waiting, "text waits", "texts wait")} for a person, with up to ${plural(ofText, "more point")} each`
        : undefined,
  };
}

/** How many passed each check, of those who had written something. */
function checkRates(results: readonly ExerciseSummary[]) {
  const tried = results.filter(({ status }) => status !== "unsolved");
  return (tried[0]?.checks ?? []).map(({ name }) => {
    const passed = tried.filter(({ checks }) =>
      checks.some((check) => check.name === name && check.status === "passed"),
    ).length;
    return { name, passed, tried: tried.length, percent: (passed / tried.length) * 100 };
  });
}

/** Misconceptions and troubles by the number of submissions that show them, most frequent first. */
function commonCauses(results: readonly ExerciseSummary[]) {
  const counts = new Map<string, number>();
  for (const { checks } of results) {
    const causes = new Set(
      checks.flatMap(({ failure }) => failure?.misconception?.id ?? failure?.trouble ?? []),
    );
    causes.delete("unsolved");
    for (const cause of causes) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  }
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 5)
    .map(([cause, count]) => ({ cause, count }));
}
