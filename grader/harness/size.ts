/**
 * How much one answer may hold, counted on the text that carries it, before anybody reads that text.
 *
 * Both sides count: the learner's side refuses with a message that can name the value, the judge's side stops listening to whoever
 * sends more all the same.
 */

import { encodeNumber } from "./encoding.ts";
import { isArray, isView, keys, stringify } from "./pristine.ts";

const { byteLength } = Buffer;

export interface AnswerSize {
  /** Numbers, texts and whatever else stands in arrays and objects, all together. */
  readonly values: number;
  /** Names of fields, arrays and objects, all together: each costs its reader ten times what a number does. */
  readonly keys: number;
  /** The whole text. A double takes at most 25 of them. */
  readonly bytes: number;
}

const KB = 1024;

/** Ten thousand doubles or a free text of 250 KB: several times what an honest answer has needed yet. */
export const DEFAULT_ANSWER: AnswerSize = { values: 20_000, keys: 2000, bytes: 256 * KB };

/**
 * The most that a check may declare: the worst text of this size keeps the judge's only thread for some 30 ms, from its bytes to a
 * verdict (drivers/reading-cost.test.ts). What needs more has to be asked for in parts.
 */
export const LARGEST_ANSWER: AnswerSize = { values: 100_000, keys: 10_000, bytes: 2 * KB * KB };

/** Everything that is told instead of an answer: a message and a trace, each cut, in the worst case six bytes a character. */
export const FAILURE_BYTES = 64 * KB;

/** What a check's answers may hold together, so that a judge's memory does not grow with the number of questions. */
export function together({ values, keys, bytes }: AnswerSize): AnswerSize {
  const times = Math.max(1, Math.min(16, Math.floor((8 * LARGEST_ANSWER.bytes) / bytes)));
  return { values: values * times, keys: keys * times, bytes: bytes * times };
}

/** "20,000 values, 2,000 keys and 256 KB", for messages. */
export function sizeText({ values, keys: names, bytes }: AnswerSize): string {
  const thousands = (n: number) => `${n}`.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${thousands(values)} values, ${thousands(names)} keys and ${bytesText(bytes)}`;
}

export function bytesText(bytes: number): string {
  if (bytes < KB) return `${bytes} bytes`;
  return bytes < KB * KB ? `${Math.round(bytes / KB)} KB` : `${Math.round(bytes / KB / KB)} MB`;
}

/** Which part of `size` the value goes beyond, and undefined if it keeps within it. Ends as soon as it knows. */
export function excess(value: unknown, size: AnswerSize): keyof AnswerSize | undefined {
  // Nearly every answer fits though all of its numbers were as long as numbers can be: then none is written out to be counted.
  const roughly = beyond(value, { values: 0, keys: 0, bytes: 0, width: () => LONGEST_NUMBER }, size);
  if (roughly === undefined) return undefined;
  return beyond(value, { values: 0, keys: 0, bytes: 0, width: (n) => encodeNumber(n).length }, size);
}

/** "-2.2250738585072014e-308" */
const LONGEST_NUMBER = 24;

type Seen = { -readonly [K in keyof AnswerSize]: number } & { readonly width: (value: number) => number };

function beyond(value: unknown, seen: Seen, size: AnswerSize): keyof AnswerSize | undefined {
  seen.values += 1;
  if (seen.values > size.values) return "values";
  if (typeof value === "number") seen.bytes += seen.width(value) + 1;
  else if (typeof value === "string") {
    // A text that is too long as it stands is not written out to count its escapes.
    if (value.length > size.bytes) return "bytes";
    seen.bytes += byteLength(stringify(value)) + 1;
  } else if (value === null || typeof value !== "object") seen.bytes += 6;
  else return beyondParts(value, seen, size);
  return seen.bytes > size.bytes ? "bytes" : undefined;
}

function beyondParts(value: object, seen: Seen, size: AnswerSize): keyof AnswerSize | undefined {
  seen.keys += 1;
  seen.bytes += 3;
  const list = isArray(value) || isView(value) ? (value as ArrayLike<unknown>) : undefined;
  const names = list ? undefined : keys(value);
  const { length } = list ?? (names as string[]);
  if (seen.values + length > size.values) return "values";
  if (names) seen.keys += length;
  if (seen.keys > size.keys) return "keys";
  for (let i = 0; i < length; i++) {
    const name = names?.[i];
    if (name !== undefined) seen.bytes += byteLength(stringify(name)) + 1;
    const part = name === undefined ? list?.[i] : (value as Record<string, unknown>)[name];
    const where = beyond(part, seen, size);
    if (where) return where;
  }
  return seen.bytes > size.bytes ? "bytes" : undefined;
}
