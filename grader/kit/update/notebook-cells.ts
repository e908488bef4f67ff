/** A notebook's cells as an update reads and writes them. */

import { sha256 } from "../manifest.ts";

export interface Cell {
  readonly cell_type: string;
  readonly id?: string;
  readonly metadata: { readonly [name: string]: unknown };
  /** Lines, or all of it as one text: both are allowed. */
  readonly source: string | readonly string[];
  readonly outputs?: readonly unknown[];
  readonly [field: string]: unknown;
}

export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: { readonly [name: string]: unknown };
  readonly [field: string]: unknown;
}

/** @returns Undefined if the text is no notebook of cells. */
export function parseNotebook(text: string): Notebook | undefined {
  try {
    const { cells, metadata = {}, ...rest } = JSON.parse(text) as Notebook;
    if (!Array.isArray(cells) || !cells.every((cell) => cell !== null && typeof cell === "object"))
      return undefined;
    return { ...rest, metadata, cells: cells.map((cell) => ({ ...cell, metadata: cell.metadata ?? {} })) };
  } catch {
    return undefined;
  }
}

/** As Jupyter writes it: keys in order, indented by one. */
export const notebookText = (notebook: Notebook): string => `${JSON.stringify(notebook, sortKeys, 1)}\n`;

function sortKeys(_: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const sourceOf = ({ source }: Cell): string => [source ?? ""].flat().join("");

export const digestOf = (cell: Cell): string => sha256(sourceOf(cell));

/** What the course says of its cells: `16.1 solution`. */
export function markOf({ metadata }: Cell): string | undefined {
  const { exercise, prediction, role } = (metadata.flowlab ?? {}) as Record<string, string | undefined>;
  const what = exercise ?? prediction;
  return what === undefined || role === undefined ? undefined : `${what} ${role}`;
}

/** How a person finds it again. */
export function nameOf(cell: Cell): string {
  const mark = markOf(cell);
  const [first = ""] = sourceOf(cell)
    .split("\n")
    .filter((line) => line.trim() !== "");
  const begin = first.length > 60 ? `${first.slice(0, 60)}…` : first;
  return mark === undefined ? `the cell “${begin}”` : `the cell of ${mark.split(" ")[0]}`;
}
