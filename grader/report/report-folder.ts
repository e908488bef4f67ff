/**
 * The folder of an HTML report. It holds a list of the files that are ours; nothing else in it is ever touched. A new report is written in a
 * hidden folder inside and takes the earlier one's place when it is whole, one run at a time: of two runs into one folder, the one that is
 * ready last stays.
 */

import { randomBytes } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, normalize } from "node:path";
import { withLock } from "../files/lock.ts";
import { writeWhole } from "../files/write-whole.ts";

const OURS = ".flowlab-report";
const MANIFEST = `${OURS}.json`;
const LOCK = `${OURS}.lock`;
const INDEX = "index.html";
/** After which what a killed run left is removed. */
const DAY_MS = 24 * 3600 * 1000;

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
  if (inside.some((name) => !name.startsWith(OURS)) && !inside.includes(MANIFEST)) {
    throw new ReportFolderError(
      `${folder} holds other files and no earlier report; name an empty or a new folder`,
    );
  }
}

/** A report that is being written. Paths are inside the report, with `/`. */
export interface Draft {
  write(path: string, content: string): Promise<void>;
  copy(path: string, source: string): Promise<void>;
  /** Puts the report, which has to have an `index.html`, in the earlier one's place. */
  publish(): Promise<void>;
  /** Removes what has not been published. */
  discard(): Promise<void>;
}

/** @throws ReportFolderError */
export async function draftReport(folder: string): Promise<Draft> {
  await checkReportFolder(folder);
  const draft = join(folder, `${OURS}-${randomBytes(6).toString("hex")}`);
  await mkdir(draft, { recursive: true });
  await removeAbandoned(folder);
  const files = new Set<string>();
  return {
    async write(path, content) {
      files.add(path);
      await writeWhole(join(draft, path), content);
    },
    async copy(path, source) {
      files.add(path);
      await mkdir(dirname(join(draft, path)), { recursive: true });
      await copyFile(source, join(draft, path));
    },
    publish: () => withLock(join(folder, LOCK), () => replaceReport(folder, draft, files)),
    discard: () => rm(draft, { recursive: true, force: true }),
  };
}

/** While pages of two reports lie side by side there is no index, so that none leads to the wrong ones: also if we end here. */
async function replaceReport(folder: string, draft: string, files: ReadonlySet<string>): Promise<void> {
  const old = await oldFiles(folder);
  await writeManifest(folder, [...new Set([...old, ...files])]);
  if (old.includes(INDEX)) await rm(join(folder, INDEX), { force: true });
  const move = async (path: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await rename(join(draft, path), join(folder, path));
  };
  for (const path of files) if (path !== INDEX) await move(path);
  for (const path of old) if (!files.has(path)) await rm(join(folder, path), { force: true });
  await move(INDEX);
  await writeManifest(folder, [...files]);
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${OURS}-`)) continue;
    const about = await stat(join(folder, name)).catch(() => undefined);
    if (about && Date.now() - about.mtimeMs > DAY_MS)
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Files of the report that is there, if any. */
async function oldFiles(folder: string): Promise<string[]> {
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

async function writeManifest(folder: string, files: readonly string[]): Promise<void> {
  await writeWhole(
    join(folder, MANIFEST),
    `${JSON.stringify({ report: "flowlab-grader", version: 1, files }, null, 1)}\n`,
  );
}
