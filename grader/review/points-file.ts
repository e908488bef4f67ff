/**
 * The report's table of points, as several hands write it: pages of this and of other processes, and spreadsheets. Nothing of it is kept
 * here. Each saving reads it anew under the report's lock, and is refused where somebody else has written in the same row since.
 */

import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type TableFile, tableAt } from "../by-hand/find.ts";
import { PointsError } from "../by-hand/refused.ts";
import { type FilledRow, placeOf, type Row } from "../by-hand/row.ts";
import { matchRows, type Subject } from "../by-hand/subjects.ts";
import { TABLE, tableText } from "../by-hand/table.ts";
import { writeWhole } from "../files/write-whole.ts";
import { plural } from "../plural.ts";
import { pointsText } from "../report/points.ts";
import { sourceOf, withReportLock } from "../report/report-folder.ts";
import type { FoundReport } from "./find-report.ts";

/** What a person has given a text or a check so far. */
export interface Entry {
  /** Undefined while it waits, and where they were given to another text. */
  readonly points?: number;
  readonly remark: string;
  /** The criteria that it meets, by their numbers from 1. */
  readonly criteria: readonly number[];
  /** Who gave it, where she has said. */
  readonly reviewer?: string;
  /** What she should know of it. */
  readonly note: string;
  /** Changes with points, remark and criteria. */
  readonly version: string;
}

export interface Change {
  readonly points?: number;
  readonly remark: string;
  readonly criteria?: readonly number[];
  /** Of the entry that she has seen. */
  readonly version: string;
}

export interface PointsFile {
  /** Changes whenever the table does. */
  readonly digest: string;
  readonly rows: readonly FilledRow[];
}

/** Reads the table if it has been written since the last time. @throws PointsError */
export function pointsReader(folder: string): () => Promise<PointsFile> {
  const path = join(folder, TABLE);
  let known: { readonly mark: string; readonly file: PointsFile } | undefined;
  return async () => {
    const about = await stat(path, { bigint: true }).catch(() => undefined);
    const mark = about ? `${about.ino} ${about.mtimeNs} ${about.size}` : "";
    if (known?.mark !== mark) known = { mark, file: await fileAt(path) };
    return known.file;
  };
}

/** The entries of one submission's subjects: all of them, as a row may stand for one under a name that a spreadsheet has changed. */
export function entriesOf(subjects: readonly Subject[], { rows }: Pick<PointsFile, "rows">): Entry[] {
  const by = matchRows(subjects, rows);
  return subjects.map((subject) => entryOf(subject, by.get(placeOf(subject))));
}

/** Keeps a change, or gives the entry that stands against it, with points that somebody else has given. */
export async function saveChange(
  { folder, record }: FoundReport,
  subjects: readonly Subject[],
  subject: Subject,
  change: Change,
  reviewer = "",
): Promise<{ readonly saved: boolean; readonly entry: Entry }> {
  checkChange(subject, change);
  return await withReportLock(folder, async () => {
    if ((await sourceOf(folder))?.record !== record)
      throw new PointsError(
        `the report in ${folder} has been replaced by that of another run; end this review and begin it again`,
      );
    const { rows } = await fileAt(join(folder, TABLE));
    const row = matchRows(subjects, rows).get(placeOf(subject));
    const entry = entryOf(subject, row);
    if (entry.version !== change.version) return { saved: false, entry };
    const { submission, exercise, check, text, key, best } = subject;
    const { points, remark, criteria = [] } = change;
    const changed: Row = {
      ...{ submission, exercise, check, of: best, remark, note: "", text, key },
      ...(criteria.length > 0 && { criteria: criteria.join(" ") }),
      ...(reviewer !== "" && { reviewer }),
      ...(points !== undefined && { points }),
      ...(row?.others && { others: row.others }),
    };
    const all = row ? rows.map((one) => (one === row ? changed : one)) : [...rows, changed];
    await writeWhole(join(folder, TABLE), tableText(all));
    // As it is read from now on: the table shows what would command a terminal, and has ends of lines of its own.
    const kept = matchRows(subjects, (await fileAt(join(folder, TABLE))).rows).get(placeOf(subject));
    return { saved: true, entry: entryOf(subject, kept) };
  });
}

const fileAt = async (path: string): Promise<TableFile> => (await tableAt(path)) ?? { rows: [], digest: "" };

function entryOf({ key, check }: Subject, row: Row | undefined): Entry {
  const { points, remark = "", note = "", reviewer } = row ?? {};
  const holds = row?.key === key || (check !== "" && row?.key === "");
  const kept = holds ? points : undefined;
  const criteria = holds ? numbersIn(row?.criteria ?? "") : [];
  const version = createHash("sha256")
    .update(JSON.stringify([kept ?? "", remark, criteria]))
    .digest("hex")
    .slice(0, 16);
  const other = points !== undefined && !holds;
  return {
    ...(kept !== undefined && { points: kept }),
    remark,
    criteria,
    ...(reviewer !== undefined && { reviewer }),
    note: other ? `${plural(points, "point")} given to what was there before; it has changed since` : note,
    version,
  };
}

/** A column of that name may be somebody's own, with other things in it. */
const numbersIn = (criteria: string): number[] =>
  /^\d{1,2}(?: \d{1,2})*$/.test(criteria) ? criteria.split(" ").map(Number) : [];

function checkChange({ check, best }: Subject, { points, remark }: Change): void {
  if (points === undefined) return;
  if (!(points >= 0 && points <= best) || Math.round(points * 100) / 100 !== points)
    throw new PointsError(
      `expected points from 0 to ${pointsText(best)}, such as 1 or 0.5; got ${points}. Not saved`,
    );
  if (check !== "" && remark.trim() === "")
    throw new PointsError("write a reason, too: the learner reads it. Not saved");
}
