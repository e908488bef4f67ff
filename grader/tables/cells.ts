/**
 * A CSV table whose cells know where they stand in its text, so that some can be replaced and all the rest stays as it was, byte for byte:
 * a platform's own download is merged into, never written anew.
 */

export interface Cell {
  readonly value: string;
  /** Where it stands in the text, its quotes included. */
  readonly start: number;
  readonly end: number;
}

export interface Row {
  /** As spreadsheets count, the head being row 1. */
  readonly number: number;
  readonly cells: readonly Cell[];
}

export interface Table {
  /** What messages call it. */
  readonly path: string;
  readonly text: string;
  readonly delimiter: string;
  readonly head: readonly string[];
  /** Those below the head in which something stands. */
  readonly rows: readonly Row[];
}

/** A table that cannot be taken as it is; the message names row, value and remedy. */
export class TableError extends Error {
  override readonly name = "TableError";
}

const DELIMITERS = [",", ";", "\t"];

/**
 * @param path What messages call the file.
 * @throws TableError
 */
export function readCells(bytes: Uint8Array, path: string): Table {
  const text = decode(bytes, path);
  // Excel's own line before the head, where it says what stands between the columns.
  const [before = "", sign] = /^\ufeff?"?sep=([^\r\n"])"?[^\S\r\n]*(?:\r\n?|\n)/i.exec(text) ?? [];
  const from = { at: before.length, number: before === "" ? 1 : 2 };
  // By the head alone: below it stand texts of people's.
  const columns = (one: string) => firstRow(text, one, path, from).length;
  const delimiter = sign ?? DELIMITERS.toSorted((a, b) => columns(b) - columns(a))[0] ?? ",";
  const rows = [...scan(text, delimiter, path, from)];
  const [first] = rows;
  if (!first || isEmpty(first))
    throw new TableError(`${path}: expected a first row with the names of the columns; got an empty one`);
  const head = first.cells.map(({ value }, i) => (i === 0 ? value.replace(/^\ufeff/, "") : value).trim());
  return { path, text, delimiter, head, rows: rows.slice(1).filter((row) => !isEmpty(row)) };
}

/** @param by New values of cells; they are quoted where they have to be. */
export function replaceCells({ text, delimiter }: Table, by: ReadonlyMap<Cell, string>): string {
  const changes = [...by].toSorted(([a], [b]) => a.start - b.start);
  const parts: string[] = [];
  let from = 0;
  for (const [{ start, end }, value] of changes) {
    parts.push(text.slice(from, start), writeCell(value, delimiter));
    from = end;
  }
  return [...parts, text.slice(from)].join("");
}

/** As it stands in a table with this delimiter. */
export const writeCell = (value: string, delimiter = ","): string =>
  value.includes(delimiter) || /["\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

function decode(bytes: Uint8Array, path: string): string {
  try {
    // With its mark, if it has one: what is written back keeps it.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new TableError(
      `${path}: expected text in UTF-8; got bytes that are none. Save it as "CSV UTF-8" in the spreadsheet`,
    );
  }
}

const isEmpty = ({ cells }: Row): boolean => cells.every(({ value }) => value.trim() === "");

/** Where the head is. */
interface From {
  readonly at: number;
  readonly number: number;
}

function firstRow(text: string, delimiter: string, path: string, from: From): readonly Cell[] {
  for (const { cells } of scan(text, delimiter, path, from)) return cells;
  return [];
}

/** Rows by RFC 4180: a quote at a cell's beginning holds delimiters and line breaks together. */
function* scan(text: string, delimiter: string, path: string, from: From): Iterable<Row> {
  let at = from.at === 0 && text.startsWith("\ufeff") ? 1 : from.at;
  for (let number = from.number; at < text.length; number++) {
    const cells: Cell[] = [];
    for (let more = true; more; ) {
      const cell =
        text[at] === '"'
          ? readQuoted(text, at, delimiter, `${path}, row ${number}`)
          : readPlain(text, at, delimiter);
      cells.push(cell);
      at = cell.end;
      more = text[at] === delimiter;
      if (more) at += 1;
    }
    yield { number, cells };
    if (text[at] === "\r" && text[at + 1] === "\n") at += 2;
    else at += 1;
  }
}

function readPlain(text: string, start: number, delimiter: string): Cell {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== "\n" && text[end] !== "\r") end += 1;
  return { value: text.slice(start, end), start, end };
}

function readQuoted(text: string, start: number, delimiter: string, where: string): Cell {
  let value = "";
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    // Behind a quote that is never closed other rows would be part of its cell.
    if (quote === -1)
      throw new TableError(
        `${where}: expected a second quote at the end of what begins with one; got none. Save the table by a spreadsheet, which sets them`,
      );
    value += text.slice(from, quote);
    from = quote + 1;
    if (text[from] !== '"') break;
    value += '"';
    from += 1;
  }
  const rest = readPlain(text, from, delimiter);
  return { value: value + rest.value, start, end: rest.end };
}
