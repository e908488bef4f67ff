/** `npm run build`: writes the exercises and notebooks from their sources. */

import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Command, CommanderError } from "commander";
import { writeAtomically } from "../../lib/ground/write-atomically.ts";
import { keepCopies } from "./backup.ts";
import { type GeneratedFile, generatedFiles } from "./generated.ts";

const root = join(import.meta.dirname, "../..");

type State = "current" | "stale" | "edited";

function stateOf(file: GeneratedFile): State {
  const path = join(root, file.path);
  if (!existsSync(path)) return "stale";
  const present = readFileSync(path, "utf8").replace(/\r\n/g, "\n");
  if (present === file.text) return "current";
  return file.isUntouched(present) ? "stale" : "edited";
}

function write(file: GeneratedFile): void {
  const path = join(root, file.path);
  mkdirSync(dirname(path), { recursive: true });
  writeAtomically(path, file.text);
}

function inStates() {
  const files = generatedFiles(root).map((file) => ({ file, state: stateOf(file) }));
  const among = (state: State) => files.filter((one) => one.state === state).map(({ file }) => file);
  return { total: files.length, stale: among("stale"), edited: among("edited") };
}

/** Says what is stale; edited files pass, but not in CI, where the committed ones must be what the sources give. */
function check(): number {
  const { total, stale, edited } = inStates();
  const wrong = process.env.CI ? [...stale, ...edited] : stale;
  for (const { path } of wrong) console.error(`stale: ${path}; run npm run build and commit the result`);
  if (wrong.length === 0) console.log(`${total} generated files are current`);
  return wrong.length === 0 ? 0 : 1;
}

function build(force: boolean): number {
  const { total, stale, edited } = inStates();
  if (force && edited.length > 0) {
    const folder = keepCopies(
      root,
      edited.map(({ path }) => path),
    );
    for (const { path } of edited) console.log(`kept a copy of ${path} in ${folder}/`);
  }
  const written = force ? [...stale, ...edited] : stale;
  for (const file of written) {
    write(file);
    console.log(`wrote ${file.path}`);
  }
  const kept = force ? [] : edited;
  for (const { path } of kept) {
    console.error(`kept ${path}: somebody has written in it; --force replaces it, and keeps a copy`);
  }
  if (written.length === 0 && kept.length === 0) console.log(`${total} generated files are current`);
  return kept.length === 0 ? 0 : 1;
}

const command = new Command("npm run build --")
  .description(
    "Writes exercises/ and the notebooks from solutions/ and notebooks/*.ts. A file in which somebody has written is kept.",
  )
  .option("--check", "write nothing; exit code 1 if a file is not what its source gives")
  .option("--force", "replace edited files too; a copy of each is put into backups/ first")
  .addHelpText(
    "after",
    "\nExit code: 0 done, 1 a file was kept (or is stale, with --check), 2 unknown option.",
  )
  .allowExcessArguments(false)
  .showHelpAfterError()
  .exitOverride();

try {
  command.parse();
  const { check: onlyCheck, force = false } = command.opts<{ check?: boolean; force?: boolean }>();
  process.exitCode = onlyCheck ? check() : build(force);
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
