/** Writes what was asked for. What cannot be written is said, and costs none of the others. */

import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { writeWhole } from "../files/write-whole.ts";
import type { ClassMarks } from "../marks/mark.ts";
import { plural } from "../plural.ts";
import type { GradedRun } from "../record/read.ts";
import type { AskedExport, AskedExports } from "./asked.ts";
import { ExportError, type ExportOptions, type SubmissionExport } from "./export.ts";

export interface WrittenExport {
  /** `canvas: marks.csv`, or why not. */
  readonly text: string;
  readonly written: boolean;
  readonly notes: readonly string[];
}

/** @param pages What the report's page of each submission is called; other files of it are called alike. */
export async function writeExports(
  run: GradedRun,
  marks: ClassMarks,
  { exports, options }: AskedExports,
  pages: readonly string[],
): Promise<WrittenExport[]> {
  const all: WrittenExport[] = [];
  for (const asked of exports) {
    const { format, path } = asked;
    try {
      all.push(
        format.kind === "submission"
          ? await writeEach(run, marks, { format, path, options, pages })
          : await writeOne(run, marks, asked, options),
      );
    } catch (error) {
      const why = (error as Error).message;
      all.push({ text: `${format.name} could not be written: ${why}`, written: false, notes: [] });
    }
  }
  return all;
}

async function writeOne(
  run: GradedRun,
  marks: ClassMarks,
  { format, path, table }: AskedExport,
  options: ExportOptions,
): Promise<WrittenExport> {
  if (format.kind === "submission") throw new TypeError("expected a format of one file");
  if (format.kind === "merged" && !table)
    throw new ExportError(`${format.name} needs a download to merge into`);
  const { content, notes } =
    format.kind === "class"
      ? await format.write(marks, options, run)
      : format.write(marks, options, table as NonNullable<typeof table>);
  await writeWhole(path, content);
  return {
    text: `${format.name}: ${path}`,
    written: true,
    notes: notes.map((note) => `${format.name}: ${note}`),
  };
}

interface Each {
  readonly format: SubmissionExport;
  readonly path: string;
  readonly options: ExportOptions;
  readonly pages: readonly string[];
}

/** Of one submission the file itself, of several a folder. */
async function writeEach(
  run: GradedRun,
  marks: ClassMarks,
  { format, path, options, pages }: Each,
): Promise<WrittenExport> {
  const indices = [...run.summaries.keys()];
  const isFolder = /[/\\]$/.test(path) || (await stat(path).catch(() => undefined))?.isDirectory() === true;
  if (!isFolder && indices.length !== 1)
    throw new ExportError(
      `expected one submission for the file ${path}; got ${indices.length}. Name a folder, as ${path}/, and each gets a file in it`,
    );
  const notes: string[] = [];
  let written = 0;
  for (const index of indices) {
    const result = await run.submission(index);
    const name = basename(pages[index] as string, ".html");
    const place = isFolder ? join(path, `${name}${format.ending}`) : path;
    try {
      const exported = format.write(result, marks.of(index)[0], options);
      await writeWhole(place, exported.content);
      written += 1;
      notes.push(...exported.notes.map((note) => `${format.name}: ${note}`));
    } catch (error) {
      if (!(error instanceof ExportError) || !isFolder) throw error;
      notes.push(error.message);
    }
  }
  const text = isFolder ? `${format.name}: ${plural(written, "file")} in ${path}` : `${format.name}: ${path}`;
  return { text, written: written === indices.length, notes };
}
