import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { missingBehind } from "./field.ts";

/** How the text of a file is divided into fields. */
export interface Division {
  /** Between two fields; " " stands for any number of spaces and tabs. */
  readonly delimiter: string;
  /** Begins a line that holds no data; "" if there are none. */
  readonly comment: string;
}

/**
 * The text of a file: UTF-8, or UTF-16 with a byte order mark, as spreadsheets write it.
 *
 * @throws Error if it cannot be read, is in another encoding, or is larger than a text can be.
 */
export function readText(path: string): string {
  const bytes = readFileSync(path);
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    // What stood in for unknown letters would make one name, or one class, of several.
    if ((cause as NodeJS.ErrnoException).code === "ERR_ENCODING_INVALID_ENCODED_DATA") {
      throw new Error(
        `${path}: expected text in ${encoding.toUpperCase()}; got bytes that are none, as older spreadsheets write ` +
          "letters like é. Save it as UTF-8",
        { cause },
      );
    }
    throw new Error(
      `${path}: expected a file of at most 512 MB; got ${Math.round(bytes.length / 2 ** 20)} MB. Divide it`,
      { cause },
    );
  }
}

/**
 * The delimiter that the first line tells, as Excel has it told (`sep=;`), and the text with that line empty, so that the
 * others keep their numbers.
 */
export function readSeparatorLine(text: string): { told: string | undefined; rest: string } {
  const [line, , told] = /^("?)sep=([^\w"\r\n])\2*\1[ \t]*(?=[\r\n]|$)/i.exec(text) ?? [];
  return { told, rest: line === undefined ? text : text.slice(line.length) };
}

/**
 * Calls `take` with the fields of each record in turn (RFC 4180: fields may be quoted); empty lines and comments are
 * none. `lineOf` tells the line of the file on which the record ends: it counts, so only a message should ask.
 *
 * @param most Stops after so many records.
 * @throws SyntaxError if a quoted field does not end, or goes on behind its closing quote; with the line.
 */
export function eachRecord(
  text: string,
  { delimiter, comment }: Division,
  take: (fields: string[], lineOf: () => number) => void,
  most = Infinity,
): void {
  // Files that old programs wrote for the Macintosh have no other line end. In "\r\n", "\r" is space around a field.
  const newline = text.includes("\n") ? "\n" : "\r";
  const even = showMissing(delimiter === " " ? squeeze(text) : text, { delimiter, comment });
  let count = 0;
  Papa.parse<string[]>(even, {
    delimiter,
    newline,
    comments: comment === "" ? false : comment,
    step({ data, errors, meta }, parser) {
      const lineOf = () => lineAt(even, meta.cursor, newline);
      const [fault] = errors;
      if (fault)
        throw new SyntaxError(`line ${lineAt(even, fault.index ?? 0, newline)}: ${QUOTES[fault.code]}`);
      if (data.length === 1 && data[0].trim() === "") return;
      take(data, lineOf);
      if (++count >= most) parser.abort();
    },
  });
}

const QUOTES: Readonly<Record<string, string>> = {
  MissingQuotes: "a quoted field does not end",
  InvalidQuotes: "a quoted field goes on behind its closing quote",
};

/** The text in which a line that begins with a value like #N/A is no comment: there is space in front of it. */
function showMissing(text: string, { delimiter, comment }: Division): string {
  const words = comment === "" ? [] : missingBehind(comment);
  if (words.length === 0 || !text.includes(comment)) return text;
  const any = words.map(literally).join("|");
  const end = `[ \\t]*(?:${literally(delimiter)}|\\r?$)`;
  return text.replace(new RegExp(`^(?=(?:${any})${end})`, "gim"), " ");
}

/** The pattern of just this text. */
const literally = (text: string) => text.replace(/[^\w\s]/g, "\\$&");

/** One space where there are several or tabs, and none at the ends of a line. */
const squeeze = (text: string) => text.replace(/[ \t]+/g, " ").replace(/^ | (?=\r?$)/gm, "");

/** The number of the line that ends at this place, or on which the text ends. */
function lineAt(text: string, end: number, newline: string): number {
  const before = text.slice(0, end);
  return before.split(newline).length - (before.endsWith(newline) ? 1 : 0);
}
