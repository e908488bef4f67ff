/**
 * Canvas: the marks in the gradebook that was downloaded, everything else byte for byte as it was. Written from canvas-lms's importer: it
 * finds people by ID, then SIS user ID, then login, then name, and leaves out what is read only.
 */

import { type Fraction, fractionText } from "../../marks/fraction.ts";
import { nameKeys } from "../../roster/names.ts";
import { keyOf } from "../../roster/roster.ts";
import { type Cell, type Row, replaceCells, type Table } from "../../tables/cells.ts";
import { ExportError, type ExportOptions, type MergedExport } from "../export.ts";
import {
  cellOf,
  columnAt,
  keysFor,
  markFor,
  numberIn,
  placeMarks,
  type RowKeys,
  type Scale,
  scaleTo,
} from "./merge.ts";

export const canvas: MergedExport = {
  kind: "merged",
  name: "canvas",
  description: "Canvas's gradebook with the marks in it",
  download: "the gradebook (Grades, Export, Export Entire Gradebook)",
  check(table, options) {
    assignmentIn(table, options);
  },
  write(class_, options, table) {
    const at = assignmentIn(table, options);
    const students = table.rows.filter((row) => isStudent(row, table));
    const { places, notes } = placeMarks(class_, students, keysOf(table), table.path);
    const scale = scaleOf(table, at, class_.marks[0]?.maxFinal, options);
    const by = new Map<Cell, string>();
    for (const { row, mark } of places) {
      const cell = cellOf(row, at);
      const { text, note } = markFor(mark, scale, options);
      if (note !== undefined) notes.push(note);
      if (text === undefined) continue;
      if (!cell)
        notes.push(
          `${table.path}, row ${row.number}: has no such column; ${mark.learner.name}'s ${text} goes nowhere`,
        );
      else if (/^ex$/i.test(cell.value.trim()))
        notes.push(`${mark.learner.name} is excused in Canvas, and stays so`);
      else by.set(cell, text);
    }
    return { content: replaceCells(table, by), notes };
  },
};

/** What stands before the assignments. */
const ABOUT =
  /^(?:student|lastname|firstname|id|sis user id|sis login id|integration id|root account|section)$/i;
const ASSIGNMENT = /^(.*\S) \((\d+)\)$/s;

/** @returns Its column. @throws ExportError */
function assignmentIn(table: Table, { column }: ExportOptions): number {
  const { head, path } = table;
  const isGradebook =
    /student|lastname/i.test(head[0] ?? "") &&
    head.some((one) => /^id$/i.test(one)) &&
    head.includes("Section");
  if (!isGradebook)
    throw new ExportError(
      `${path}: expected Canvas's gradebook, whose first row begins with Student, ID; got ${head
        .slice(0, 4)
        .map((one) => JSON.stringify(one))
        .join(", ")}. Download it anew: ${canvas.download}`,
    );
  const all = head.flatMap((title, at) =>
    ASSIGNMENT.test(title) && !ABOUT.test(title) ? [{ title, at }] : [],
  );
  const open = all.filter(({ at }) => !isReadOnly(table, at));
  const found =
    column === undefined
      ? open
      : all.filter(({ title }) => {
          const [, name, number] = ASSIGNMENT.exec(title) ?? [];
          return [title, name, number].includes(column.trim());
        });
  const [only, another] = found;
  if (only && !another && !isReadOnly(table, only.at)) return only.at;
  const names = open.slice(0, 12).map(({ title }) => JSON.stringify(title));
  const choices = `${names.join(", ")}${open.length > 12 ? ` and ${open.length - 12} more` : ""}`;
  if (open.length === 0)
    throw new ExportError(
      `${path}: expected a column of an assignment, such as "Flows 1 (4711)", that is not read only; got none. Make the assignment in Canvas, and download again`,
    );
  const why =
    only && !another
      ? `${JSON.stringify(only.title)} is read only`
      : `${found.length} columns could be meant`;
  throw new ExportError(
    `${path}: ${column === undefined ? why : `--column ${JSON.stringify(column)}: ${why}`}; say which by --column, one of ${choices}`,
  );
}

const pointsRow = ({ rows }: Table): Row | undefined =>
  rows.find(({ cells }) => cells[0]?.value.includes("Points Possible"));

function isReadOnly(table: Table, at: number): boolean {
  const row = pointsRow(table);
  return (row && /read\s+only/i.test(cellOf(row, at)?.value ?? "")) === true;
}

/** Not what columns are worth, nor that they are posted by hand, nor the student for trying out. */
function isStudent(row: Row, table: Table): boolean {
  if (row === pointsRow(table)) return false;
  if (row.cells.every(({ value }) => /^\s*(?:Muted|Manual Posting.*)?\s*$/i.test(value))) return false;
  return !/^student, test$/i.test(row.cells[0]?.value.trim() ?? "");
}

function keysOf(table: Table): RowKeys {
  const at = (name: string) => columnAt(table, name);
  const columns = { canvas: at("ID"), id: at("SIS User ID"), login: at("SIS Login ID") };
  const [name, last, first] = [at("Student"), at("LastName"), at("FirstName")];
  return (row) => {
    const called =
      name >= 0 ? cellOf(row, name)?.value : `${cellOf(row, last)?.value}, ${cellOf(row, first)?.value}`;
    return [
      ...Object.entries(columns).map(([kind, column]) => keysFor(kind, cellOf(row, column)?.value)),
      nameKeys(called ?? "").map((key) => keyOf("name", key)),
    ];
  };
}

function scaleOf(table: Table, at: number, ours: Fraction | undefined, options: ExportOptions): Scale {
  const row = pointsRow(table);
  const cell = row && cellOf(row, at);
  const worth = numberIn(cell?.value ?? "");
  const decimals = worth?.decimals ?? (table.delimiter === ";" && hasDecimalCommas(table) ? "," : ".");
  if (ours === undefined)
    return scaleTo({ over: 1n, under: 1n }, { over: 1n, under: 1n }, options, { where: "", decimals });
  const title = JSON.stringify(table.head[at]);
  if (!worth)
    throw new ExportError(
      `${table.path}: expected ${fractionText(ours)} in the row "Points Possible" of ${title}; got ${JSON.stringify(cell?.value ?? "")}. Give the assignment its points in Canvas, and download again`,
    );
  return scaleTo(worth.value, ours, options, {
    where: `${table.path}, row ${row?.number}, ${title}`,
    decimals,
  });
}

const hasDecimalCommas = ({ rows }: Table): boolean =>
  rows.some(({ cells }) => cells.some(({ value }) => /^\d+,\d{1,2}$/.test(value.trim())));
