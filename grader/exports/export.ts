/** What an export is: a file for a platform, written from the marks of a class or from one submission's result. */

import type { SubmissionResult } from "../grading/result.ts";
import type { ClassMarks, Mark } from "../marks/mark.ts";
import type { GradedRun } from "../record/read.ts";
import type { Table } from "../tables/cells.ts";

export interface Exported {
  readonly content: string | Uint8Array;
  /** What the person has to know: rows that were left as they were, and why. */
  readonly notes: readonly string[];
}

/** Somebody's wish that cannot be done; the message names what was expected and the remedy. */
export class ExportError extends Error {
  override readonly name = "ExportError";
}

/** Of the command line. */
export interface ExportOptions {
  /** Marks that are not certain yet go out as far as they are. */
  readonly provisional: boolean;
  /** Marks are scaled to the platform's maximum, where that is another. */
  readonly scale: boolean;
  /** Of the gradebook, in which the marks go: its title, number or both. */
  readonly column?: string;
  /** What the assignment is called, where a format asks. */
  readonly assignment: string;
  /** Variables that a platform sets for its graders. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

interface Named {
  /** As `--export` takes it. */
  readonly name: string;
  /** In one line, for --help. */
  readonly description: string;
}

/** One file for everybody. */
export interface ClassExport extends Named {
  readonly kind: "class";
  write(marks: ClassMarks, options: ExportOptions, run: GradedRun): Exported | Promise<Exported>;
}

/** One file for everybody: a download of the platform's, with the marks in it. */
export interface MergedExport extends Named {
  readonly kind: "merged";
  /** What has to be downloaded. */
  readonly download: string;
  /** Looks at the download, before anything is graded. @throws TableError, ExportError */
  check(table: Table, options: ExportOptions): void;
  write(marks: ClassMarks, options: ExportOptions, table: Table): Exported;
}

/** A file for each submission. */
export interface SubmissionExport extends Named {
  readonly kind: "submission";
  /** Of the file: `.json`. */
  readonly ending: string;
  /** @throws ExportError where there is no verdict, and a file would be one. */
  write(result: SubmissionResult, mark: Mark | undefined, options: ExportOptions): Exported;
}

export type Export = ClassExport | MergedExport | SubmissionExport;
