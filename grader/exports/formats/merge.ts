/** Puts marks into a table that a platform gave: whose row is whose, what goes into a cell, and what is left as it was. */

import {
  divide,
  type Fraction,
  fraction,
  fractionText,
  isShown,
  multiply,
  ONE,
} from "../../marks/fraction.ts";
import type { ClassMarks, Mark } from "../../marks/mark.ts";
import { stateOf } from "../../marks/mark.ts";
import { keyOf, learnerKeys } from "../../roster/roster.ts";
import type { Cell, Row, Table } from "../../tables/cells.ts";
import { ExportError, type Exported, type ExportOptions } from "../export.ts";

/** Of a row, what could tell whose it is; the first of these that finds anybody decides. */
export type RowKeys = (row: Row) => readonly (readonly string[])[];

export interface Place {
  readonly row: Row;
  readonly mark: Mark;
}

/** Whose each row is, and what is said about the others. */
export function placeMarks(
  { marks }: ClassMarks,
  rows: readonly Row[],
  keysOf: RowKeys,
  path: string,
): { places: Place[]; notes: string[] } {
  const by = new Map<string, Set<Mark>>();
  for (const mark of marks)
    for (const key of learnerKeys(mark.learner)) by.set(key, (by.get(key) ?? new Set()).add(mark));
  const notes: string[] = [];
  const places: Place[] = [];
  const placed = new Map<Mark, Row>();
  for (const row of rows) {
    const found = keysOf(row)
      .map((keys) => new Set(keys.flatMap((key) => [...(by.get(key) ?? [])])))
      .find(({ size }) => size > 0);
    const [mark, another] = found ?? [];
    if (!mark) continue;
    if (another) {
      const names = [...(found ?? [])].map((one) => one.learner.name).join(" and ");
      notes.push(`${path}, row ${row.number}: left as it was; it may be ${names}`);
      continue;
    }
    const before = placed.get(mark);
    if (before) {
      notes.push(
        `${path}, rows ${before.number} and ${row.number}: both seem to be ${mark.learner.name}; the second is left as it was`,
      );
      continue;
    }
    placed.set(mark, row);
    places.push({ row, mark });
  }
  const without = marks.filter((mark) => !placed.has(mark) && mark.submissions.length > 0);
  if (without.length > 0)
    notes.push(
      `${path} has no row for ${listNames(without)}: ${without.length === 1 ? "this mark goes" : "these marks go"} nowhere`,
    );
  return { places, notes };
}

const MOST_NAMES = 20;

function listNames(marks: readonly Mark[]): string {
  const names = marks.slice(0, MOST_NAMES).map(({ learner }) => learner.name);
  return `${names.join(", ")}${marks.length > MOST_NAMES ? ` and ${marks.length - MOST_NAMES} more` : ""}`;
}

/** @param decimals What stands between whole points and tenths in this file. */
export interface Scale {
  readonly by: Fraction;
  readonly to: Fraction;
  readonly decimals: "." | ",";
}

/**
 * From our maximum to the platform's.
 *
 * @throws ExportError if they differ and nobody said that marks be scaled.
 */
export function scaleTo(
  theirs: Fraction,
  ours: Fraction,
  { scale }: ExportOptions,
  { where, decimals }: { readonly where: string; readonly decimals: "." | "," },
): Scale {
  if (theirs.over * ours.under === ours.over * theirs.under) return { by: ONE, to: theirs, decimals };
  const [expected, got] = [fractionText(ours), fractionText(theirs)];
  if (ours.over === 0n || theirs.over <= 0n)
    throw new ExportError(
      `${where}: expected ${expected} points at most, as were graded; got ${got}. Correct the platform's maximum`,
    );
  if (!scale)
    throw new ExportError(
      `${where}: expected ${expected} points at most, as were graded; got ${got}. Correct the platform's maximum and download again, or scale the marks to it by --scale`,
    );
  return { by: divide(theirs, ours), to: theirs, decimals };
}

/** `9.5`, `12,00`: as a file writes numbers; undefined for what is none. */
export function numberIn(
  text: string,
): { readonly value: Fraction; readonly decimals?: "." | "," } | undefined {
  const [, whole, point, rest] = /^(\d+)(?:([.,])(\d+))?$/.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  return {
    value: fraction(Number(`${whole}.${rest ?? 0}`)),
    ...(point !== undefined && { decimals: point as "." | "," }),
  };
}

export const scaledText = (final: Fraction, { by, decimals }: Scale): string =>
  fractionText(multiply(final, by)).replace(".", decimals);

/** What goes into one cell. Nothing, where there is no mark: then the note says why. */
export function markFor(
  mark: Mark,
  scale: Scale,
  { provisional }: ExportOptions,
): { text?: string; note?: string } {
  const state = stateOf(mark);
  if (state === "nothing handed in" && mark.account.length === 0) return {};
  if (state === "open" && (!provisional || mark.submissions.length === 0))
    return { note: `no mark for ${mark.learner.name} yet: ${mark.open.join("; ")}` };
  const text = scaledText(mark.final, scale);
  const rounded = isShown(multiply(mark.final, scale.by)) ? "" : ", rounded to two decimals";
  if (state === "open")
    return { text, note: `${mark.learner.name}: ${text} so far${rounded}; ${mark.open.join("; ")}` };
  return { text };
}

/** Of columns: by their names, whatever case. */
export function columnAt({ head }: Table, name: string): number {
  return head.findIndex((one) => one.toLowerCase() === name.toLowerCase());
}

export const cellOf = ({ cells }: Row, at: number): Cell | undefined => (at < 0 ? undefined : cells[at]);

export const keysFor = (kind: string, value: string | undefined): string[] =>
  value === undefined || value.trim() === "" ? [] : [keyOf(kind, value)];

export type { Exported };
