/** Finds the report, serves its review until Ctrl-C. */

import { CommanderError } from "commander";
import { screen } from "../cli/screen.ts";
import { course } from "../course.ts";
import { plural } from "../plural.ts";
import { readRecord } from "../record/read.ts";
import { reviewArguments } from "./arguments.ts";
import { openDesk } from "./desk.ts";
import { findReport } from "./find-report.ts";
import { serveReview } from "./server.ts";

const terminal = screen();
const FAULT = 2;

async function main(argv: readonly string[]): Promise<void> {
  // npm runs scripts in the project's folder; paths are meant from where the person is.
  if (process.env.npm_lifecycle_event === "review" && process.env.INIT_CWD)
    process.chdir(process.env.INIT_CWD);
  const { report: path, port, ...asked } = reviewArguments(argv, terminal);
  const report = await findReport(path);
  // Its pseudonyms are the same in each run: numbers would tell less.
  const anonymous = asked.anonymous && report.anonymous !== true;
  const run = await readRecord(report.record);
  try {
    const desk = await openDesk(report, run, {
      course,
      anonymous,
      ...(asked.reviewer !== undefined && { reviewer: asked.reviewer }),
    });
    const { answers } = await desk.list();
    const server = await serveReview(
      desk,
      { title: anonymous ? "Review" : `Review of ${report.folder}`, anonymous, again: report.again },
      { port, onError: ({ stack }) => terminal.err(`${stack}\n`) },
    );
    const waiting = answers.filter(({ text }) => text === "waits").length;
    terminal.out(`${plural(waiting, "text waits", "texts wait")}, of ${plural(answers.length, "answer")}\n`);
    terminal.out(
      `Open ${server.address}\nIt is for this machine only. Each point is kept at once; Ctrl-C ends.\n`,
    );
    await new Promise<void>((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
    });
    await server.close();
    terminal.out(`\nTo write the reports with these points: ${report.again}\n`);
  } finally {
    await run.close();
  }
}

/** Errors that are the person's to mend; any other is ours, and its stack is shown. */
const EXPECTED = ["Refused", "NoRecord", "PointsError"];

await main(process.argv.slice(2)).catch((error: Error) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : FAULT;
    return;
  }
  const taken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
  const said = taken
    ? "this port is taken; name another, or leave --port out"
    : EXPECTED.includes(error.name)
      ? error.message
      : `The review failed: ${error.stack}`;
  terminal.err(`${said}\n`);
  process.exitCode = FAULT;
});
