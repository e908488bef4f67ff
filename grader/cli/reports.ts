/** What comes of a record: the JSON and the HTML report, the table in the terminal, the exit code. */

import { type Cover, coverRun } from "../anonymous/cover.ts";
import { openPseudonyms } from "../anonymous/pseudonyms.ts";
import { NO_POINTS, type PointsTable } from "../by-hand/find.ts";
import { givePoints } from "../by-hand/give.ts";
import type { Row } from "../by-hand/row.ts";
import { course } from "../course.ts";
import type { AskedExports } from "../exports/asked.ts";
import { type WrittenExport, writeExports } from "../exports/write.ts";
import { writeFeedback } from "../feedback/write-feedback.ts";
import { writeWhole } from "../files/write-whole.ts";
import { type ClassFiles, markClass } from "../marks/class-files.ts";
import type { GradedRun } from "../record/read.ts";
import { writeHTML } from "../report/html.ts";
import { jsonReport } from "../report/json.ts";
import { pageNames } from "../report/page-names.ts";
import { printableLine } from "../report/printable.ts";
import { DETAILS_UP_TO, terminalReport } from "../report/terminal/terminal.ts";
import type { GradeArguments } from "./arguments.ts";
import { EXIT } from "./exit-codes.ts";
import type { Screen } from "./screen.ts";

/** What was read before anything was graded. */
export interface ReadBefore extends AskedExports {
  readonly files: ClassFiles;
}

/** @returns The exit code. */
export async function reportRun(
  graded: GradedRun,
  options: GradeArguments,
  terminal: Screen,
  points: PointsTable = NO_POINTS,
  before?: ReadBefore,
): Promise<number> {
  const files = before?.files ?? { groups: false };
  const covered = options.anonymous ? await coverWith(graded, options, files, terminal) : undefined;
  // Who gives points sees the covered run: its table has pseudonyms, and its texts are those that were read.
  const open = (await covered?.hide(graded)) ?? graded;
  const given = await givePoints(open, points.rows, points.path);
  const marked = markClass((await covered?.carryPoints(given.run, graded)) ?? given.run, files);
  const { run, marks } = marked;
  const shown = (await covered?.hide(run)) ?? run;
  const { about, summaries } = shown;
  const kept = covered || options.database !== undefined ? open : undefined;
  const written = await writeReports(shown, { ...points, rows: given.rows }, options, kept);
  const feedback = await writePages(run, options.feedback);
  const exported = before ? await writeExports(run, marks, before, pageNames(run)) : [];
  const reports = [...written, ...feedback, ...exported];
  for (const note of [
    ...given.notes,
    ...marked.notes,
    ...[...feedback, ...exported].flatMap(({ notes }) => notes),
  ])
    terminal.err(`${printableLine(note)}\n`);
  const details =
    summaries.length <= DETAILS_UP_TO
      ? await Promise.all(summaries.map((_, index) => shown.submission(index)))
      : undefined;
  const width = process.stdout.columns ?? 120;
  const order = course.map(({ id }) => id);
  const text = terminalReport(
    { about, summaries, ...(details && { details }) },
    { paint: terminal.paint, width, order },
  );
  terminal.out(`${text}${reports.map(({ text }) => `${printableLine(text)}\n`).join("")}`);
  if (about.interrupted) terminal.err(`to go on: ${howToGoOn(options)}\n`);
  if (reports.some(({ written }) => !written) || summaries.some(({ graderFault }) => graderFault))
    return EXIT.fault;
  if (about.interrupted) return EXIT.interrupted;
  return summaries.every(({ exercises }) => exercises.length > 0) ? EXIT.graded : EXIT.somebodyUngraded;
}

function howToGoOn({ database, fromRecord }: GradeArguments): string {
  if (database !== undefined || fromRecord === undefined) return "give the same command again";
  return printableLine(`npm run grade -- … --resume ${fromRecord}, with the same paths and options`);
}

