/** What the page of one submission shows. */

import { isBlank } from "../blank.ts";
import { sumByHand } from "../by-hand/sum.ts";
import { TABLE } from "../by-hand/table.ts";
import type { AnyExercise } from "../exercise.ts";
import type { CheckResult, ExerciseResult, LearnerMark, SubmissionResult } from "../grading/result.ts";
import { plural } from "../plural.ts";
import { otherKitLines } from "../variants/other-kit-lines.ts";
import { inside } from "./account.ts";
import { advice } from "./advice.ts";
import { anchor } from "./class-view.ts";
import { scriptJSON } from "./escape.ts";
import { renderMarkdown } from "./markdown.ts";
import { stillPlot } from "./plot.ts";
import { CHECK_SIGN, handText, inputBeside, pointsText, STATUS } from "./points.ts";

/** What all pages of a report share. */
export interface Surroundings {
  /** Of everybody, as {@link namesIn} gives them. */
  readonly names: readonly string[];
  /** Exercises in the order of the class's table. */
  readonly columns: readonly string[];
  readonly pages: readonly string[];
  readonly about: readonly { readonly term: string; readonly text: string }[];
  readonly course: readonly AnyExercise[];
}

export function submissionView(
  submission: SubmissionResult,
  index: number,
  { names, columns, pages, about, course }: Surroundings,
) {
  const ungraded = submission.exercises.length === 0;
  // Where nothing could be graded, a list of all that was not handed in says nothing.
  const exercises =
    ungraded && !submission.sources ? [] : columns.map((id) => exerciseView(id, submission, course));
  return {
    title: names[index] ?? submission.submission,
    path: submission.submission,
    total: ungraded ? "Not graded" : totalText(submission),
    marks: (submission.marks ?? []).map(markView),
    problem: submission.problem,
    notes: submission.notes ?? [],
    otherKits: otherKitLines(submission.exercises),
    files: (submission.files ?? []).map(({ path, reason }) => ({
      path: inside(submission.submission, path),
      reason,
    })),
    about,
    previous: neighbour(pages[index - 1]),
    next: neighbour(pages[index + 1]),
    exercises,
    plots: exercises.some(({ checks }) => checks.some(({ plot }) => plot !== undefined)),
  };
}

function markView({ learner, mark, of, account, open }: LearnerMark) {
  const best = `of ${plural(of, "point")}`;
  const head = mark === undefined ? `No mark yet ${best}` : `Mark: ${pointsText(mark)} ${best}`;
  return { learner, head, lines: [...open, ...account] };
}

function resultText(result: ExerciseResult): string {
  const hand = handText(sumByHand(result)).replace(/^./, " $& ");
  return `${pointsText(result.points)}${hand} of ${pointsText(result.maxPoints)}`;
}

function totalText({ points, pointsByHand, maxPoints }: SubmissionResult): string {
  const best = plural(maxPoints, "point");
  if (pointsByHand === undefined) return `${pointsText(points)} of ${best}`;
  const parts = `${pointsText(points)} by checks, ${pointsText(pointsByHand)} by a person`;
  return `${pointsText(points + pointsByHand)} of ${best}: ${parts}`;
}

const neighbour = (page: string | undefined): string | undefined => page?.slice(page.lastIndexOf("/") + 1);

/** One exercise of one submission: what was asked, what the checks said, what a person gave, the code. */
export function exerciseView(id: string, submission: SubmissionResult, course: readonly AnyExercise[]) {
  const result = submission.exercises.find((candidate) => candidate.exercise === id);
  const known = course.find((candidate) => candidate.id === id);
  const exercise = known?.variants && result?.numbers ? known.variants.with(result.numbers) : known;
  const source = submission.sources?.find(({ exerciseId }) => exerciseId === id);
  const status = result?.status ?? "absent";
  return {
    id,
    anchor: anchor(id),
    title: renderMarkdown(exercise?.title ?? result?.title ?? id, { math: "html", inline: true }),
    status,
    sign: STATUS[status].sign,
    word: result === undefined && source !== undefined ? "not graded" : STATUS[status].word,
    points: result && resultText(result),
    stale: result?.stale === true,
    statement: exercise && renderMarkdown(exercise.statement.trim()),
    source: exercise?.source,
    checks: checkViews(result?.checks ?? []),
    manual: result?.manual && manualView(result.manual),
    output: result?.output,
    origin: source?.origin,
    lines: source?.code.replace(/\n$/, "").split("\n"),
  };
}

/** An explanation or a plot that two checks share is shown with the first. */
function checkViews(checks: readonly CheckResult[]) {
  const shown = new Set<string>();
  const once = <V>(value: V | undefined, key: (value: V) => string): V | undefined => {
    if (value === undefined || shown.has(key(value))) return undefined;
    shown.add(key(value));
    return value;
  };
  return checks.map(checkView).map((view) => {
    const repeated = view.advice !== undefined && shown.has(view.advice.html);
    return {
      ...view,
      repeated,
      advice: once(view.advice, ({ html }) => html),
      plot: once(view.plot, ({ json }) => json),
    };
  });
}

function checkView({ name, status, points, earned, milliseconds, failure, found, byHand }: CheckResult) {
  const still = failure?.plot && stillPlot(failure.plot, { width: 640, height: 340 });
  return {
    status,
    sign: CHECK_SIGN[status],
    name: renderMarkdown(name, { math: "html", inline: true }),
    points: `${pointsText(earned)}/${pointsText(points)}`,
    byHand: byHand && {
      head: `Changed by a person: ${pointsText(byHand.points)} of ${plural(points, "point")} instead of ${pointsText(earned)}`,
      reason: byHand.reason,
    },
    time: milliseconds >= 100 ? `${(milliseconds / 1000).toFixed(1)} s` : "",
    failure: status === "unsolved" ? undefined : failure,
    found,
    facts: failure && facts(failure),
    advice: failure && adviceView(failure),
    plot:
      failure?.plot && still
        ? { still: still.url, alt: still.words, json: scriptJSON(failure.plot) }
        : undefined,
  };
}

function facts(failure: NonNullable<CheckResult["failure"]>) {
  const rows = { on: inputBeside(failure), expected: failure.expected, got: failure.got };
  return Object.entries(rows).flatMap(([term, text]) => (text === undefined ? [] : [{ term, text }]));
}

function adviceView(failure: NonNullable<CheckResult["failure"]>) {
  const said = advice(failure);
  const [first] = said;
  if (!first) return undefined;
  return { title: first.title, html: said.map(({ text }) => renderMarkdown(text)).join("") };
}

function manualView({
  answer,
  missing,
  maxPoints,
  criteria,
  given,
  remark,
}: NonNullable<ExerciseResult["manual"]>) {
  const best = plural(maxPoints, "point");
  return {
    answer,
    remark,
    head:
      given !== undefined
        ? `Given by a person: ${pointsText(given)} of ${best}`
        : isBlank(answer)
          ? `For a person to read: ${best}; there is no text${missing === undefined ? "" : `: ${missing}`}`
          : `Waits for a person: ${best}, to be entered in ${TABLE}`,
    criteria: criteria.map(({ points, text }) => ({
      points: plural(points, "point"),
      html: renderMarkdown(text, { math: "html", inline: true }),
    })),
  };
}
