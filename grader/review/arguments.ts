/** What `npm run review -- …` was told. */

import { Command, InvalidArgumentError, Option } from "commander";
import type { Screen } from "../cli/screen.ts";
import { printableLine } from "../report/printable.ts";

export interface ReviewArguments {
  /** The folder of a report, or the record that it was written from. */
  readonly report: string;
  readonly port: number;
  readonly anonymous: boolean;
  /** Kept with each entry. */
  readonly reviewer?: string;
}

const EXAMPLES = `
Examples:
  npm run review -- reports/week-1                 the texts that wait for a person, and every check
  npm run review -- reports/week-1 --anonymous     without names

The page is for this machine only, and for whoever knows the address that is printed. Points and remarks go into the report's
points-by-hand.csv as soon as they are given; a spreadsheet, and other reviews of the same report, may write there, too.`;

/** @throws CommanderError also for --help, with exit code 0. */
export function reviewArguments(argv: readonly string[], { out, err }: Screen): ReviewArguments {
  const command = new Command("review")
    .description("Shows what a person has to judge, on a page in the browser, and keeps her points.")
    .argument("<report>", "the folder of a report, or the record (.jsonl) that it was written from")
    .addOption(
      new Option("--port <n>", "of the page (default: any that is free)")
        .argParser(portNumber)
        .default(0, ""),
    )
    .option(
      "--anonymous",
      "show no names and no file names, in an order that tells nothing (a report that was written with --anonymous shows its pseudonyms)",
      false,
    )
    .addOption(
      new Option(
        "--reviewer <name>",
        "who you are: kept with each of your entries, in the column reviewer",
      ).argParser(reviewerName),
    )
    .addHelpText("after", EXAMPLES)
    .showHelpAfterError("Run npm run review -- --help to see every option.")
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err })
    .parse([...argv], { from: "user" });
  return { report: command.args[0] as string, ...command.opts<Omit<ReviewArguments, "report">>() };
}

function reviewerName(text: string): string {
  const name = printableLine(text).trim();
  if (name === "" || name.length > 80)
    throw new InvalidArgumentError("Expected a name of up to 80 characters.");
  return name;
}

function portNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535)
    throw new InvalidArgumentError("Expected a whole number from 1 to 65535.");
  return value;
}