/** Who is who is kept before any page tells of anybody. */
async function coverWith(
  graded: GradedRun,
  options: GradeArguments,
  { roster, groups }: ClassFiles,
  terminal: Screen,
): Promise<Cover> {
  const pseudonyms = await openPseudonyms(options);
  const cover = coverRun(graded, pseudonyms, roster, groups);
  await pseudonyms.keep(cover.people);
  terminal.err(`who is who is in ${pseudonyms.path}: keep it from whoever reviews\n`);
  return cover;
}

/** What cannot be written is said, and costs nothing else. */
async function writePages(run: GradedRun, path: string | undefined): Promise<WrittenExport[]> {
  if (path === undefined) return [];
  try {
    return [{ ...(await writeFeedback(path, run, course)), written: true }];
  } catch (error) {
    const text = `feedback could not be written: ${(error as Error).message}`;
    return [{ text, written: false, notes: [] }];
  }
}

interface Written {
  readonly text: string;
  readonly written: boolean;
}

/** The command that writes these reports from their record, or goes on with their run in the gradebook. */
function again(options: GradeArguments): string {
  const { fromRecord = "RECORD", database, html, json } = options;
  const { roster, groups, merge, column, scale, provisional } = options;
  const given: [string, string | boolean | undefined][] = [
    ...(database === undefined ? [["--from-record", fromRecord] as [string, string]] : runOf(options)),
    ["--html", html],
    ["--json", json],
    ["--anonymous", options.anonymous],
    ["--pseudonyms", options.pseudonyms],
    ["--roster", roster],
    ["--variants", options.variants],
    ["--groups", groups],
    ["--course", options.course],
    ["--times", options.times],
    ["--feedback", options.feedback],
    ...options.export.map((one): [string, string] => ["--export", one]),
    ...merge.map((one): [string, string] => ["--merge", one]),
    ["--column", column],
    ["--scale", scale],
    ["--provisional", provisional],
  ];
  const words = given.flatMap(([option, value]) => {
    if (value === undefined || value === false) return [];
    if (value === true) return [option];
    return [option, quote(value)];
  });
  const paths = database === undefined ? [] : options.paths.map(quote);
  return ["npm run grade --", ...paths, ...words].join(" ");
}

/** By which the gradebook knows its run. */
function runOf({ database, layout, exercise, seed, limitSeconds }: GradeArguments) {
  return [
    ["--database", database],
    ["--layout", layout],
    ...exercise.map((one) => ["--exercise", one]),
    ["--seed", seed],
    ["--limit-seconds", limitSeconds?.toString()],
  ] as [string, string | undefined][];
}

const quote = (text: string): string => (/^[\w./:=\\-]+$/.test(text) ? text : JSON.stringify(text));

/** What cannot be written is said, and costs neither the other report nor the table. */
async function writeReports(
  run: GradedRun,
  { rows, folderDigest }: Pick<PointsTable, "folderDigest"> & { readonly rows: readonly Row[] },
  options: GradeArguments,
  graded?: GradedRun,
): Promise<Written[]> {
  const { json, html, fromRecord } = options;
  const byHand = {
    ...{ rows, again: again(options) },
    ...(fromRecord !== undefined && { record: fromRecord }),
    ...(graded && { graded }),
    anonymous: options.anonymous,
    written: [json, options.feedback, ...options.export.map((one) => one.slice(one.indexOf("=") + 1))].filter(
      (path) => path !== undefined,
    ),
    ...(folderDigest !== undefined && { folderDigest }),
  };
  const reports: [string, () => Promise<string>][] = [];
  if (json !== undefined) reports.push(["JSON", () => writeWhole(json, jsonReport(run)).then(() => json)]);
  if (html !== undefined) reports.push(["HTML", () => writeHTML(html, run, course, byHand)]);
  const written: Written[] = [];
  for (const [kind, write] of reports) {
    try {
      written.push({ text: `${kind}: ${await write()}`, written: true });
    } catch (error) {
      written.push({ text: `${kind} could not be written: ${(error as Error).message}`, written: false });
    }
  }
  return written;
}
