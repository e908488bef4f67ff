/** Cells → nbformat 4.5, the same bytes each time. */

import { createHash } from "node:crypto";
import { languageInfo } from "../kernel/protocol/info.ts";

export interface Cell {
  readonly type: "code" | "markdown";
  readonly source: string;
  readonly metadata: { readonly [key: string]: unknown };
  /** Fixed for exercise cells; otherwise made from the text. */
  readonly id?: string;
}

export interface NotebookCell {
  cell_type: "code" | "markdown";
  id: string;
  metadata: Record<string, unknown>;
  source: string[];
  execution_count?: null;
  outputs?: [];
}

export interface Notebook {
  cells: NotebookCell[];
  metadata: Record<string, unknown>;
  nbformat: 4;
  nbformat_minor: 5;
}

/** @param name The notebook's slug: equal text in two notebooks gets two ids. */
export function notebook(cells: readonly Cell[], name: string): Notebook {
  const used = new Map<string, number>();
  return {
    cells: cells.map((cell) => {
      const base = cell.id ?? digest(`${name}\n${cell.type}\n${cell.source}`, 8);
      const seen = used.get(base) ?? 0;
      used.set(base, seen + 1);
      return toNotebookCell(cell, seen === 0 ? base : `${base}-${seen}`);
    }),
    metadata: {
      flowlab: { generated: sourcesDigest(cells.map((cell) => cell.source)) },
      kernelspec: { display_name: "TypeScript (flowlab)", language: "typescript", name: "flowlab" },
      language_info: languageInfo,
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

function toNotebookCell(cell: Cell, id: string): NotebookCell {
  const lines = cell.source.split("\n");
  const source = lines
    .map((line, i) => (i < lines.length - 1 ? `${line}\n` : line))
    .filter((line) => line !== "");
  const common = { cell_type: cell.type, id, metadata: { ...cell.metadata }, source };
  return cell.type === "code" ? { ...common, execution_count: null, outputs: [] } : common;
}

/** What a notebook's text was when it was generated: if it still is, nobody has written in it. */
export function sourcesDigest(sources: readonly string[]): string {
  return digest(sources.join("\n%%\n"), 16);
}

function digest(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}

/** Jupyter's own style, so that saving an untouched notebook changes nothing: keys sorted, indent 1. */
export function notebookText(of: Notebook): string {
  return `${JSON.stringify(of, sortKeys, 1)}\n`;
}

function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
