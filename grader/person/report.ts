/** One person in the folder of a report, and in the files that were written with it. */

import { readdir, readFile, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { placeOfPseudonyms } from "../anonymous/pseudonyms.ts";
import { tableAt } from "../by-hand/find.ts";
import type { FilledRow } from "../by-hand/row.ts";
import { TABLE, tableText } from "../by-hand/table.ts";
import { writeWhole } from "../files/write-whole.ts";
import { escapeHTML } from "../report/escape.ts";
import { slugOf } from "../report/page-names.ts";
import { printable } from "../report/printable.ts";
import { filesOf, sourceOf, withdrawReport, withReportLock } from "../report/report-folder.ts";
import { isNamed } from "./layouts.ts";

export interface InReport {
  readonly folder: string;
  /** Its pages name her: all of it is withdrawn, and written again by this command. */
  readonly named: boolean;
  readonly again: string;
  /** Of the table of points. */
  readonly rows: readonly FilledRow[];
  /** Other files of the same run in which she is: JSON, feedback, exports. */
  readonly written: readonly string[];
  /** The file of pseudonyms and what she is called in it. */
  readonly pseudonyms?: { readonly path: string; readonly hers: readonly string[] };
}

/**
 * @param submissions What her submissions are called.
 * @param names Whatever else she is called.
 */
export async function findInReport(
  folder: string,
  submissions: readonly string[],
  names: readonly string[],
  pseudonymsAt?: string,
): Promise<InReport> {
  const source = await sourceOf(folder);
  const pseudonyms = await pseudonymsOf(folder, [...submissions, ...names], pseudonymsAt);
  const called = [...submissions, ...names, ...(pseudonyms?.hers ?? [])];
  const own = new Set([...submissions, ...(pseudonyms?.hers ?? [])].map((name) => printable(name).trim()));
  const table = await tableAt(join(folder, TABLE));
  const rows = (table?.rows ?? []).filter(({ submission }) => own.has(submission.trim()));
  const written: string[] = [];
  for (const path of source?.written ?? []) written.push(...(await namedFiles(path, called)));
  let named = rows.length > 0;
  for (const path of await filesOf(folder))
    named ||= path !== TABLE && (await isFileNamed(join(folder, path), called));
  return { folder, named, again: source?.again ?? "", rows, written, ...(pseudonyms && { pseudonyms }) };
}

/** What names her is removed, or written anew without her; a report as a whole, since each of its pages tells of the class. */
export async function removeFromReport({ folder, named, rows, written }: InReport): Promise<void> {
  for (const path of written) await rm(path, { force: true });
  if (!named) return;
  await withReportLock(folder, async () => {
    const table = await tableAt(join(folder, TABLE));
    const gone = new Set(rows.map(({ number }) => number));
    const kept = (table?.rows ?? []).filter(({ number }) => !gone.has(number));
    if (rows.length > 0) await writeWhole(join(folder, TABLE), tableText(kept));
    await withdrawReport(folder, [TABLE]);
  });
}

async function pseudonymsOf(folder: string, called: readonly string[], at?: string) {
  const path = placeOfPseudonyms({ html: folder, ...(at !== undefined && { pseudonyms: at }) });
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const lower = new Set(called.map((one) => one.toLowerCase()));
  const { people = {} } = JSON.parse(text) as { people?: Record<string, Record<string, string>> };
  const hers = Object.entries(people)
    .filter(([, known]) => Object.values(known).some((value) => lower.has(value.toLowerCase())))
    .map(([pseudonym]) => pseudonym);
  return { path, hers };
}

/** Once all reports that show it are withdrawn: it is what they know her by. */
export async function removePseudonyms(path: string, hers: readonly string[]): Promise<void> {
  const file = JSON.parse(await readFile(path, "utf8")) as { people: Record<string, unknown> };
  for (const pseudonym of hers) delete file.people[pseudonym];
  await writeWhole(path, `${JSON.stringify(file, undefined, 1)}\n`);
}

/** A file, or those of a folder, that name her; archives always, as nothing is seen of what is packed in them. */
async function namedFiles(path: string, called: readonly string[]): Promise<string[]> {
  const about = await stat(path).catch(() => undefined);
  if (!about) return [];
  const files = about.isDirectory() ? (await readdir(path)).map((name) => join(path, name)) : [path];
  const named: string[] = [];
  // As files that are written for each submission are called.
  const slugs = called.map(slugOf).filter((slug) => slug.length >= 4);
  const isCalled = (file: string) => isNamed(slugOf(basename(file)), slugs);
  for (const file of files)
    if (/\.zip$/i.test(file) || isCalled(file) || (await isFileNamed(file, called))) named.push(file);
  return named;
}

async function isFileNamed(path: string, called: readonly string[]): Promise<boolean> {
  if (isNamed(path, called)) return true;
  if (/\.(?:css|woff2)$|plotly/.test(path)) return false;
  const text = await readFile(path, "utf8").catch(() => "");
  // As pages and JSON write it.
  return isNamed(text, [
    ...called,
    ...called.map(escapeHTML),
    ...called.map((one) => JSON.stringify(one).slice(1, -1)),
  ]);
}
