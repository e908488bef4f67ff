/**
 * `npm run build`: writes the exercises and notebooks from their sources. `--check` writes nothing and fails if a file is stale.
 *
 * A file in which somebody has written is never overwritten without `--force`; `--check` lets it pass, but not in CI, where the
 * committed files must be exactly what the sources give.
 */

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { type GeneratedFile, generatedFiles } from "./generated.ts";

const root = join(import.meta.dirname, "../..");
const { values } = parseArgs({ options: { check: { type: "boolean" }, force: { type: "boolean" } } });

type State = "current" | "stale" | "edited";

function stateOf(file: GeneratedFile): State {
  const path = join(root, file.path);
  if (!existsSync(path)) return "stale";
  const present = readFileSync(path, "utf8").replace(/\r\n/g, "\n");
  if (present === file.text) return "current";
  return file.untouched(present) ? "stale" : "edited";
}

function write(file: GeneratedFile): void {
  const path = join(root, file.path);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, file.text);
  renameSync(`${path}.new`, path);
}

const files = generatedFiles(root).map((file) => ({ file, state: stateOf(file) }));
const stale = files.filter(({ state }) => state === "stale");
const edited = files.filter(({ state }) => state === "edited");

if (values.check) {
  const wrong = process.env.CI ? [...stale, ...edited] : stale;
  for (const { file } of wrong) console.error(`stale: ${file.path}; run npm run build and commit the result`);
  if (wrong.length === 0) console.log(`${files.length} generated files are current`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} else {
  const written = values.force ? [...stale, ...edited] : stale;
  for (const { file } of written) {
    write(file);
    console.log(`wrote ${file.path}`);
  }
  const kept = values.force ? [] : edited;
  for (const { file } of kept)
    console.error(`kept ${file.path}: somebody has written in it; --force overwrites it`);
  if (written.length === 0 && kept.length === 0) console.log(`${files.length} generated files are current`);
  process.exitCode = kept.length === 0 ? 0 : 1;
}
