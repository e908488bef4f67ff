/** What decides points besides the answer: a record is only continued by the grader that began it. */

import { createHash } from "node:crypto";
import { glob, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const PROJECT = dirname(dirname(import.meta.dirname));
/** The library counts, because answers may call it. */
const FILES = ["grader/**/*.ts", "lib/**/*.ts", "package-lock.json"];
/** Reading gives the answer itself; commands and reports come after the verdict. */
const OTHERWISE = /^grader\/(?:cli|report|record|submissions)\/|\.(?:test|fixture|d)\.ts$/;

/** A hash over the sources of grader and library, and the versions of what they stand on. */
export async function courseDigest(project = PROJECT): Promise<string> {
  const hash = createHash("sha256");
  const exclude = (path: string) => /(?:^|\/)(?:node_modules|dist|fixtures)$/.test(path);
  const found = await Array.fromAsync(glob(FILES, { cwd: project, exclude }));
  for (const path of found.map((name) => name.replaceAll("\\", "/")).sort()) {
    if (OTHERWISE.test(path)) continue;
    hash.update(`${path}\n`).update(await readFile(join(project, path)));
  }
  return hash.digest("base64url");
}
