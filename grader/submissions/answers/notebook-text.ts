/**
 * A notebook's JSON without what its cells have put out, before anything is parsed: a few figures hold more numbers than all cells
 * hold words, and ten million empty objects are 30 MB of text and a gigabyte in memory.
 */

import { MAX_JSON } from "../limits.ts";
import { Unreadable } from "../submission.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const OUTPUTS = '"outputs"';

/**
 * @param path For messages.
 * @returns The same JSON, in which every list `outputs` is empty.
 * @throws Unreadable if such a list does not end, or if what remains is more than a person writes.
 */
export function withoutOutputs(text: string, path: string): string {
  const kept: string[] = [];
  let from = 0;
  let containers = 0;
  let values = 0;
  for (let i = 0; i < text.length; i++) {
    const sign = text.charCodeAt(i);
    if (sign === COMMA) values += 1;
    else if (sign === OPEN_LIST || sign === OPEN_OBJECT) containers += 1;
    else if (sign === QUOTE) {
      const end = endOfText(text, i);
      const list =
        end - i === OUTPUTS.length && text.startsWith(OUTPUTS, i) ? listAfter(text, end, path) : undefined;
      if (list !== undefined) {
        kept.push(text.slice(from, list.from), "[]");
        from = list.to;
      }
      i = (list?.to ?? end) - 1;
    }
  }
  if (containers > MAX_JSON.containers || values > MAX_JSON.values) {
    throw new Unreadable(
      `${path} is no notebook that a person made: besides its outputs it holds ${containers} lists and objects and ${values} further values`,
    );
  }
  return from === 0 ? text : `${kept.join("")}${text.slice(from)}`;
}

/** Behind the closing quote. */
function endOfText(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const sign = text.charCodeAt(i);
    if (sign === BACKSLASH) i += 1;
    else if (sign === QUOTE) return i + 1;
  }
  return text.length;
}

/** The list behind a key; undefined where there is another value. */
function listAfter(text: string, key: number, path: string): { from: number; to: number } | undefined {
  const from = /^\s{0,64}:\s{0,64}(?=\[)/.exec(text.slice(key, key + 140))?.[0].length;
  if (from === undefined) return undefined;
  let depth = 0;
  for (let i = key + from; i < text.length; i++) {
    const sign = text.charCodeAt(i);
    if (sign === QUOTE) i = endOfText(text, i) - 1;
    else if (sign === OPEN_LIST || sign === OPEN_OBJECT) depth += 1;
    else if (sign === CLOSE_LIST || sign === CLOSE_OBJECT) {
      depth -= 1;
      if (depth === 0) return { from: key + from, to: i + 1 };
    }
  }
  // To look on behind its beginning would take time in proportion to the square of the length.
  throw new Unreadable(
    `${path} is not a notebook: it is cut off inside an output. Save it again and hand it in again`,
  );
}
