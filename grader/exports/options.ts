/** Options of a class: who is in it, and the files that its marks go out in. */

import type { Command } from "commander";
import type { ClassArguments } from "../marks/class-files.ts";
import type { ExportArguments } from "./asked.ts";
import { EXPORTS } from "./registry.ts";

export interface FeedbackArguments {
  readonly feedback?: string;
}

export type ClassOptions = ClassArguments & ExportArguments & FeedbackArguments;

const FORMATS = EXPORTS.map(({ name, description }) => `  ${name.padEnd(17)}${description}`).join("\n");

const collect = (value: string, values: readonly string[]): string[] => [...values, value];

export function addClassOptions(command: Command): Command {
  return command
    .option(
      "--roster <file>",
      "who is in the course: a CSV with some of id, name, login, email, group, section",
    )
    .option(
      "--groups",
      "what one member of a group handed in counts for all (column group of the roster)",
      false,
    )
    .option(
      "--course <file>",
      "the course's rules, course.yaml: deadlines, late policy, drops, what counts how much",
    )
    .option("--times <file>", "when people handed in: a CSV with time and who, or Moodle's worksheet")
    .option("--feedback <zip>", "each learner's page as the archive that Moodle and Canvas take back")
    .option(
      "--export <format=file>",
      "write the marks for a platform (below); may be given more than once",
      collect,
      [],
    )
    .option(
      "--merge <format=file>",
      "the platform's own download that canvas and moodle put the marks into",
      collect,
      [],
    )
    .option("--column <title>", "of Canvas's gradebook, in which the marks go: its title or its number")
    .option("--scale", "scale marks to the platform's maximum, where that is another", false)
    .option("--provisional", "export also marks that are not certain yet, as far as they are", false)
    .option("--assignment <title>", "what junit and nbgrader call this run")
    .addHelpText("after", `\nFormats for --export:\n${FORMATS}`);
}
