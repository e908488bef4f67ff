/** What decides points besides the answer: a record is only continued by the grader that began it. */

import { createHash } from "node:crypto";
import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { courseFolder } from "../files/course-folder.ts";
import { KIT } from "../kit/manifest.ts";

/** The library counts, because answers may call it. A kit has no sources of the grader, and a list of all that it is made of. */
const FILES = ["grader/**/*.ts", "lib/**/*.ts", "package-lock.json", KIT];
/** Reading gives the answer itself; commands, gradebook, reports and exports come after the verdict. */
const OTHERWISE =
  /^grader\/(?:cli|exports|gradebook|marks|record|report|roster|submissions|tables)\/|\.(?:test|fixture|d)\.ts$/;

/** A hash over the sources of grader and library, and the versions of what they stand on. */
export async function courseDigest(project = courseFolder()): Promise<string> {
  const hash = createHash("sha256");
  const exclude = (path: string) => /(?:^|\/)(?:node_modules|dist|fixtures)$/.test(path);
  const found: string[] = [];
  for await (const name of glob(FILES, { cwd: project, exclude })) found.push(name);
  for (const path of found.map((name) => name.replaceAll("\\", "/")).sort()) {
    if (OTHERWISE.test(path)) continue;
    hash.update(`${path}\n`).update(await readFile(join(project, path)));
  }
  return hash.digest("base64url");
}
