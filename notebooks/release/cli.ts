/** `npm run release -- --out kit.zip`: a copy of the course for learners, or with `--autograder` for a platform that grades with it. */

import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { screen } from "../../grader/cli/screen.ts";
import type { AnyExercise } from "../../grader/exercise.ts";
import { writeWhole } from "../../grader/files/write-whole.ts";
import { plural } from "../../grader/plural.ts";
import { readRoster } from "../../grader/roster/roster.ts";
import { TableError } from "../../grader/tables/cells.ts";
import { readOrMakeSecret, SecretError } from "../../grader/variants/secret.ts";
import { archive } from "./archive.ts";
import { autograder, PLATFORMS, type Platform } from "./autograder/autograder.ts";
import { releaseClass } from "./class.ts";
import { type KitOptions, kitFiles, kitMaker } from "./kit.ts";

const root = join(import.meta.dirname, "../..");
const { out, err } = screen();

interface Arguments {
  readonly out: string;
  readonly chapters?: string[];
  readonly holdBack: HeldBack;
  readonly autograder?: Platform;
  readonly exercise: string[];
  /** The file of the secret that each learner's numbers are drawn from. */
  readonly variants?: string;
  readonly roster?: string;
}
type HeldBack = Record<string, number[]>;

const EXAMPLES = `
Examples:
  npm run release -- --out kit.zip                         the whole course
  npm run release -- --out week-1.zip --chapters 01        one chapter
  npm run release -- --out kit.zip --hold-back 16.1:3 --hold-back 1D.sampling:2,4
                                                           without check 3 of exercise 16.1, and two of 1D.sampling: they
                                                           are run when you grade
  npm run release -- --autograder gradescope --out autograder.zip --exercise 16.1 --exercise 16.2
                                                           for Gradescope, which then grades these two
  npm run release -- --out kits --variants class.secret --roster roster.csv
                                                           a kit for each learner, with numbers of her own; class.secret is
                                                           made at the first use: keep it, grading needs it`;

function readArguments(argv: readonly string[]): Arguments {
  return new Command("release")
    .description("Makes a kit for learners: the course without solutions, as a zip archive.")
    .requiredOption("--out <file>", "the archive to write; with --variants the folder of all of them")
    .option("--chapters <list>", "only these: 01,02", (text: string) =>
      text.split(",").map((name) => name.trim()),
    )
    .option(
      "--hold-back <id:places>",
      "checks of an exercise that are not in the kit, counted from 1",
      addHeldBack,
      {},
    )
    .addOption(
      new Option(
        "--autograder <platform>",
        "not for learners: for a platform that grades with it, as it is uploaded there",
      ).choices(PLATFORMS),
    )
    .option(
      "--exercise <id>",
      "with --autograder: only this exercise is graded; may be given more than once",
      (id: string, before: string[]) => [...before, id],
      [],
    )
    .option("--variants <file>", "a kit for each learner, with numbers drawn from the secret in this file")
    .option("--roster <file>", "with --variants: who is in the course")
    .addHelpText("after", EXAMPLES)
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err })
    .parse([...argv], { from: "user" })
    .opts<Arguments>();
}

function addHeldBack(text: string, before: HeldBack): HeldBack {
  const [, id, places] = /^(.+):(\d+(?:,\d+)*)$/.exec(text) ?? [];
  if (id === undefined || places === undefined)
    throw new InvalidArgumentError(
      "Expected an exercise and the places of its checks: 16.1:3 or 1D.sampling:2,4.",
    );
  return { ...before, [id]: [...(before[id] ?? []), ...places.split(",").map(Number)] };
}

/** The commit and its day; undefined where there is no git, or the course is no clone. */
function commitNow(): { readonly id: string; readonly day: Date } | undefined {
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  try {
    const isChanged = git("status", "--porcelain", "--untracked-files=no") !== "";
    const [year, month, day] = git("log", "-1", "--format=%cs").split("-").map(Number) as [
      number,
      number,
      number,
    ];
    return { id: `${git("rev-parse", "HEAD")}${isChanged ? "+" : ""}`, day: new Date(year, month - 1, day) };
  } catch {
    return undefined;
  }
}

async function main(): Promise<number> {
  try {
    const given = readArguments(process.argv.slice(2));
    const commit = commitNow();
    const options: KitOptions = {
      ...(given.chapters && { chapters: given.chapters }),
      heldBack: given.holdBack,
      ...(commit && { commit: commit.id }),
    };
    if (given.variants !== undefined || given.roster !== undefined)
      await writeClass(given, options, commit?.day);
    else await writeOne(given, options, commit?.day);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    const isTheirs = [RangeError, SecretError, TableError].some((kind) => error instanceof kind);
    if (!isTheirs) throw error;
    err(`${(error as Error).message}\n`);
    return 2;
  }
}

/** npm runs scripts in the course's folder; paths are meant from where the person is. */
const fromHere = (path: string): string => resolve(process.env.INIT_CWD ?? ".", path);

async function writeOne(given: Arguments, options: KitOptions, day: Date | undefined): Promise<void> {
  const kit = await kitFiles(root, options);
  if (given.exercise.length > 0 && given.autograder === undefined)
    throw new RangeError("--exercise says what an autograder grades; for a kit, name --chapters");
  const { files, programs } = given.autograder
    ? autograder(given.autograder, kit, given.exercise)
    : { files: kit, programs: new Set<string>() };
  const layout = given.autograder ? { top: "", programs } : {};
  const bytes = await archive(files, day, layout);
  await writeWhole(fromHere(given.out), bytes);
  out(`${given.out}: ${plural(files.size, "file")}, ${(bytes.length / 1e6).toFixed(1)} MB\n`);
}

async function writeClass(given: Arguments, options: KitOptions, day: Date | undefined): Promise<void> {
  const { variants, roster: list } = given;
  if (variants === undefined || list === undefined)
    throw new RangeError(
      "--variants FILE and --roster FILE belong together: the secret that numbers are drawn from, and who is to have them",
    );
  if (given.autograder !== undefined)
    throw new RangeError(
      "--autograder and --variants: a platform's autograder does not know whose numbers are whose; grade what you collect with npm run grade -- --variants",
    );
  if (/\.zip$/i.test(given.out))
    throw new RangeError(
      `--out ${given.out}: expected a folder, as --variants makes a kit for each learner; leave .zip out`,
    );
  const bytes = await readFile(fromHere(list)).catch((error: Error) => {
    throw new RangeError(`--roster ${list} cannot be read: ${error.message}`);
  });
  const roster = readRoster(bytes, list);
  const { secret, made } = await readOrMakeSecret(fromHere(variants));
  if (made)
    out(`${variants}: a new secret. Keep it, and a copy: without it nobody can grade by these numbers\n`);
  const released = await releaseClass(
    await kitMaker(root, options),
    roster,
    secret,
    fromHere(given.out),
    day,
  );
  const ids = (list: readonly AnyExercise[]) => list.map(({ id }) => id).join(", ");
  out(`${given.out}: ${plural(released.archives.length, "kit")}, one for each learner of ${list}\n`);
  out(`each learner's own numbers: ${ids(released.own)}\n`);
  if (released.same.length > 0) out(`the same for everybody: ${ids(released.same)}\n`);
  out(`grade with --variants ${variants} --roster ${list}\n`);
}

process.exitCode = await main();
