/** The folder of an HTML report. It holds a list of the files that are ours; nothing else in it is ever touched. */

import { readdir, readFile, stat } from "node:fs/promises";
import { isAbsolute, join, normalize } from "node:path";
import { writeWhole } from "./atomic.ts";

const MANIFEST = ".flowlab-report.json";

export class ReportFolderError extends Error {
  override readonly name = "ReportFolderError";
}

/** @throws ReportFolderError if a report cannot go there without mixing with somebody's files. */
export async function checkReportFolder(folder: string): Promise<void> {
  const about = await stat(folder).catch(() => undefined);
  if (!about) return;
  if (!about.isDirectory())
    throw new ReportFolderError(`${folder} is a file; name a folder for the HTML report`);
  const inside = await readdir(folder);
  if (inside.length > 0 && !inside.includes(MANIFEST)) {
    throw new ReportFolderError(
      `${folder} holds other files and no earlier report; name an empty or a new folder`,
    );
  }
}

/** Files of the report that is there, if any. */
export async function oldFiles(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, MANIFEST), "utf8").catch(() => "{}");
  try {
    const { files } = JSON.parse(text) as { files?: unknown };
    return Array.isArray(files) ? files.filter(isInside) : [];
  } catch {
    return [];
  }
}

/** A path that stays in the folder: the list may have been edited. */
const isInside = (path: unknown): path is string =>
  typeof path === "string" && path !== "" && !isAbsolute(path) && !normalize(path).startsWith("..");

export async function writeManifest(folder: string, files: readonly string[]): Promise<void> {
  await writeWhole(
    join(folder, MANIFEST),
    `${JSON.stringify({ report: "flowlab-grader", version: 1, files }, null, 1)}\n`,
  );
}
