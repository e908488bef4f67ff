/** A notebook's text as cells, of nbformat 4, or of 3 with its worksheets. */

import { type NotebookCell, object } from "../../program/notebook.ts";
import { Unreadable } from "../submission.ts";

export interface NotebookFile {
  readonly cells: readonly NotebookCell[];
  /** It was made by the course's builder. */
  readonly built: boolean;
}

/** @throws Unreadable if this is not a notebook. */
export function notebookFile(text: string, origin: string): NotebookFile {
  if (text.trim() === "")
    throw new Unreadable(
      `${origin} is not a notebook: the file is empty. Save it again and hand it in again`,
    );
  let notebook: Record<string, unknown>;
  try {
    notebook = object(JSON.parse(text));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Unreadable(
      `${origin} is not a notebook: it holds no valid JSON (${why.slice(0, 120)}). Save it again and hand it in again`,
    );
  }
  const built = typeof object(object(notebook.metadata).flowlab).generated === "string";
  const format = notebook.nbformat;
  if (format === 4 && Array.isArray(notebook.cells)) return { built, cells: notebook.cells.map(cell) };
  if (format === 3 && Array.isArray(notebook.worksheets)) {
    return { built, cells: notebook.worksheets.flatMap((sheet) => list(object(sheet).cells)).map(cell) };
  }
  const shown = JSON.stringify(format)?.slice(0, 40);
  throw new Unreadable(
    `${origin} is not a notebook that can be read: expected nbformat 4 or 3 with cells; got nbformat ${shown}`,
  );
}

function cell(value: unknown, index: number): NotebookCell {
  const raw = object(value);
  const source = raw.source ?? raw.input;
  const lines = Array.isArray(source) ? source.filter((line) => typeof line === "string").join("") : source;
  return {
    type: typeof raw.cell_type === "string" ? raw.cell_type : "unknown",
    id: typeof raw.id === "string" ? raw.id.slice(0, 64) : undefined,
    text: typeof lines === "string" ? lines.replace(/\r\n?/g, "\n") : "",
    metadata: object(raw.metadata),
    place: index + 1,
  };
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
