/**
 * The folder of an HTML report. It holds a list of the files that are ours; nothing else in it is ever touched. A new report is written in a
 * hidden folder inside and takes the earlier one's place when it is whole, one run at a time: of two runs into one folder, the one that is
 * ready last stays.
 */

import { randomBytes } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, normalize, relative, resolve } from "node:path";
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

/** Where a report comes from. */
export interface Source {
  /** The record of the run. */
  readonly record: string;
  /** The command that writes the reports again. */
  readonly again: string;
  /** It shows pseudonyms. */
  readonly anonymous?: boolean;
  /** Whom the roster calls what, by the names of their submissions. */
  readonly learners?: Readonly<Record<string, string>>;
  /** Other files that were written of the same run: JSON, feedback, exports. */
  readonly written?: readonly string[];
}

/** While nobody else writes a report, or points, into this folder. */
export const withReportLock = <T>(folder: string, work: () => Promise<T>): Promise<T> =>
  withLock(join(folder, LOCK), work);

/** What the report in this folder was written from; undefined where there is none, or it does not say. */
export async function sourceOf(folder: string): Promise<Source | undefined> {
  const { source } = await manifestOf(folder);
  const { record, again, anonymous, learners, written } = (source ?? {}) as Partial<
    Record<keyof Source, unknown>
  >;
  if (typeof record !== "string") return undefined;
  const beside = Array.isArray(written) ? written.filter((path) => typeof path === "string") : [];
  return {
    record: resolve(folder, record),
    again: typeof again === "string" ? again : "",
    ...(anonymous === true && { anonymous }),
    ...(learners !== undefined && { learners: textsOf(learners) }),
    ...(beside.length > 0 && { written: beside.map((path) => resolve(folder, path)) }),
  };
}

const textsOf = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(Object(value)).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );

export const isReportFolder = (folder: string): Promise<boolean> =>
  stat(join(folder, MANIFEST)).then(
    () => true,
    () => false,
  );

/** What the report of this folder consists of, by its own list. */
export const filesOf = (folder: string): Promise<string[]> => oldFiles(folder);

/**
 * Removes the report, with what is being written of another one, and keeps from where and by which command it is written again. Under the
 * report's lock.
 *
 * @param kept Files that stay.
 */
export async function withdrawReport(folder: string, kept: readonly string[]): Promise<void> {
  const { learners: _, ...source } = Object((await manifestOf(folder)).source) as Partial<Source>;
  for (const name of await readdir(folder))
    if (name.startsWith(`${OURS}-`)) await rm(join(folder, name), { recursive: true, force: true });
  // The index first: while pages are missing, none leads to them.
  const gone = (await oldFiles(folder)).filter((path) => !kept.includes(path));
  for (const path of [INDEX, ...gone]) await rm(join(folder, path), { force: true });
  const text = { report: "flowlab-grader", version: 1, source, files: kept };
  await writeWhole(join(folder, MANIFEST), `${JSON.stringify(text, null, 1)}\n`);
}

/** A report that is being written. Paths are inside the report, with `/`. */
export interface Draft {
  write(path: string, content: string | AsyncIterable<string>): Promise<void>;
  copy(path: string, source: string): Promise<void>;
  /**
   * Puts the report, which has to have an `index.html`, in the earlier one's place.
   *
   * @param source What it was written from, for whoever finds the report later.
   * @param ready Asked when nobody else may write there any more: throws where the report is not to be put there after all.
   */
  publish(source?: Source, ready?: () => Promise<void>): Promise<void>;
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
    publish: (source, ready = async () => {}) =>
      withReportLock(folder, async () => {
        await ready();
        await replaceReport(folder, draft, files, source);
      }),
    discard: () => rm(draft, { recursive: true, force: true }),
  };
}

/** While pages of two reports lie side by side there is no index, so that none leads to the wrong ones: also if we end here. */
async function replaceReport(
  folder: string,
  draft: string,
  files: ReadonlySet<string>,
  source?: Source,
): Promise<void> {
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
  // Relative, so that report and record may move together.
  const inside = (path: string) => relative(resolve(folder), resolve(path));
  const from = source && {
    ...source,
    record: inside(source.record),
    ...(source.written && { written: source.written.map(inside) }),
  };
  await writeManifest(folder, [...files], from);
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
  const { files } = await manifestOf(folder);
  return Array.isArray(files) ? files.filter(isInside) : [];
}

async function manifestOf(folder: string): Promise<{ readonly files?: unknown; readonly source?: unknown }> {
  const text = await readFile(join(folder, MANIFEST), "utf8").catch(() => "{}");
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

/** A path that stays in the folder: the list may have been edited. */
const isInside = (path: unknown): path is string =>
  typeof path === "string" && path !== "" && !isAbsolute(path) && !normalize(path).startsWith("..");

async function writeManifest(folder: string, files: readonly string[], source?: Source): Promise<void> {
  await writeWhole(
    join(folder, MANIFEST),
    `${JSON.stringify({ report: "flowlab-grader", version: 1, source, files }, null, 1)}\n`,
  );
}
