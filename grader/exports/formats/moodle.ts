/**
 * Moodle: the marks in the offline grading worksheet of one assignment that was downloaded, everything else byte for byte as it was.
 * Written from mod/assign's importer: it finds people by Identifier, skips marks above the maximum, and rows that somebody has graded since
 * the download; so a worksheet is never made up.
 */

import type { Mark } from "../../marks/mark.ts";
import { nameKeys } from "../../roster/names.ts";
import { keyOf } from "../../roster/roster.ts";
import { type Cell, type Row, replaceCells, type Table } from "../../tables/cells.ts";
import { ExportError, type ExportOptions, type MergedExport } from "../export.ts";
import { commentOn } from "./comment.ts";
import {
  cellOf,
  columnAt,
  keysFor,
  markFor,
  numberIn,
  type Place,
  placeMarks,
  type RowKeys,
  type Scale,
  scaleTo,
} from "./merge.ts";

/** Without these Moodle takes nothing back. */
const NEEDED = ["Identifier", "Grade", "Last modified (grade)"] as const;

export const moodle: MergedExport = {
  kind: "merged",
  name: "moodle",
  description: "Moodle's offline grading worksheet with the marks and a comment in it",
  download:
    "the offline grading worksheet (Submissions, Actions, Download grading worksheet), with Moodle in English",
  check(table) {
    checkColumns(table);
  },
  write(class_, options, table) {
    checkColumns(table);
    const { places, notes } = placeMarks(class_, table.rows, keysOf(table), table.path);
    const columns = {
      grade: columnAt(table, "Grade"),
      most: columnAt(table, "Maximum Grade"),
      open: columnAt(table, "Grade can be changed"),
      comments: columnAt(table, "Feedback comments"),
    };
    const by = new Map<Cell, string>();
    const changed: string[] = [];
    for (const place of places) {
      const { grade, comment, note, before } = fill(place, columns, options, table);
      if (note !== undefined) notes.push(note);
      for (const [cell, text] of [grade, comment].filter((one) => one !== undefined)) by.set(cell, text);
      if (before) changed.push(place.mark.learner.name);
    }
    if (changed.length > 0)
      notes.push(`${table.path}: had another grade before, which this one replaces: ${changed.join(", ")}`);
    return { content: replaceCells(table, by), notes };
  },
};

function checkColumns({ head, path }: Table): void {
  const missing = NEEDED.filter((name) => !head.some((one) => one.toLowerCase() === name.toLowerCase()));
  if (missing.length > 0)
    throw new ExportError(
      `${path}: expected Moodle's offline grading worksheet with the columns ${NEEDED.join(", ")}; there is no ${missing.join(", no ")}. Download it anew: ${moodle.download}`,
    );
}

interface Columns {
  readonly grade: number;
  readonly most: number;
  readonly open: number;
  readonly comments: number;
}

interface Filled {
  readonly grade?: readonly [Cell, string];
  readonly comment?: readonly [Cell, string];
  readonly note?: string;
  /** There was another grade. */
  readonly before?: true;
}

function fill({ row, mark }: Place, columns: Columns, options: ExportOptions, table: Table): Filled {
  const { name } = mark.learner;
  if (/^no$/i.test(cellOf(row, columns.open)?.value.trim() ?? ""))
    return {
      note: `${table.path}, row ${row.number}: ${name}'s grade cannot be changed in Moodle, and stays`,
    };
  const { text, note } = markFor(mark, scaleOf(row, columns, mark, options, table), options);
  const told = note === undefined ? {} : { note };
  const cell = cellOf(row, columns.grade);
  if (text === undefined) return told;
  if (!cell)
    return {
      note: `${table.path}, row ${row.number}: is too short for a grade; ${name}'s ${text} goes nowhere`,
    };
  const comments = cellOf(row, columns.comments);
  const old = numberIn(cell.value);
  const other = old && old.value.over * BigInt(1e6) !== 0n && scaledDiffers(cell.value, text);
  return {
    ...told,
    grade: [cell, text],
    // A teacher's own words stay.
    ...(comments &&
      comments.value.trim() === "" && { comment: [comments, asHtml(commentOn(mark))] as const }),
    ...(other && { before: true as const }),
  };
}

const scaledDiffers = (before: string, now: string): boolean =>
  Number(before.trim().replace(",", ".")) !== Number(now.replace(",", "."));

/** Each row says its maximum, as Moodle's worksheet does. */
function scaleOf(row: Row, { most }: Columns, mark: Mark, options: ExportOptions, table: Table): Scale {
  const text = cellOf(row, most)?.value ?? "";
  const worth = numberIn(text);
  const where = `${table.path}, row ${row.number}, "Maximum Grade"`;
  if (most >= 0 && !worth)
    throw new ExportError(
      `${where}: expected a number of points; got ${JSON.stringify(text)}. Give the assignment points in Moodle, not a scale, and download again`,
    );
  const decimals = worth?.decimals ?? ".";
  return scaleTo(worth?.value ?? mark.maxFinal, mark.maxFinal, options, { where, decimals });
}

/** Comments are HTML there. */
const asHtml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** `Participant 4711`: the number is that of the folders in a download of submissions, too. */
function keysOf(table: Table): RowKeys {
  const at = (name: string) => columnAt(table, name);
  const columns = { email: at("Email address"), id: at("ID number"), login: at("Username") };
  const [identifier, name] = [at("Identifier"), at("Full name")];
  return (row) => [
    keysFor("moodle", /\d+$/.exec(cellOf(row, identifier)?.value.trim() ?? "")?.[0]),
    ...Object.entries(columns).map(([kind, column]) => keysFor(kind, cellOf(row, column)?.value)),
    nameKeys(cellOf(row, name)?.value ?? "").map((key) => keyOf("name", key)),
  ];
}
