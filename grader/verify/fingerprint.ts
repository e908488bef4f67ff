/** A hash of all that one exercise's verdict depends on: its files, and those of the engine, with what they import. */

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { AnyExercise } from "../exercise.ts";
import { type ReadSource, reachable, readOnce } from "./imports.ts";
import { rightFile } from "./part.ts";
import type { Seeds } from "./share.ts";

/** Of an exercise's own files and of what tries them, under these seeds. */
export function verdictKey(
  root: string,
  { path, file, variants }: Pick<AnyExercise, "path" | "file" | "variants">,
  seeds: Seeds,
  source?: ReadSource,
): string {
  const answer = file ? [digestOf(rightFile({ path, file }, root))] : [];
  const files = ["grader/exercises", "solutions", "exercises"].map((folder) => `${folder}/${path}.ts`);
  const others = variants ? [`solutions/${path}.variants.ts`] : [];
  return fingerprint(
    root,
    ["grader/verify/threads/worker.ts", ...files, ...others],
    [JSON.stringify(seeds), ...answer],
    source,
  );
}

const digestOf = (file: string): string =>
  existsSync(file) ? createHash("sha256").update(readFileSync(file)).digest("hex") : "none";

/**
 * @param entries Files whose text and whose imports count, to whatever depth.
 * @param also Anything else that counts.
 * @throws Error if an entry or a relative import of one does not exist.
 */
export function fingerprint(
  root: string,
  entries: readonly string[],
  also: readonly string[] = [],
  source: ReadSource = readOnce(),
): string {
  const hash = createHash("sha256");
  for (const text of [process.version, lockfile(root), ...also]) hash.update(`${text}\0`);
  for (const file of [...reachable(root, entries, source)].sort())
    hash.update(`${relative(root, file)}\0${source(file).text}\0`);
  return hash.digest("hex");
}

/** Packages of others count by their versions. */
function lockfile(root: string): string {
  const file = join(root, "package-lock.json");
  return existsSync(file) ? createHash("sha256").update(readFileSync(file)).digest("hex") : "";
}
