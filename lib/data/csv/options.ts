import { checkOptions } from "../../ground/arguments/check-options.ts";
import { anything } from "../../ground/arguments/kinds.ts";
import { describe } from "../../ground/arguments/plain-numbers.ts";
import { type DecimalSign, toNumber } from "./field.ts";

/** How {@link csvTable} reads. */
export interface CsvTableOptions {
  /**
   * Names of the columns to take, in this order; all that are left out are dropped. If left out, all columns but that
   * of the labels, also such as have the same name.
   */
  readonly columns?: readonly string[];
  /** Name of a column that tells each row's class, by whatever text. */
  readonly labels?: string;
  /**
   * What to do where a value is missing, a field being empty or NA, N/A, n.a., NaN, NaT, null, nil, None, missing,
   * unknown, ?, -, two or three points, \N, a point alone, what a spreadsheet shows for a formula without a value (#N/A,
   * #DIV/0!) or what Windows prints for NaN, 1.#QNAN: "skip" leaves out the row, a number stands in. If left out, it is
   * an error. Numbers that somebody agreed on, like -999, are numbers.
   */
  readonly missing?: "skip" | number;
  /**
   * Between two fields, " " being any number of spaces and tabs. If left out, what the first line tells if it is Excel's
   * `sep=;`, else what divides the first lines best.
   */
  readonly delimiter?: string;
  /** In front of a number's fraction; "." if left out. */
  readonly decimal?: DecimalSign;
  /** Begins a line that is not read; "#" if left out, and "" says that there is none. */
  readonly comment?: string;
  /** Whether the first line names the columns; if left out, it does unless all of it are numbers or missing. */
  readonly header?: boolean;
}

/** @throws RangeError if an option has no meaning, or two of them contradict each other. */
export function checkTableOptions(options: CsvTableOptions) {
  checkOptions("csvTable", options, 'csvTable("people.csv", { columns: ["age"] })', {
    columns: anything,
    labels: anything,
    missing: anything,
    delimiter: anything,
    decimal: anything,
    comment: anything,
    header: anything,
  });
  const { columns, labels, missing, delimiter, decimal, comment, header } = options;
  const isList = Array.isArray(columns) && columns.every((name) => typeof name === "string");
  refuse(columns !== undefined && !isList, "columns as a list of names", columns);
  refuse(header !== undefined && typeof header !== "boolean", "header: true or false", header);
  refuse(columns?.length === 0, "at least one column to take", columns);
  refuse(labels !== undefined && typeof labels !== "string", "labels as the name of a column", labels);
  const isFilled = typeof missing === "number" && !Number.isNaN(toNumber(String(missing), "."));
  const isKnown = missing === undefined || missing === "skip" || isFilled;
  refuse(!isKnown, 'missing: "skip", or a number that is finite in float32', missing);
  refuse(decimal !== undefined && !/^[.,]$/.test(decimal), 'decimal: "." or ","', decimal);
  refuse(delimiter !== undefined && !isSign(delimiter), 'a delimiter, such as "," or ";"', delimiter);
  refuse(comment !== undefined && comment !== "" && !isSign(comment), 'a comment sign, such as "#"', comment);
  refuse(
    delimiter !== undefined && delimiter === decimal,
    "another delimiter than the decimal sign",
    delimiter,
  );
  refuse(
    delimiter !== undefined && delimiter === comment,
    "another delimiter than the comment sign",
    delimiter,
  );
}

const isSign = (text: unknown) => typeof text === "string" && text !== "" && !/["\r\n\uFEFF]/.test(text);

function refuse(isWrong: boolean, expected: string, value: unknown): void {
  if (isWrong) throw new RangeError(`csvTable: expected ${expected}; got ${show(value)}`);
}

const show = (value: unknown) => (typeof value === "object" ? JSON.stringify(value) : describe(value));
