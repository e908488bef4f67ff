/**
 * The table in which a person gives points: a row for each text that waits or has its points, and one for each check whose points she has
 * changed. It is made with the report, filled in with any spreadsheet or on the page of `npm run review`, and read again with `--points`.
 */

import { createHash } from "node:crypto";
import Papa from "papaparse";
import type { CheckResult, Manual } from "../grading/result.ts";
import { pointsText } from "../report/points.ts";
import { printable } from "../report/printable.ts";
import { FORMULA, removeMark } from "../tables/formulas.ts";
import { PointsError, refuse, tooMany } from "./refused.ts";
import { type FilledRow, findRepetitions, type Row } from "./row.ts";

/** What the table is called in the folder of a report. */
export const TABLE = "points-by-hand.csv";

const COLUMNS = [
  ...(["submission", "exercise", "points", "of", "check", "remark"] as const),
  ...(["criteria", "reviewer", "note", "text", "key"] as const),
] as const;
const NEEDED = ["submission", "exercise", "points", "key"] as const;

/** Begins with a letter: spreadsheets make a number of 12e45. */
export const keyOf = ({ answer }: Pick<Manual, "answer">): string => `t${digest(answer)}`;

/** Of a check and the code that it judged: points for other code, or for what the check has come to say since, are not meant. */
export const keyOfCheck = ({ name, earned }: Pick<CheckResult, "name" | "earned">, code: string): string =>
  `c${digest(JSON.stringify([name, earned, code]))}`;

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 15);

/** With a mark by which spreadsheets take it as UTF-8. What begins like a formula is made a text, and what would command a terminal is shown. */
export function tableText(rows: readonly Row[]): string {
  const others = [...new Set(rows.flatMap((row) => Object.keys(row.others ?? {})))];
  const data = rows.map((row) => [
    printable(row.submission),
    row.exercise,
    row.points === undefined ? "" : pointsText(row.points),
    row.of === undefined ? "" : pointsText(row.of),
    row.check,
    readable(row.remark),
    readable(row.criteria ?? ""),
    readable(row.reviewer ?? ""),
    row.note,
    readable(row.text),
    row.key,
    ...others.map((name) => readable(row.others?.[name] ?? "")),
  ]);
  return `\ufeff${Papa.unparse({ fields: [...COLUMNS, ...others], data }, { escapeFormulae: FORMULA })}\r\n`;
}

const readable = (text: string): string => printable(text.replace(/\r\n?/g, "\n"));

/**
 * @param path What messages call the file.
 * @throws PointsError; of rows that cannot be taken it names each.
 */
export function readTable(bytes: Uint8Array, path: string): FilledRow[] {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new PointsError(
      `${path}: expected text in UTF-8; got bytes that are none. Save it as "CSV UTF-8" in the spreadsheet`,
    );
  }
  // Excel takes such a line for itself: its rows are counted from the next one on.
  const [said, sign] = /^\ufeff?"?sep=([^\r\n"])"?[^\S\r\n]*(?:\r\n?|\n)/i.exec(text) ?? [""];
  const whole = text.slice(said.length);
  // By the first row alone: the others hold texts of learners'.
  const signs = [...(sign === undefined ? [] : [sign]), ",", ";", "\t", "|"];
  const delimiter = signs.find((one) => columnsOf(whole, one).includes("submission")) ?? ",";
  const { data, errors } = Papa.parse<string[]>(whole, { delimiter });
  const [head = [], ...rows] = data;
  const names = columnNames(head);
  const at = new Map(names.map((name, i) => [name, i]));
  const missing = NEEDED.filter((name) => !at.has(name));
  if (missing.length > 0)
    throw new PointsError(
      `${path}: expected a first row with the columns ${COLUMNS.join(", ")}; there is no ${missing.join(", no ")}. Take the ${TABLE} of a report, and change the columns points and remark only`,
    );
  // Behind a quote that is never closed other rows would be part of its field, and their points be lost.
  const quote = errors.find(({ type }) => type === "Quotes");
  if (quote)
    throw new PointsError(
      `${path}, row ${(quote.row ?? 0) + 1}: expected a second quote at the end of what begins with one; got none. Save the table by a spreadsheet, which sets them`,
    );
  const twice = COLUMNS.find((name) => names.lastIndexOf(name) !== names.indexOf(name));
  if (twice)
    throw new PointsError(
      `${path}: expected each column once; got two that are called ${twice}. Keep the one that counts`,
    );
  const field = (row: readonly string[], name: (typeof COLUMNS)[number]) =>
    row[at.get(name) ?? row.length] ?? "";
  const added = head.flatMap((name, i) =>
    (COLUMNS as readonly string[]).includes(names[i] as string) || name.trim() === ""
      ? []
      : [[name, i] as const],
  );
  const found: FilledRow[] = [];
  const wrong: string[] = [];
  for (const [i, row] of rows.entries()) {
    if (row.every((value) => value.trim() === "")) continue;
    const number = i + 2;
    const criteria = removeMark(field(row, "criteria")).trim();
    const reviewer = removeMark(field(row, "reviewer")).trim();
    const entered = field(row, "points").trim();
    const points = numberIn(entered);
    const of = numberIn(field(row, "of").trim());
    const exercise = field(row, "exercise").trim();
    if (entered !== "" && points === undefined)
      wrong.push(
        `row ${number}: expected a number of points such as 2 or 1.5, or nothing while the text waits; got ${JSON.stringify(entered.slice(0, 80))}. Correct the column points`,
      );
    else if (points !== undefined && of !== undefined && points > of)
      wrong.push(tooMany(number, exercise, points, of));
    found.push({
      number,
      submission: removeMark(field(row, "submission")),
      exercise,
      check: removeMark(field(row, "check")).trim(),
      text: removeMark(field(row, "text")),
      key: field(row, "key").trim(),
      remark: removeMark(field(row, "remark")),
      note: removeMark(field(row, "note")),
      ...(added.length > 0 && {
        others: Object.fromEntries(added.map(([name, i]) => [name, removeMark(row[i] ?? "")])),
      }),
      ...(criteria !== "" && { criteria }),
      ...(reviewer !== "" && { reviewer }),
      ...(points !== undefined && { points }),
      ...(of !== undefined && { of }),
    });
  }
  refuse(path, [...wrong, ...findRepetitions(found)]);
  return found;
}

const columnNames = (head: readonly string[]): string[] => head.map((name) => name.trim().toLowerCase());

const columnsOf = (text: string, delimiter: string): string[] =>
  columnNames(Papa.parse<string[]>(text, { delimiter, preview: 1 }).data[0] ?? []);

/** `2`, `1.5` or `1,5`. */
const numberIn = (text: string): number | undefined =>
  /^\d{1,6}(?:[.,]\d{1,2})?$/.test(text) ? Number(text.replace(",", ".")) : undefined;
