/** What `npm run grade -- …` was told. */

import { availableParallelism } from "node:os";
import { Command, InvalidArgumentError, Option } from "commander";
import { addClassOptions, type ClassOptions } from "../exports/options.ts";
import { TIERS } from "../sandbox/launch.ts";
import { LAYOUT_NAMES } from "../submissions/layouts/list.ts";
import type { Screen } from "./screen.ts";

export interface GradeArguments extends ClassOptions {
  readonly paths: readonly string[];
  readonly json?: string;
  readonly html?: string;
  /** A table of points that a person has given. */
  readonly points?: string;
  /** Reports without names. */
  readonly anonymous: boolean;
  /** The file that says who is who in them. */
  readonly pseudonyms?: string;
  readonly record?: string;
  readonly resume?: string;
  readonly fromRecord?: string;
  /** The gradebook of a class: a folder, or the address of a server. */
  readonly database?: string;
  readonly regrade: readonly string[];
  readonly seed?: string;
  readonly jobs: number;
  readonly exercise: readonly string[];
  readonly layout?: string;
  /** The file of the secret from which learners' own numbers were drawn. */
  readonly variants?: string;
  readonly sandbox?: string;
  readonly trust: boolean;
  readonly limitSeconds?: number;
  readonly color: boolean;
}

const EXAMPLES = `
Examples:
  npm run grade                                    your own exercises/ and notebooks/
  npm run grade -- handed-in.zip --html reports/1  a class, with a report to click through
  npm run grade -- ada.ipynb --json ada.json       one notebook
  npm run grade -- mine.ts --exercise 16.1         a file of any name
  npm run grade -- handed-in.zip --database gradebook --html reports/1
                                                   a class of many: killed, the same command goes on
  npm run grade -- --from-record reports/1-….jsonl --html reports/1
                                                   with the points that you entered in reports/1/points-by-hand.csv

npm run grade -- worker --help and npm run grade -- copy --help tell how a class is graded on many machines, and how a gradebook moves.
What a folder or an archive holds is known by its names: one person's work, or a class as Moodle, Canvas, Blackboard and others
download it. The run says which layout it saw; where people cannot be told apart it asks for --layout.
Exit code: 0 everybody's work was graded; 3 all ran, and somebody handed in nothing that can be graded; 2 a fault of the run: it could
not begin, an answer met a fault of the grader, or a report could not be written; 130 interrupted.`;

/** @throws CommanderError also for --help, with exit code 0. */
export function gradeArguments(argv: readonly string[], { out, err }: Screen): GradeArguments {
  const own = new Command("grade")
    .description("Grades submissions, each in a sandboxed process of its own.")
    .argument(
      "[path...]",
      ".ts files, .ipynb notebooks, folders and .zip archives; by default your own exercises/ and notebooks/",
    )
    .option("--json <file>", "write the results as JSON (grader/report/schema.json)")
    .option("--html <folder>", "write a report: an index and a page for each submission")
    .option(
      "--points <file>",
      "points that a person gives to texts: the points-by-hand.csv of a report, filled in (default: the one in the --html folder)",
    )
    .option(
      "--anonymous",
      "reports, and the table of points, show pseudonyms in place of names; exports and --feedback have the names",
      false,
    )
    .option(
      "--pseudonyms <file>",
      "with --anonymous: who is who (default: pseudonyms.json beside the report; keep it from reviewers)",
    )
    .option(
      "--record <file>",
      "where each result is kept as soon as it is there (default: beside the reports, or reports/)",
    )
    .option("--resume <file>", "continue a run from its record: what it holds is not graded again")
    .option("--from-record <file>", "only write and show the reports of a record; nothing is graded")
    .option(
      "--database <place>",
      "a class's gradebook: a folder, or postgres://…; what it holds is not graded again",
    )
    .option(
      "--regrade <what>",
      "with --database, grade anew: an exercise, a learner (a name, number, login or address, also of the roster), changed (whose checks have changed) or all; may be given more than once",
      collect,
      [],
    )
    .addOption(
      new Option("--seed <text>", "repeat a run with the same numbers (default: fresh)").argParser(notEmpty),
    )
    .addOption(jobsOption())
    .option("--exercise <id>", "only this exercise; may be given more than once", collect, [])
    .addOption(
      new Option("--layout <name>", "whose file is whose, instead of what the names say").choices([
        ...LAYOUT_NAMES,
      ]),
    )
    .option(
      "--variants <file>",
      "the secret of npm run release -- --variants: each learner is graded by her own numbers; with --roster",
    )
    .addOption(sandboxOption())
    .option("--trust", "grade other people's work without a sandbox: their code runs with your rights", false)
    .addOption(
      new Option("--limit-seconds <n>", "time for each check, instead of the exercise's").argParser(positive),
    )
    .option("--no-color", "no colours");
  const command = addClassOptions(own)
    .addHelpText("after", EXAMPLES)
    .showHelpAfterError("Run npm run grade -- --help to see every option.")
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err })
    .parse([...argv], { from: "user" });
  return { paths: command.args, ...command.opts<Omit<GradeArguments, "paths">>() };
}

export const jobsOption = (): Option =>
  new Option("--jobs <n>", "answers graded at a time")
    .argParser(positiveInteger)
    .default(availableParallelism(), "one for each core");

export const sandboxOption = (): Option =>
  new Option("--sandbox <tier>", "instead of the best that this machine has").choices([...TIERS]);

const collect = (one: string, before: string[]): string[] => [...before, one];

function notEmpty(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("Expected a text.");
  return text;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 3600))
    throw new InvalidArgumentError("Expected a number above 0, at most 3600.");
  return value;
}

function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 256)
    throw new InvalidArgumentError("Expected a whole number from 1 to 256.");
  return value;
}
