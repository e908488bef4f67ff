/** `npm run grade -- <path…>`: reads what was handed in, grades it in the sandbox, shows and writes the results. */

import { stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { CommanderError } from "commander";
import pc from "picocolors";
import { runBatch } from "../batch/run.ts";
import { sandboxedGrading } from "../batch/sandboxed.ts";
import { course, exerciseById } from "../course.ts";
import { writeWhole } from "../report/atomic.ts";
import { writeHTML } from "../report/html.ts";
import { jsonReport } from "../report/json.ts";
import { printableLine } from "../report/printable.ts";
import { checkReportFolder } from "../report/report-folder.ts";
import { terminalReport } from "../report/terminal.ts";
import type { BatchResult } from "../result.ts";
import { readSubmissions } from "../submissions/read.ts";
import { type Submission, Unreadable } from "../submissions/submission.ts";
import { type GradeArguments, gradeArguments } from "./arguments.ts";
import { boundary } from "./boundary.ts";
import { interruption } from "./interruption.ts";
import { PROJECT } from "./own-work.ts";
import { createProgress } from "./progress.ts";
import { Refused } from "./refused.ts";

const GRADED = 0;
const COULD_NOT_GRADE = 2;
const INTERRUPTED = 130;

async function main(argv: readonly string[]): Promise<number> {
  // npm runs scripts in the project's folder; paths are meant from where the person is.
  if (process.env.npm_lifecycle_event === "grade" && process.env.INIT_CWD)
    process.chdir(process.env.INIT_CWD);
  const options = gradeArguments(argv);
  const color = options.color && pc.isColorSupported;
  await checkDestinations(options);
  const paths =
    options.paths.length > 0 ? options.paths : [relative(process.cwd(), join(PROJECT, "exercises")) || "."];
  const submissions = await readAll(paths, options.exercise);
  if (!submissions.some(({ sources }) => sources.length > 0)) throw new Refused(nothingToGrade(submissions));
  const sandbox = await boundary(paths, options);
  const interrupted = interruption();
  const progress = createProgress(submissions.length, color);
  const batch = await runBatch(submissions, {
    course,
    gradeOne: sandboxedGrading({
      sandbox,
      seed: options.seed,
      ...(options.limitSeconds && { seconds: options.limitSeconds }),
    }),
    jobs: options.jobs,
    seed: options.seed,
    sandbox: sandbox.tier,
    signal: interrupted.signal,
    onSubmission: (result) => progress.done(result),
  });
  progress.stop();
  // Written before anything is shown: a closed pipe on stdout must not cost a report.
  const reports = await writeReports(batch, options);
  const width = process.stdout.columns ?? 120;
  const table = terminalReport(batch, { color, width, order: course.map(({ id }) => id) });
  process.stdout.write(`${table}${reports.map(({ text }) => `${text}\n`).join("")}`);
  interrupted.release();
  if (batch.interrupted) return INTERRUPTED;
  const graded = batch.submissions.some(({ exercises }) => exercises.length > 0);
  return graded && reports.every(({ written }) => written) ? GRADED : COULD_NOT_GRADE;
}

/** What would be lost after an hour of grading is refused before it. */
async function checkDestinations({ json, html, exercise }: GradeArguments): Promise<void> {
  for (const id of exercise) exerciseById(id);
  if (html !== undefined) await checkReportFolder(html);
  if (json === undefined) return;
  if ((await stat(json).catch(() => undefined))?.isDirectory())
    throw new Refused(`--json ${json} is a folder; name a file`);
  const above = await stat(dirname(resolve(json))).catch(() => undefined);
  if (above && !above.isDirectory()) throw new Refused(`--json ${json}: ${dirname(json)} is not a folder`);
}

async function readAll(paths: readonly string[], only: readonly string[]): Promise<Submission[]> {
  const wrong: string[] = [];
  const found = new Map<string, Submission>();
  for (const path of paths) {
    try {
      const { submissions, layout } = await readSubmissions(path, { course, only });
      process.stderr.write(`${printableLine(`${path}: ${layout.description} (${layout.name})`)}\n`);
      for (const submission of submissions) {
        const key = resolve(submission.name);
        if (!found.has(key)) found.set(key, submission);
      }
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      wrong.push(error.message);
    }
  }
  if (wrong.length > 0) throw new Refused(wrong.join("\n"));
  return [...found.values()];
}

function nothingToGrade(submissions: readonly Submission[]): string {
  const shown = submissions.slice(0, 10).map(({ name, problem }) => `${name}: ${problem}`);
  const more = submissions.length > 10 ? [`… and ${submissions.length - 10} more`] : [];
  return ["No submission could be read.", ...shown, ...more].join("\n");
}

/** What cannot be written is said, and costs neither the other report nor the table. */
function writeReports(
  batch: BatchResult,
  { json, html }: GradeArguments,
): Promise<{ text: string; written: boolean }[]> {
  const reports: [string, () => Promise<string>][] = [];
  if (json !== undefined) reports.push(["JSON", () => writeWhole(json, jsonReport(batch)).then(() => json)]);
  if (html !== undefined) reports.push(["HTML", () => writeHTML(html, batch, course)]);
  return Promise.all(
    reports.map(async ([kind, write]) => {
      try {
        return { text: `${kind}: ${await write()}`, written: true };
      } catch (error) {
        return { text: `${kind} could not be written: ${(error as Error).message}`, written: false };
      }
    }),
  );
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? GRADED : COULD_NOT_GRADE;
  } else {
    process.exitCode = COULD_NOT_GRADE;
    const expected =
      error instanceof Refused ||
      (error instanceof Error && ["RangeError", "ReportFolderError"].includes(error.name));
    process.stderr.write(
      `${expected ? (error as Error).message : `The grader failed: ${(error as Error).stack ?? error}`}\n`,
    );
  }
}
