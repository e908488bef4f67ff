/**
 * A run as a folder of pages: an index of the class and one page for each submission. Works offline, straight from disk.
 */

import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Eta } from "eta";
import { checkUntouched, type PointsTable } from "../by-hand/find.ts";
import type { Row } from "../by-hand/row.ts";
import { TABLE, tableText } from "../by-hand/table.ts";
import type { AnyExercise } from "../exercise.ts";
import { plural } from "../plural.ts";
import type { GradedRun } from "../record/read.ts";
import { recordText } from "../record/text.ts";
import { collectSimilar } from "../similarity/groups.ts";
import { aboutRun, classView } from "./class-view.ts";
import { escapeHTML } from "./escape.ts";
import { overviewView } from "./overview/overview-view.ts";
import { pageNames } from "./page-names.ts";
import { exerciseColumns, namesIn } from "./points.ts";
import { draftReport, type Source } from "./report-folder.ts";
import { type Surroundings, submissionView } from "./submission-view.ts";

const HERE = import.meta.dirname;
const OVERVIEW = "class.html";
const RUN = "run.jsonl";

export interface ByHand {
  readonly rows: readonly Row[];
  /** The command that writes the reports again. */
  readonly again: string;
  /** The record that the report is written from, for its review. */
  readonly record?: string;
  /** Where there is none that a review may read: the run as it was graded, to be kept in the report. */
  readonly graded?: GradedRun;
  readonly anonymous?: boolean;
  /** Other files that are written of the same run. */
  readonly written?: readonly string[];
  /** The table of the folder as it was read: points that come into it meanwhile must not be lost. */
  readonly folderDigest?: PointsTable["folderDigest"];
}

/**
 * Writes the report, replacing an earlier one in the same folder and nothing else. Pages are made one at a time, beside the earlier report,
 * which is replaced when all are there.
 *
 * @param byHand The table in which a person gives points, if there are texts; the run's record, and the command that writes the reports again.
 * @returns The index page.
 * @throws ReportFolderError if the folder holds other things than an earlier report.
 */
export async function writeHTML(
  folder: string,
  run: GradedRun,
  course: readonly AnyExercise[],
  byHand: ByHand = { rows: [], again: "" },
): Promise<string> {
  const draft = await draftReport(folder);
  try {
    const render = templates();
    const pages = pageNames(run);
    const surroundings = surroundingsOf(run, pages, course);
    const isClass = pages.length > 1;
    const alike = collectSimilar(givenTexts(course));
    let plots = isClass;
    for (const [i, page] of pages.entries()) {
      const submission = await run.submission(i);
      const view = submissionView(submission, i, surroundings);
      plots ||= view.plots;
      await draft.write(page, render("submission", view));
      if (isClass)
        for (const { exerciseId, code } of submission.sources ?? []) alike.add(i, exerciseId, code);
    }
    if (isClass)
      await draft.write(
        OVERVIEW,
        render("overview", await overviewView(run, alike.similarity(), { pages, course })),
      );
    for (const [path, source] of await assetFiles(plots)) await draft.copy(path, source);
    const { rows, again, graded, anonymous, written, folderDigest: before } = byHand;
    const record = graded ? join(folder, RUN) : byHand.record;
    if (graded) await draft.write(RUN, recordText(graded));
    if (rows.length > 0) await draft.write(TABLE, tableText(rows));
    const waiting = run.summaries
      .flatMap(({ exercises }) => exercises)
      .filter(({ manual }) => manual?.waits).length;
    const table = rows.length > 0 && {
      ...{ name: TABLE, again },
      head:
        waiting > 0
          ? `${plural(waiting, "text waits", "texts wait")} for a person`
          : "Every text has its points",
    };
    await draft.write(
      "index.html",
      render("index", { ...classView(run, pages, course), table, overview: isClass ? OVERVIEW : undefined }),
    );
    await draft.publish(
      record === undefined
        ? undefined
        : {
            ...{ record, again, ...learnersIn(run) },
            ...(anonymous && { anonymous }),
            ...(written && { written }),
          },
      before === undefined ? undefined : () => checkUntouched(folder, before),
    );
  } finally {
    await draft.discard();
  }
  return join(folder, "index.html");
}

/** As pages call them: for the review, which reads the record. */
function learnersIn({ summaries }: GradedRun): Pick<Source, "learners"> {
  const known = summaries.flatMap(({ submission, learner }) =>
    learner === undefined ? [] : [[submission, learner]],
  );
  return known.length > 0 ? { learners: Object.fromEntries(known) } : {};
}

/** What a page has inside of it that stands by itself. */
export interface Inside {
  readonly report: string;
  formulas(page: string): string;
}

/** Makes pages that stand by themselves: with their styles inside, without scripts, and without a way to anybody else's. */
export function alonePage(
  run: GradedRun,
  course: readonly AnyExercise[],
  styles: Inside,
): (index: number) => Promise<string> {
  const render = templates();
  const surroundings = { ...surroundingsOf(run, [], course), pages: [] };
  return async (index) => {
    const view = submissionView(await run.submission(index), index, surroundings);
    const page = render("submission", { ...view, plots: false, alone: true, styles: STYLES });
    return page.replace(STYLES, () => `${styles.formulas(page)}\n${styles.report}`);
  };
}

/** Where the styles of a page come, once it is known which it needs. */
const STYLES = `/* styles ${randomBytes(8).toString("hex")} */`;

/** What everybody has of an exercise, and what says nothing where two have it: its stub and the course's solution, where they are there. */
const givenTexts =
  (course: readonly AnyExercise[]) =>
  (id: string): string[] => {
    const path = course.find((exercise) => exercise.id === id)?.path;
    if (path === undefined) return [];
    const files = ["exercises", "solutions"].map((folder) => join(HERE, "../..", folder, `${path}.ts`));
    return files.filter(existsSync).map((file) => readFileSync(file, "utf8"));
  };

function surroundingsOf(
  { about, summaries }: GradedRun,
  pages: readonly string[],
  course: readonly AnyExercise[],
): Surroundings {
  return {
    names: namesIn(summaries),
    columns: exerciseColumns(
      about,
      summaries,
      course.map(({ id }) => id),
    ),
    pages,
    about: aboutRun(about, summaries.length).slice(1),
    course,
  };
}

/** Where each asset comes from, by its place in the report. */
async function assetFiles(plots: boolean): Promise<Map<string, string>> {
  const from = createRequire(import.meta.url);
  const katex = dirname(from.resolve("katex/dist/katex.min.css"));
  const fonts = (await readdir(join(katex, "fonts"))).filter((name) => name.endsWith(".woff2"));
  return new Map([
    ["assets/report.css", join(HERE, "assets", "report.css")],
    ["assets/report.js", join(HERE, "assets", "report.js")],
    ["assets/katex/katex.min.css", join(katex, "katex.min.css")],
    ...fonts.map((name): [string, string] => [`assets/katex/fonts/${name}`, join(katex, "fonts", name)]),
    ...(plots ? [["assets/plotly.js", from.resolve("plotly.js-dist/plotly.js")] as [string, string]] : []),
  ]);
}

function templates(): (name: string, view: object) => string {
  const eta = new Eta({
    views: join(HERE, "templates"),
    autoEscape: true,
    escapeFunction: escapeHTML,
    cache: true,
  });
  // Scripts run by a nonce, not by origin: a page opened from disk has none. Nothing that a learner wrote can know it.
  return (name, view) => eta.render(name, { ...view, nonce: randomBytes(16).toString("base64url") });
}
