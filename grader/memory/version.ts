/** Which version of an exercise was checked: what is asked, and how it is judged. */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { AnyExercise } from "../exercise.ts";
import { courseFolder } from "../files/course-folder.ts";
import { typeText } from "../harness/kinds.ts";
import { kitManifest } from "../kit/manifest.ts";

/** Parts that decide what is said about a wrong answer, and never whether it is one. */
const WORDS = /\.(?:misconceptions|ingredients|shows)\.ts$/;

/**
 * A hash of the statement, its numbers, the signatures, the checks' names and points, and the files of the exercise beside its main one, which holds
 * hints. Another word in a hint is no other version. A kit has no such files: its manifest says the version.
 */
export function exerciseVersion(
  { id, statement, signatures, checks, path, variants }: AnyExercise,
  root: string = courseFolder(),
): string {
  const inKit = kitManifest(root)?.exercises[id];
  if (inKit) return inKit.version;
  const hash = createHash("sha256").update(statement);
  for (const [name, kind] of Object.entries(signatures)) hash.update(`\0${name} ${typeText(kind as never)}`);
  for (const { name, points } of checks) hash.update(`\0${points} ${name}`);
  if (variants) hash.update(`\0${JSON.stringify(variants.numbers)}`);
  const folder = join(root, "grader", "exercises", dirname(path));
  const own = existsSync(folder) ? readdirSync(folder) : [];
  for (const name of own.filter((name) => name.startsWith(`${basename(path)}.`)).sort()) {
    if (name === `${basename(path)}.ts` || WORDS.test(name) || !name.endsWith(".ts")) continue;
    hash.update(`\0${name}\0${readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n")}`);
  }
  return hash.digest("base64url").slice(0, 12);
}
