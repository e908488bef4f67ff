/** `npm run person -- export|delete WHO`: what the grader keeps on one person, to be given to her or deleted. */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { Command, CommanderError } from "commander";
import { Refused } from "../cli/refused.ts";
import { type Screen, screen } from "../cli/screen.ts";
import { course } from "../course.ts";
import type { Database } from "../gradebook/database/database.ts";
import { isAddress, openDatabase } from "../gradebook/database/open.ts";
import { plural } from "../plural.ts";
import { printableLine } from "../report/printable.ts";
import { isReportFolder } from "../report/report-folder.ts";
import { readRoster } from "../roster/roster.ts";
import { BEYOND, deleteHoldings } from "./delete.ts";
import { writeExport } from "./export.ts";
import { whoIs } from "./find.ts";
import { describeHoldings, findHoldings, type Holdings, isEmpty } from "./holdings.ts";

interface Options {
  readonly record: readonly string[];
  readonly database: readonly string[];
  readonly report: readonly string[];
  readonly roster?: string;
  readonly pseudonyms?: string;
  readonly out?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

const EXAMPLES = `
Examples:
  npm run person -- export ada@x.org --roster roster.csv --record reports/week-1-….jsonl --report reports/week-1 --out ada.zip
  npm run person -- delete s101 --roster roster.csv --database gradebook --report reports/week-1 --dry-run

Nothing is looked for but in the places that are named: give all of them. Let no run write into them meanwhile. A deletion that was interrupted
is given again.`;

const terminal = screen();
const FAULT = 2;

async function main(argv: readonly string[]): Promise<number> {
  if (process.env.npm_lifecycle_event === "person" && process.env.INIT_CWD)
    process.chdir(process.env.INIT_CWD);
  let code = 0;
  const program = new Command("person").description(
    "Exports or deletes what the grader keeps on one person.",
  );
  const begun = (name: string, about: string) =>
    program
      .command(name)
      .description(about)
      .argument("<who>", "a name, number, login or address; or what reports call her submission")
      .option("--record <file>", "the record of a run; may be given more than once", collect, [])
      .option(
        "--database <place>",
        "a gradebook: a folder, or postgres://…; may be given more than once",
        collect,
        [],
      )
      .option(
        "--report <folder>",
        "a report, and what was written with it; may be given more than once",
        collect,
        [],
      )
      .option("--roster <file>", "who is in the course: tells people of one name apart")
      .option("--pseudonyms <file>", "of anonymous reports, if not beside them")
      .addHelpText("after", EXAMPLES);
  begun("export", "Writes all of it as one archive with an index.")
    .requiredOption("--out <zip>", "the archive")
    .action(async (who: string, options: Options) => {
      code = await work(who, options, (holdings) => exportHoldings(who, options, holdings));
    });
  begun("delete", "Deletes all of it.")
    .option("--dry-run", "only list what would be deleted")
    .option("--yes", "do not ask")
    .action(async (who: string, options: Options) => {
      code = await work(who, options, (holdings) => remove(who, options, holdings));
    });
  const { out, err } = terminal;
  for (const one of [program, ...program.commands])
    one.exitOverride().configureOutput({ writeOut: out, writeErr: err });
  await program.parseAsync([...argv], { from: "user" });
  return code;
}

const collect = (one: string, before: string[]): string[] => [...before, one];

async function work(
  who: string,
  options: Options,
  then: (holdings: Holdings) => Promise<number>,
): Promise<number> {
  const { record, database, report, roster, pseudonyms } = options;
  if (record.length + database.length + report.length === 0)
    throw new Refused(
      "name the places: --record FILE, --database PLACE, --report FOLDER, as many as there are",
    );
  // A place that is misspelt would be told to hold nothing of her, and a database be made there.
  for (const folder of report)
    if (!(await isReportFolder(folder))) throw new Refused(`--report ${folder}: there is no report`);
  for (const place of database)
    if (!isAddress(place) && !existsSync(join(place, "PG_VERSION")))
      throw new Refused(`--database ${place}: there is no gradebook`);
  const list = roster === undefined ? undefined : readRoster(await readFile(roster), roster);
  const databases: Database[] = [];
  try {
    if (database.length > 0) {
      for (const place of database) databases.push(await openDatabase(place));
    }
    const places = {
      records: record,
      databases,
      reports: report,
      ...(pseudonyms !== undefined && { pseudonyms }),
    };
    const holdings = await findHoldings(whoIs(who, list), places);
    for (const line of describeHoldings(holdings)) terminal.out(`${printableLine(line)}\n`);
    return await then(holdings);
  } finally {
    for (const one of databases) if (!one.isHalted()) await one.close();
  }
}

async function exportHoldings(who: string, { out = "" }: Options, holdings: Holdings): Promise<number> {
  if (isEmpty(holdings)) throw new Refused(`nothing of ${who} is in these places`);
  const files = await writeExport(out, who, holdings, course);
  terminal.out(`${out}: ${plural(files, "file")} and an index\n`);
  return 0;
}

async function remove(who: string, { dryRun, yes, database }: Options, holdings: Holdings): Promise<number> {
  const nothing = isEmpty(holdings);
  if (nothing) terminal.out(`nothing of ${printableLine(who)} is in these places\n`);
  if (dryRun) {
    terminal.out(`nothing was deleted. Not reached by a deletion:\n${beyond()}`);
    return 0;
  }
  // A gradebook is cleaned all the same: an earlier deletion may have been interrupted before that.
  if (nothing && database.length === 0) return 0;
  if (!yes && !nothing && !(await isConfirmed(who, terminal))) {
    terminal.err("nothing was deleted\n");
    return FAULT;
  }
  await deleteHoldings(holdings, (step) => terminal.err(`${printableLine(step)} …\n`));
  terminal.out("deleted\n");
  const again = holdings.reports.filter(({ named, again }) => named && again !== "").map((one) => one.again);
  if (again.length > 0)
    terminal.out(
      `Reports are written again, without her, by\n${[...new Set(again)].map((one) => `  ${one}\n`).join("")}`,
    );
  terminal.out(`Not reached, and yours to see to:\n${beyond()}`);
  return 0;
}

const beyond = (): string => BEYOND.map((line) => `  - ${line}\n`).join("");

async function isConfirmed(who: string, { err }: Screen): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Refused("this cannot be undone: look with --dry-run, then add --yes");
  const asked = createInterface({ input: process.stdin, output: process.stdout });
  try {
    err("This cannot be undone. ");
    return (await asked.question(`Type ${who} to delete it: `)).trim() === who;
  } finally {
    asked.close();
  }
}

/** Errors that are the person's to mend; any other is ours, and its stack is shown. */
const EXPECTED = [
  "Refused",
  "NoRecord",
  "PointsError",
  "TableError",
  "FolderInUse",
  "NoDatabase",
  "DatabaseFull",
];

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : FAULT;
  else {
    const { name, message, stack } = error as Error;
    terminal.err(`${EXPECTED.includes(name) ? message : `It failed: ${stack}`}\n`);
    process.exitCode = FAULT;
  }
}
