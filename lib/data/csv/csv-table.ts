import { tf } from "../../engine/tf.ts";
import { checkPath } from "../../ground/arguments/check-options.ts";
import { type Columns, chooseColumns, nameColumns } from "./columns.ts";
import { detectDelimiter } from "./delimiter.ts";
import { expectNumber, isMissing, plain, toNumber } from "./field.ts";
import { numberLabels, type TableLabels } from "./labels.ts";
import { type CsvTableOptions, checkTableOptions } from "./options.ts";
import { type Division, eachRecord, readSeparatorLine, readText } from "./records.ts";

/** Numbers from a table. */
export interface Table {
  /** Shape [rows, columns], float32. */
  readonly data: tf.Tensor2D;
  /** Names of the columns; "1", "2", … if the file has none. */
  readonly columns: readonly string[];
  /** The classes, if a column of labels is named. */
  readonly labels?: TableLabels;
  /**
   * Names of the rows, if the file has them as R writes them: under names of columns that are one fewer than its fields.
   * They are no column of the data, unless `columns` names it: "". As classes, `labels: ""` takes them.
   */
  readonly rowNames?: readonly string[];
  /** How many rows were left out because a value is missing. */
  readonly skipped: number;
}

/**
 * Reads a table of numbers from a text file: CSV (RFC 4180: fields may be quoted), or the like with another delimiter.
 *
 * @throws Error if the file cannot be read, or is no table of numbers that are finite in float32, or does not tell
 *   whether it names its columns; it names the line, the column and the remedy.
 * @throws TypeError if the path is no text.
 * @throws RangeError if an option has no meaning, or no column is wanted, or a wanted one does not exist, or more than
 *   one has its name.
 */
export function csvTable(path: string, options: CsvTableOptions = {}): Table {
  checkPath("csvTable", path, 'csvTable("people.csv")');
  checkTableOptions(options);
  const { told, rest: text } = readSeparatorLine(readText(path));
  const { comment = "#" } = options;
  if (options.delimiter === undefined && told !== undefined && told === options.decimal) {
    throw new RangeError(
      `${path}: its first line says that "${told}" divides the fields; expected another decimal sign, or a delimiter`,
    );
  }
  const delimiter = options.delimiter ?? told ?? detectDelimiter(text, comment, options.decimal);
  const division = { delimiter, comment: comment === delimiter ? "" : comment };
  try {
    const start: string[][] = [];
    eachRecord(text, division, (fields) => start.push(fields), 2);
    if (start.length === 0) throw new Error(`${path}: the file is empty`);
    const named = nameColumns(start, options, path);
    return readRows(text, division, chooseColumns(named, options, path), options, path);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Error(`${path}: not a table: ${error.message}`, { cause: error });
  }
}

function readRows(
  text: string,
  division: Division,
  { all, hasHeader, hasRowNames, chosen, label }: Columns,
  { missing, decimal = "." }: CsvTableOptions,
  path: string,
): Table {
  const values = growing();
  const classes: string[] = [];
  const rowNames: string[] = [];
  const row = new Float32Array(chosen.length);
  let [records, rows, skipped] = [0, 0, 0];
  eachRecord(text, division, (fields, lineOf) => {
    const isHeader = records++ === 0 && hasHeader;
    const width = all.length - (isHeader && hasRowNames ? 1 : 0);
    if (fields.length !== width) {
      const own = `${fields.length} ${fields.length === 1 ? "field" : "fields"}`;
      const others = hasRowNames ? `the second has ${width}` : `the first has ${width}`;
      throw new SyntaxError(`line ${lineOf()} has ${own}; ${others}`);
    }
    if (isHeader) return;
    const refuse = (column: number, expected: string): never => {
      const place = `${path}, line ${lineOf()}, column "${all[column]}"`;
      throw new Error(`${place}: expected ${expected}`);
    };
    const name = label === undefined ? undefined : plain(fields[label]);
    let isWhole = name !== "";
    for (let i = 0; i < chosen.length; i++) {
      const field = fields[chosen[i]];
      const value = toNumber(field, decimal);
      if (!Number.isNaN(value)) row[i] = value;
      else if (missing === undefined || !isMissing(field))
        refuse(chosen[i], expectNumber(field, decimal, all[chosen[i]]));
      else if (missing === "skip") isWhole = false;
      else row[i] = missing;
    }
    if (label !== undefined && name === "" && missing !== "skip")
      refuse(label, 'a class; got "". With missing: "skip" such rows are left out');
    if (!isWhole) {
      skipped++;
      return;
    }
    values.add(row);
    rows++;
    if (name !== undefined) classes.push(name);
    if (hasRowNames) rowNames.push(plain(fields[0]));
  });
  const columns = chosen.map((index) => all[index]);
  if (rows === 0) {
    const found = skipped > 0 ? `${skipped}, in each of which a value is missing` : "none";
    throw new Error(
      `${path}: expected rows of numbers${hasHeader ? ` under the names ${all.join(", ")}` : ""}; found ${found}`,
    );
  }
  const data = tf.tensor2d(values.take(), [rows, chosen.length], "float32");
  return {
    data,
    columns,
    skipped,
    ...(label === undefined ? {} : { labels: numberLabels(classes) }),
    ...(hasRowNames ? { rowNames } : {}),
  };
}

/** Numbers one behind the other, of which it is not known how many will come. */
function growing() {
  let [room, length] = [new Float32Array(2 ** 12), 0];
  return {
    add(row: Float32Array) {
      if (length + row.length > room.length) {
        const larger = new Float32Array(Math.max(2 * room.length, length + row.length));
        larger.set(room);
        room = larger;
      }
      room.set(row, length);
      length += row.length;
    },
    take: () => room.slice(0, length),
  };
}
