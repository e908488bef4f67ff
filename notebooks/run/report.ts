import { stripVTControlCharacters } from "node:util";
import type { CellRun, NotebookRun } from "./notebook.ts";

const mark = { ok: "ok", expected: "ok*", error: "FAILED", skipped: "skipped" } as const;
const textWidth = 64;

function shorten(text: string): string {
  const plain = stripVTControlCharacters(text);
  return plain.length > textWidth ? `${plain.slice(0, textWidth - 1)}…` : plain;
}

/** One line of the table: cell, time, status, first line. */
export function cellLine(run: CellRun): string {
  const time = run.status === "skipped" ? "–" : run.ms.toFixed(0);
  const columns = [
    String(run.index).padStart(5),
    time.padStart(8),
    mark[run.status].padEnd(7),
    shorten(run.firstLine),
  ];
  return columns.join("  ").trimEnd();
}

export const tableHead = [" cell", "ms".padStart(8), "status ", "first line"].join("  ");

/** Last line of a notebook's table. */
export function totalLine({ cells, startMs, totalMs }: NotebookRun): string {
  const ran = cells.filter((cell) => cell.status !== "skipped").length;
  const total = totalMs.toFixed(0).padStart(8);
  return `total  ${total}  ${ran} of ${cells.length} cells; the kernel answered after ${startMs.toFixed(0)} ms`;
}

/** The error of a failed cell, indented under the table. */
export function errorLines(run: CellRun): string[] {
  if (run.status !== "error" || run.error === undefined) return [];
  const lines = run.error.traceback.flatMap((line) => line.split("\n"));
  return [`Cell ${run.index} failed:`, ...lines.map((line) => `    ${stripVTControlCharacters(line)}`)];
}
