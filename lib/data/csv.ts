import { readFileSync } from "node:fs";
import { CsvError, parse } from "csv-parse/sync";
import { tf } from "../engine/tf.ts";

/** How {@link csvTable} reads. */
export interface CsvTableOptions {
  /**
   * Names of the columns to take, in this order; all that are left out are dropped. All columns, also such as have the
   * same name, if left out.
   */
  readonly columns?: readonly string[];
  /** Between two numbers; "," if left out. */
  readonly delimiter?: string;
  /** Whether the first line names the columns; if left out, it does unless all of it are numbers. */
  readonly header?: boolean;
}

/** Numbers from a table. */
export interface Table {
  /** Shape [rows, columns], float32. */
  readonly data: tf.Tensor2D;
  /** Names of the columns; "1", "2", … if the file has none. */
  readonly columns: readonly string[];
}

/**
 * Reads a table of numbers from a CSV file (RFC 4180: fields may be quoted).
 *
 * @throws Error if the file cannot be read, or is no table of numbers that are finite in float32; it names the line and
 *   the column.
 * @throws RangeError if no column is wanted, or a wanted one does not exist, or more than one has its name.
 */
export function csvTable(path: string, options: CsvTableOptions = {}): Table {
  const lines = parsed(path, options.delimiter ?? ",");
  if (lines.length === 0) throw new Error(`${path}: the file is empty`);
  const named = options.header ?? lines[0].fields.some((field) => toNumber(field) === undefined);
  const all = lines[0].fields.map((field, i) => (named ? field : String(i + 1)));
  const chosen = options.columns ? placesOf(options.columns, all, path) : all.map((_, i) => i);
  const numbers = lines.slice(named ? 1 : 0);
  if (numbers.length === 0) {
    throw new Error(`${path}: expected rows of numbers under the names ${all.join(", ")}; found none`);
  }
  const rows = numbers.map(({ fields, line }) =>
    chosen.map((index) => {
      const value = toNumber(fields[index]);
      if (value !== undefined && Number.isFinite(Math.fround(value))) return value;
      const expected = value === undefined ? "a number" : "a number up to 3.4e38, the largest in float32";
      throw new Error(
        `${path}, line ${line}, column "${all[index]}": expected ${expected}; got "${fields[index]}"`,
      );
    }),
  );
  const data = tf.tensor2d(rows.flat(), [rows.length, chosen.length], "float32");
  return { data, columns: chosen.map((index) => all[index]) };
}

/** Where the columns of these names are. */
function placesOf(names: readonly string[], all: readonly string[], path: string): number[] {
  if (names.length === 0) throw new RangeError(`${path}: expected at least one column to take; got none`);
  return names.map((name) => {
    const index = all.indexOf(name);
    if (index < 0) throw new RangeError(`${path}: expected a column "${name}"; found ${all.join(", ")}`);
    if (all.lastIndexOf(name) === index) return index;
    throw new RangeError(
      `${path}: expected one column "${name}"; found several in ${all.join(", ")}. Rename them, or take all columns`,
    );
  });
}

function parsed(path: string, delimiter: string): { fields: string[]; line: number }[] {
  try {
    const records = parse(readFileSync(path), {
      delimiter,
      bom: true,
      trim: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ fields: record, line: info.lines }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Error(`${path}: not a table: ${error.message}`, { cause: error });
  }
}

/** A field as a number; an empty one is none. */
function toNumber(field: string): number | undefined {
  if (field === "") return undefined;
  const value = Number(field);
  return Number.isFinite(value) ? value : undefined;
}
