/** The table of points that a person has given: the one that was named, or the one in the report's folder. */

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { plural } from "../plural.ts";
import { PointsError, refuse } from "./refused.ts";
import type { FilledRow } from "./row.ts";
import { readTable, TABLE } from "./table.ts";

export interface PointsTable {
  readonly path: string;
  readonly rows: readonly FilledRow[];
  /** What stood in the table of the report's folder: a digest, or nothing where there was none. Undefined where no folder was named. */
  readonly folderDigest?: string;
}

interface Asked {
  /** The table that was named. */
  readonly points?: string;
  /** The folder of the report. */
  readonly html?: string;
}

export const NO_POINTS: PointsTable = { path: "", rows: [] };

/**
 * Read before anything is graded.
 *
 * @throws PointsError
 */
export async function findPoints({ points, html }: Asked): Promise<PointsTable> {
  const there = html === undefined ? undefined : join(html, TABLE);
  const inFolder = there === undefined ? undefined : await tableAt(there);
  const folder = there === undefined ? {} : { folderDigest: inFolder?.digest ?? "" };
  if (points === undefined)
    return there === undefined || inFolder === undefined
      ? { ...NO_POINTS, ...folder }
      : { path: there, rows: inFolder.rows, ...folder };
  const named = await tableAt(points);
  if (named === undefined)
    throw new PointsError(
      `--points ${points}: there is no such file; name the ${TABLE} of a report, filled in`,
    );
  // The report's table is written anew: what only it holds would be lost.
  const held = new Set(named.rows.map(content));
  const lost = (inFolder?.rows ?? []).filter((row) => row.points !== undefined && !held.has(content(row)));
  refuse(
    there ?? "",
    lost.map(
      (row) =>
        `row ${row.number}: holds ${plural(row.points ?? 0, "point")} of ${row.submission} for ${row.exercise}`,
    ),
    `--points ${points} does not hold ${lost.length > 1 ? "them" : "that"}; enter it there, or leave --points out, or move ${there} away`,
  );
  return { path: points, rows: named.rows, ...folder };
}

/** @throws PointsError if the table of this folder is another than it was: somebody has given points meanwhile. */
export async function checkUntouched(folder: string, before: string): Promise<void> {
  const path = join(folder, TABLE);
  const now = await readFile(path).then(digest, () => "");
  if (now === before) return;
  throw new PointsError(
    `${path} has been changed while the report was written, and stays as it is; write the report once more with --from-record`,
  );
}

const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const content = ({ submission, exercise, check, key, points, remark }: FilledRow): string =>
  JSON.stringify([submission, exercise, check, key, points, remark]);

/** A table, and by what it is known again. */
export interface TableFile {
  readonly rows: readonly FilledRow[];
  readonly digest: string;
}

/**
 * Undefined where there is none.
 *
 * @throws PointsError
 */
export async function tableAt(path: string): Promise<TableFile | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new PointsError(`${path} cannot be read: ${message}`);
  }
  return { rows: readTable(bytes, path), digest: digest(bytes) };
}
