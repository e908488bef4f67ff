/** The list of who is in the course, from a table of one's own or one that a platform gives. */

import { type Row, readCells, type Table, TableError } from "../tables/cells.ts";
import { removeMark } from "../tables/formulas.ts";
import { type Field, fieldsOf } from "./columns.ts";
import { nameKeys } from "./names.ts";

/** Somebody who is in the course, or of whom nothing is known but what she handed in. */
export interface Learner {
  /** As people read it: `Ada Lovelace`. */
  readonly name: string;
  readonly first?: string;
  readonly last?: string;
  /** Of the school. */
  readonly id?: string;
  /** Canvas's own number. */
  readonly canvas?: string;
  /** Of the list of one assignment in Moodle. */
  readonly moodle?: string;
  readonly login?: string;
  readonly email?: string;
  readonly group?: string;
  readonly section?: string;
  /** In the roster. */
  readonly row?: number;
}

export interface Roster {
  /** What messages call it. */
  readonly path: string;
  readonly learners: readonly Learner[];
}

/** @throws TableError */
export function readRoster(bytes: Uint8Array, path: string): Roster {
  const table = readCells(bytes, path);
  const fields = fieldsOf(table.head);
  checkColumns(table, fields);
  const learners = table.rows.flatMap((row) => learnerIn(row, fields, path) ?? []);
  if (learners.length === 0) throw new TableError(`${path}: expected a row for each learner; there is none`);
  for (const field of ["id", "canvas", "moodle", "login", "email"] as const)
    checkUnique(learners, field, path);
  return { path, learners };
}

function checkColumns({ head, path }: Table, fields: readonly (Field | undefined)[]): void {
  const known = ["id", "name", "first name and last name", "login", "email", "group", "section"].join(", ");
  if (!fields.some((field) => field !== undefined && field !== "group" && field !== "section"))
    throw new TableError(
      `${path}: expected a first row with some of the columns ${known}; got ${head.map((one) => JSON.stringify(one)).join(", ")}. Name the columns in the first row`,
    );
  for (const field of new Set(fields.filter((one) => one !== undefined))) {
    const columns = head.filter((_, i) => fields[i] === field);
    if (columns.length > 1)
      throw new TableError(
        `${path}: expected one column for each learner's ${field}; got ${columns.map((one) => JSON.stringify(one)).join(" and ")}. Keep the one that counts`,
      );
  }
}

function learnerIn(row: Row, fields: readonly (Field | undefined)[], path: string): Learner | undefined {
  const found: { [field in Field]?: string } = {};
  for (const [i, field] of fields.entries()) {
    const value = removeMark(row.cells[i]?.value ?? "").trim();
    if (field !== undefined && value !== "") found[field] = value;
  }
  const { moodle, ...rest } = found;
  // Canvas's own rows: what the columns are worth, and its student for trying out.
  if (/^points possible$/i.test(rest.name ?? "") || /^student, test$/i.test(rest.name ?? ""))
    return undefined;
  const name = rest.name ?? [rest.first, rest.last].filter((part) => part !== undefined).join(" ");
  const called = inReadingOrder(name) || rest.email || rest.login || rest.id || rest.canvas || moodle;
  // A row that only says which group or section it is of, or holds a platform's marks.
  if (called === undefined)
    throw new TableError(
      `${path}, row ${row.number}: expected a name, an id, a login or an e-mail address; got none. Fill it in, or remove the row`,
    );
  const number = moodle === undefined ? undefined : /\d+$/.exec(moodle)?.[0];
  return { ...rest, name: called, row: row.number, ...(number !== undefined && { moodle: number }) };
}

/** `Lovelace, Ada` as `Ada Lovelace`. */
export function inReadingOrder(name: string): string {
  const [last = "", first, ...more] = name.split(",").map((part) => part.trim());
  return first === undefined || first === "" || more.length > 0 ? name.trim() : `${first} ${last}`;
}

function checkUnique(learners: readonly Learner[], field: Exclude<Field, "name">, path: string): void {
  const rows = new Map<string, Learner>();
  for (const learner of learners) {
    const value = learner[field]?.toLowerCase();
    if (value === undefined) continue;
    const before = rows.get(value);
    if (before)
      throw new TableError(
        `${path}, rows ${before.row} and ${learner.row}: expected another ${field} for each learner; got ${JSON.stringify(learner[field])} twice. Correct one, or remove it`,
      );
    rows.set(value, learner);
  }
}

/** As every report calls somebody of the roster: with the number, since two may have one name. */
export function displayName({ name, id, login }: Learner): string {
  const number = id ?? login;
  return number === undefined || number === name ? name : `${name} (${number})`;
}

/** By which somebody is found in a list: of each kind, what she is called there. */
export function learnerKeys(learner: Learner): string[] {
  const { name, first, last, id, canvas, moodle, login, email } = learner;
  const names = [name, ...(first !== undefined && last !== undefined ? [`${last}, ${first}`] : [])];
  const exact = { id, canvas, moodle, login, email, mailbox: email?.split("@")[0] };
  return [
    ...Object.entries(exact).flatMap(([kind, value]) => (value === undefined ? [] : [keyOf(kind, value)])),
    ...new Set(names.flatMap(nameKeys).map((key) => keyOf("name", key))),
  ];
}

export const keyOf = (kind: string, value: string): string => `${kind} ${value.trim().toLowerCase()}`;
