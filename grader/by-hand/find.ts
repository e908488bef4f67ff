/** The table of points that a person has given: the one that was named, or the one in the report's folder. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type FilledRow, PointsError, readTable, TABLE } from "./table.ts";

export interface PointsTable {
  readonly path: string;
  readonly rows: readonly FilledRow[];
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
  if (points === undefined)
    return there === undefined || inFolder === undefined ? NO_POINTS : { path: there, rows: inFolder };
  const rows = await tableAt(points);
  if (rows === undefined)
    throw new PointsError(
      `--points ${points}: there is no such file; name the ${TABLE} of a report, filled in`,
    );
  // The report's table is written anew: what only it holds would be lost.
  const named = new Set(rows.map(content));
  const only = inFolder?.find((row) => row.points !== undefined && !named.has(content(row)));
  if (only)
    throw new PointsError(
      `${there}, row ${only.number}: holds ${only.points} points of ${only.submission} for ${only.exercise}, which --points ${points} does not; enter them there, or leave --points out, or move ${there} away`,
    );
  return { path: points, rows };
}

const content = ({ submission, exercise, key, points, remark }: FilledRow): string =>
  JSON.stringify([submission, exercise, key, points, remark]);

async function tableAt(path: string): Promise<FilledRow[] | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new PointsError(`${path} cannot be read: ${message}`);
  }
  return readTable(bytes, path);
}
