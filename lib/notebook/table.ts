import { checkOptions } from "../ground/arguments/check-options.ts";
import { aNumber, anObject, aText, checkKind, demand, listOf } from "../ground/arguments/kinds.ts";
import { escapeHtml } from "../ground/notebook/rich.ts";
import { html, type RichText } from "./html.ts";

/** What a cell of a table holds. */
export type Cell = string | number | boolean | null | undefined;

/** How a table looks. */
export interface TableOptions {
  /** Which columns, in which order; by default those of the first row. */
  readonly columns?: readonly string[];
  /** What stands above the table. */
  readonly caption?: string;
  /** Significant digits of numbers that are not whole; 5 if left out. */
  readonly digits?: number;
}

/**
 * A table from rows: text at the left, numbers at the right.
 *
 * @param rows Objects with the same keys, which are the headings.
 * @returns HTML for a notebook, lines of text for a terminal.
 * @throws RangeError if there is neither a row nor a list of columns.
 */
export function table(rows: readonly Readonly<Record<string, Cell>>[], options: TableOptions = {}): RichText {
  checkKind("table", "rows", rows, demand(listOf(anObject)));
  checkOptions("table", options, 'table(rows, { caption: "Losses" })', {
    columns: listOf(aText),
    caption: aText,
    digits: aNumber,
  });
  const columns = options.columns ?? Object.keys(rows[0] ?? {});
  if (columns.length === 0) throw new RangeError("table: expected a row, or a list of columns; got neither");
  const numeric = columns.map((column) => rows.some((row) => typeof row[column] === "number"));
  const cells = rows.map((row) => columns.map((column) => cellText(row[column], options.digits ?? 5)));
  const align = (index: number) => `style="padding:3px 10px;text-align:${numeric[index] ? "right" : "left"}"`;
  const head = columns.map((column, index) => `<th ${align(index)}>${escapeHtml(column)}</th>`).join("");
  const body = cells.map(
    (row) => `<tr>${row.map((cell, index) => `<td ${align(index)}>${escapeHtml(cell)}</td>`).join("")}</tr>`,
  );
  const caption = options.caption === undefined ? "" : `<caption>${escapeHtml(options.caption)}</caption>`;
  const source = `<table style="font-variant-numeric:tabular-nums">${caption}<thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
  return html(source, textTable([[...columns], ...cells], numeric, options.caption));
}

function cellText(value: Cell, digits: number): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "number") return `${value}`;
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return `${value}`.replace("-", "−");
  return `${Number(value.toPrecision(digits))}`.replace("-", "−");
}

function textTable(
  rows: readonly string[][],
  numeric: readonly boolean[],
  caption: string | undefined,
): string {
  const widths = numeric.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        numeric[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return [...(caption === undefined ? [] : [caption]), lines[0] ?? "", rule, ...lines.slice(1)].join("\n");
}
