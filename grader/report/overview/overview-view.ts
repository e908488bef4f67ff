/** What the page of the class as a whole shows: how points are spread, what was hard, what was misunderstood, what took time, what is alike. */

import { type AnyExercise, maxPoints } from "../../exercise.ts";
import type { PlainFigure } from "../../harness/kinds.ts";
import { plural } from "../../plural.ts";
import type { GradedRun } from "../../record/read.ts";
import type { SubmissionSummary } from "../../record/summary.ts";
import type { Similarity } from "../../similarity/groups.ts";
import { longestCommon } from "../../similarity/longest.ts";
import { aboutRun, anchor } from "../class-view.ts";
import { scriptJSON } from "../escape.ts";
import { renderMarkdown } from "../markdown.ts";
import { stillPlot } from "../plot.ts";
import { durationText, exerciseColumns, namesIn, pointsText } from "../points.ts";
import { type CheckOfClass, checksOfClass, hardest, slowest } from "./checks.ts";
import { exercisesFigure, pointsFigure, spreadOf, totalOf } from "./distribution.ts";
import { misconceptionsOf } from "./misconceptions.ts";

/** Rows that are seen at once; the others are a click away. */
const FIRST = 12;
/** Names that are listed; of more, how many. */
const MOST_NAMES = 60;
const MOST_GROUPS = 40;

export interface OverviewPlaces {
  readonly pages: readonly string[];
  readonly course: readonly AnyExercise[];
}

export async function overviewView(
  run: GradedRun,
  similarity: Similarity,
  { pages, course }: OverviewPlaces,
) {
  const { about, summaries } = run;
  const graded = summaries.filter(({ exercises }) => exercises.length > 0);
  const checks = checksOfClass(summaries);
  const person = persons(summaries, pages);
  const columns = exerciseColumns(
    about,
    summaries,
    course.map(({ id }) => id),
  );
  return {
    title: "The class",
    about: aboutRun(about, summaries.length),
    points: graded.length > 0 ? pointsView(graded) : undefined,
    exercises: graded.length > 0 ? exercisesView(graded, columns, course) : undefined,
    hardest: fold(hardest(checks).map(rateRow)),
    slowest: fold(slowest(checks).map(timeRow)),
    misconceptions: fold(
      misconceptionsOf(summaries, course).map(({ exercise, id, says, people }) => ({
        ...{ exercise, id, count: people.length },
        says: says === undefined ? undefined : renderMarkdown(says, { math: "html", inline: true }),
        people: people.slice(0, MOST_NAMES).map((index) => person(index, exercise)),
        more: Math.max(0, people.length - MOST_NAMES),
      })),
    ),
    similar: await similarView(run, similarity, person),
  };
}

/** The first rows, and the others. */
const fold = <R>(rows: readonly R[]) => ({ first: rows.slice(0, FIRST), others: rows.slice(FIRST) });

function persons(summaries: readonly SubmissionSummary[], pages: readonly string[]) {
  const names = namesIn(summaries);
  return (index: number, exercise: string) => ({
    name: names[index] ?? "",
    page: `${pages[index]}#${anchor(exercise)}`,
  });
}

function pointsView(graded: readonly SubmissionSummary[]) {
  const totals = graded.map(totalOf);
  const best = Math.max(...graded.map((one) => one.maxPoints));
  const { mean, median, lower, upper } = spreadOf(totals);
  const waiting = graded.filter(({ exercises }) => exercises.some(({ manual }) => manual?.waits)).length;
  return {
    facts: [
      { term: "graded", text: String(graded.length) },
      { term: "median", text: pointsText(median) },
      { term: "middle half", text: `${pointsText(lower)} to ${pointsText(upper)}` },
      { term: "mean", text: pointsText(mean) },
      { term: "of", text: plural(best, "point") },
    ],
    waiting:
      waiting > 0
        ? `${plural(waiting, "submission has", "submissions have")} points that wait for a person: they are not in it.`
        : undefined,
    plot: plotOf(pointsFigure(totals, best)),
  };
}

function exercisesView(
  graded: readonly SubmissionSummary[],
  columns: readonly string[],
  course: readonly AnyExercise[],
) {
  const shares = columns.map((id) => {
    const results = graded.flatMap(({ exercises }) => exercises.filter(({ exercise }) => exercise === id));
    const known = course.find((one) => one.id === id);
    const best = known ? maxPoints(known) : (results[0]?.maxPoints ?? 1);
    const sum = results.reduce((all, { points, byHand = 0 }) => all + points + byHand, 0);
    return { id, percent: (100 * sum) / Math.max(1, best * graded.length) };
  });
  return { plot: plotOf(exercisesFigure(shares)) };
}

function plotOf(figure: PlainFigure) {
  const still = stillPlot(figure, { width: 900, height: 300 });
  return still && { still: still.url, alt: still.words, json: scriptJSON(figure) };
}

const rateRow = ({ exercise, name, passed, tried }: CheckOfClass) => ({
  ...{ exercise, passed, tried },
  name: renderMarkdown(name, { math: "html", inline: true }),
  percent: (100 * passed) / tried,
});

const timeRow = ({ exercise, name, median, most, longest }: CheckOfClass) => ({
  exercise,
  name: renderMarkdown(name, { math: "html", inline: true }),
  median: durationText(median),
  most: durationText(most),
  longest: durationText(longest),
});

interface SimilarRow {
  readonly exercise: string;
  readonly also: readonly string[];
  readonly tokens: number;
  readonly percent: number;
  readonly people: readonly { readonly name: string; readonly page: string }[];
  /** Of the people, how many are not named. */
  readonly more: number;
  readonly pieces: readonly { readonly name: string; readonly code: string }[];
}

async function similarView(
  run: GradedRun,
  { groups, judged, answers }: Similarity,
  person: (index: number, exercise: string) => { readonly name: string; readonly page: string },
) {
  const rows: SimilarRow[] = [];
  for (const { exercise, people, strongest, also } of groups.slice(0, MOST_GROUPS)) {
    const code = async (index: number) =>
      (await run.submission(index)).sources?.find(({ exerciseId }) => exerciseId === exercise)?.code ?? "";
    const [a, b] = strongest.people;
    const { tokens, pieces } = longestCommon(await code(a), await code(b));
    rows.push({
      ...{ exercise, also, tokens },
      percent: Math.round(100 * strongest.similarity),
      people: people.slice(0, MOST_NAMES).map((index) => person(index, exercise)),
      more: Math.max(0, people.length - MOST_NAMES),
      pieces: [a, b].map((index, i) => ({ name: person(index, exercise).name, code: pieces[i] ?? "" })),
    });
  }
  return { ...fold(rows), judged, answers, left: Math.max(0, groups.length - MOST_GROUPS) };
}
