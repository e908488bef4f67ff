import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import type { Diagnostic, PositionMap } from "../tslab/tslab.ts";

/** An error as Jupyter shows it: in an `error` output and in `execute_reply`. */
export interface Failure {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** What a stack trace needs to know of an executed cell. */
export interface CellSource {
  code: string;
  position: PositionMap;
}

/** Cells by their script name, as stack traces call them. */
export type CellSources = ReadonlyMap<string, CellSource>;

const cellFrame = /(cell\[[^\]]+\]):(\d+):(\d+)/;
const maxCauses = 5;
const projectFolder = fileURLToPath(new URL("../../..", import.meta.url));
const ownFrame = /notebooks[\\/]kernel[\\/]|tslab[\\/]dist|node:|native|<anonymous>/;

/** A line of code with a caret under a column; all zero-based. */
function excerpt(code: string, line: number, column: number, width = 1): string[] {
  const text = code.split("\n")[line];
  if (text === undefined || text.trim() === "") return [];
  const number = String(line + 1);
  const margin = " ".repeat(number.length);
  // Tabs stay tabs, so that the caret stands under its character.
  const indent = text.slice(0, column).replace(/[^\t]/g, " ");
  const carets = "^".repeat(Math.max(1, Math.min(width, text.length - column)));
  return [`  ${number} │ ${text}`, `  ${margin} │ ${indent}${carets}`];
}

/** Type and syntax errors of a cell, each with its place and its line. */
export function describeDiagnostics(diagnostics: readonly Diagnostic[], code: string): Failure {
  const lines: string[] = [];
  let previous: Diagnostic | undefined;
  for (const diagnostic of diagnostics) {
    const { start, end, messageText, code: number, fileName } = diagnostic;
    // tslab lists the parts of one message one after another, at the same place.
    if (previous?.start.offset === start.offset && previous.fileName === fileName) {
      lines.push(`    ${messageText}`);
      continue;
    }
    const file = fileName === undefined ? "" : `${fileName}, `;
    lines.push(`${file}line ${start.line + 1}, column ${start.character + 1} (TS${number}): ${messageText}`);
    if (fileName === undefined) {
      lines.push(...excerpt(code, start.line, start.character, end.offset - start.offset));
    }
    previous = diagnostic;
  }
  const ename = "TypeScriptError";
  const evalue = lines[0] ?? "the cell does not compile";
  return { ename, evalue, traceback: [`${ename}: ${evalue}`, ...lines.slice(1)] };
}

/** A frame of the stack in terms of the cell; undefined if it lies elsewhere. */
function mapFrame(frame: string, cells: CellSources) {
  const match = cellFrame.exec(frame);
  const cell = match?.[1] === undefined ? undefined : cells.get(match[1]);
  const position = cell?.position(Number(match?.[2]) - 1, Number(match?.[3]) - 1);
  if (cell === undefined || position === undefined) return undefined;
  const { line, column } = position;
  const text = frame.replace(cellFrame, `$1:${line + 1}:${column + 1}`);
  return { text, excerpt: excerpt(cell.code, line, column) };
}

/** Library paths from the package's name on, and project paths from the project's folder on. */
function shortenPath(frame: string): string {
  return frame
    .replace(/(?:file:\/\/)?[^\s()]*[\\/]node_modules[\\/]/, "")
    .replace(projectFolder, "")
    .replace("file://", "");
}

/** Stack of an error: where in a library it arose, then the frames that lie in cells. */
function trimStack(stack: string, cells: CellSources): string[] {
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
  const mapped = frames.map((frame) => mapFrame(frame, cells));
  const inCells = mapped.filter((frame) => frame !== undefined);
  const foreign = frames.filter((frame) => !cellFrame.test(frame) && !ownFrame.test(frame)).map(shortenPath);
  if (inCells.length === 0) return foreign;
  const origin = mapped[0] === undefined ? foreign.slice(0, 1) : [];
  return [...(inCells[0]?.excerpt ?? []), ...origin, ...inCells.map((frame) => frame.text)];
}

function nameOf(error: Error): string {
  return error.name === "Error" ? error.constructor.name || "Error" : error.name;
}

function describeError(error: Error, cells: CellSources, depth: number): string[] {
  const lines = [`${nameOf(error)}: ${error.message}`, ...trimStack(error.stack ?? "", cells)];
  if (error instanceof AggregateError) {
    for (const one of error.errors.slice(0, maxCauses)) lines.push(`  - ${brief(one)}`);
  }
  if (error.cause !== undefined && depth < maxCauses) {
    const cause = error.cause;
    lines.push("Caused by");
    lines.push(...(cause instanceof Error ? describeError(cause, cells, depth + 1) : [inspect(cause)]));
  }
  return lines;
}

/** One line for an error or whatever else was thrown. */
export function brief(error: unknown): string {
  return error instanceof Error ? `${nameOf(error)}: ${error.message}` : inspect(error, { depth: 1 });
}

/** Anything thrown by a cell. Never throws itself, whatever was thrown. */
export function describeThrown(error: unknown, cells: CellSources): Failure {
  try {
    if (error instanceof Error) {
      const traceback = describeError(error, cells, 0);
      return { ename: String(nameOf(error)), evalue: String(error.message), traceback };
    }
    const evalue = `a value that is not an Error was thrown: ${inspect(error, { depth: 1 })}`;
    return { ename: "Thrown", evalue, traceback: [`Thrown: ${evalue}`] };
  } catch {
    const evalue = "an error was thrown that can't be shown";
    return { ename: "Thrown", evalue, traceback: [`Thrown: ${evalue}`] };
  }
}

/**
 * The cell was stopped by the person at the keyboard, or by a client's time limit.
 *
 * @param itself It has come to its end all the same, because what it was computing ended early.
 * @param doing What it was doing, where that is known.
 */
export function describeInterrupt({
  itself = false,
  doing,
}: {
  itself?: boolean;
  doing?: string | undefined;
} = {}): Failure {
  const kept = itself ? "what it had computed by then is kept" : "variables of earlier cells are kept";
  const evalue = `the cell was interrupted${doing === undefined ? "" : ` ${doing}`}; ${kept}`;
  return { ename: "KeyboardInterrupt", evalue, traceback: [`KeyboardInterrupt: ${evalue}`] };
}
