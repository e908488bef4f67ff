/** What a kit takes from the course as it is: the library, the kernel, and what sets both up. */

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDERS = ["lib", "setup", "notebooks/kernel", "grader/report"];
const FILES = ["LICENSE", ".gitignore", "grader/package.json", "lib/package.json"];

/** For maintainers only. */
const STAYS =
  /\.(?:test|fixture)\.[jt]s$|\.secret$|\.(?:d\.ts\.map|tsbuildinfo)$|\/(?:testing|contract|gallery)\/|\/tsconfig[\w.]*\.json$|^setup\/(?:check|compile|run-tool)\.js$|^setup\/processes\/(?:checks|side-by-side)\.js$/;
/** Of the grader only what is no program; the programs are compiled. */
const IN_REPORT = /\/(?:assets|templates)\/|\.json$/;

/** Files by their paths, with `/`. `lib/dist` has to be current. */
export function courseFiles(root: string): Map<string, Uint8Array> {
  const exclude = (path: string) => /(?:^|[\\/])(?:node_modules|__pycache__)$/.test(path);
  const found = FOLDERS.flatMap((folder) => globSync(`${folder}/**/*.*`, { cwd: root, exclude }))
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !STAYS.test(path));
  const files = found.filter((path) => !path.startsWith("grader/") || IN_REPORT.test(path));
  return new Map([...files, ...FILES].map((path) => [placeOf(path), content(root, path)]));
}

/** Compiled programs look for what they read beside themselves. */
const placeOf = (path: string): string => path.replace(/^grader\/report\//, "grader/dist/report/");

/** Text with the ends of lines that git has, so that a kit made on Windows is the same. */
function content(root: string, path: string): Uint8Array {
  const bytes = readFileSync(join(root, path));
  return bytes.includes(0) ? bytes : Buffer.from(bytes.toString("utf8").replaceAll("\r\n", "\n"));
}
