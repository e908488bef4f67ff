/** What comes of a record: the JSON and the HTML report, the table in the terminal, the exit code. */

import { NO_POINTS, type PointsTable } from "../by-hand/find.ts";
import { givePoints } from "../by-hand/give.ts";
import type { Row } from "../by-hand/row.ts";
import { course } from "../course.ts";
import { writeWhole } from "../files/write-whole.ts";
import type { GradedRun } from "../record/read.ts";
import { writeHTML } from "../report/html.ts";
import { jsonReport } from "../report/json.ts";
import { printableLine } from "../report/printable.ts";
import { DETAILS_UP_TO, terminalReport } from "../report/terminal/terminal.ts";
import type { GradeArguments } from "./arguments.ts";
import { EXIT } from "./exit-codes.ts";
import type { Screen } from "./screen.ts";

/** @returns The exit code. */
export async function reportRun(
  graded: GradedRun,
  options: GradeArguments,
  terminal: Screen,
  points: PointsTable = NO_POINTS,
): Promise<number> {
  const { run, rows, notes } = await givePoints(graded, points.rows, points.path);
  const { about, summaries } = run;
  const reports = await writeReports(run, { ...points, rows }, options);
  for (const note of notes) terminal.err(`${printableLine(note)}\n`);
  const details =
    summaries.length <= DETAILS_UP_TO
      ? await Promise.all(summaries.map((_, index) => run.submission(index)))
      : undefined;
  const width = process.stdout.columns ?? 120;
  const order = course.map(({ id }) => id);
  const text = terminalReport(
    { about, summaries, ...(details && { details }) },
    { paint: terminal.paint, width, order },
  );
  terminal.out(`${text}${reports.map(({ text }) => `${text}\n`).join("")}`);
  if (reports.some(({ written }) => !written) || summaries.some(({ graderFault }) => graderFault))
    return EXIT.fault;
  if (about.interrupted) return EXIT.interrupted;
  return summaries.every(({ exercises }) => exercises.length > 0) ? EXIT.graded : EXIT.somebodyUngraded;
}

interface Written {
  readonly text: string;
  readonly written: boolean;
}

/** The command that writes these reports from their record. */
function again({ fromRecord = "RECORD", html, json }: GradeArguments): string {
  const given = { "--from-record": fromRecord, "--html": html, "--json": json };
  const words = Object.entries(given).flatMap(([option, file]) =>
    file === undefined ? [] : [option, /^[\w./:\\-]+$/.test(file) ? file : JSON.stringify(file)],
  );
  return `npm run grade -- ${words.join(" ")}`;
}

/** What cannot be written is said, and costs neither the other report nor the table. */
async function writeReports(
  run: GradedRun,
  { rows, folder }: Pick<PointsTable, "folder"> & { readonly rows: readonly Row[] },
  options: GradeArguments,
): Promise<Written[]> {
  const { json, html, fromRecord } = options;
  const byHand = {
    ...{ rows, again: again(options) },
    ...(fromRecord !== undefined && { record: fromRecord }),
    ...(folder !== undefined && { folder }),
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
