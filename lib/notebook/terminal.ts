import { stripVTControlCharacters } from "node:util";
import type { MimeBundle } from "../ground/notebook/rich.ts";

/** Where a terminal area writes: standard output, or what a test gives. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * A few lines of the terminal that are rewritten in place. Without a terminal (a pipe, a log file) every call prints,
 * so callers there should call rarely.
 */
export function terminalArea(output: Output = process.stdout): (bundle: MimeBundle) => void {
  let rows = 0;
  return (bundle) => {
    const text = `${bundle["text/plain"] ?? ""}`;
    if (output.isTTY !== true) {
      output.write(`${text}\n`);
      return;
    }
    // Up to the first row of what stands there, and clear from it to the end of the screen.
    const back = rows > 0 ? `\u001b[${rows}A\r\u001b[J` : "";
    output.write(`${back}${text}\n`);
    rows = rowCount(text, output.columns ?? 80);
  };
}

/** Rows a text takes: long lines wrap. */
function rowCount(text: string, columns: number): number {
  const lengths = text.split("\n").map((line) => stripVTControlCharacters(line).length);
  return lengths.reduce((rows, length) => rows + Math.max(1, Math.ceil(length / columns)), 0);
}
