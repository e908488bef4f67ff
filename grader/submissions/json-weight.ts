/** What a notebook's JSON would weigh in memory. */

import { MAX_JSON } from "./limits.ts";
import { Unreadable } from "./submission.ts";

const [QUOTE, BACKSLASH, COMMA, BRACKET, BRACE] = [...'"\\,[{'].map((sign) => sign.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
  number,
];

/**
 * Counts before anything is parsed: ten million empty objects are 30 MB of text and a gigabyte in memory.
 *
 * @throws Unreadable
 */
export function checkWeight(text: string, path: string): void {
  let containers = 0;
  let values = 0;
  let inText = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text.charCodeAt(i);
    if (sign === QUOTE) inText = !inText;
    else if (inText) {
      if (sign === BACKSLASH) i += 1;
    } else if (sign === COMMA) values += 1;
    else if (sign === BRACKET || sign === BRACE) containers += 1;
  }
  if (containers > MAX_JSON.containers || values > MAX_JSON.values) {
    throw new Unreadable(
      `${path} is no notebook that a person made: it holds ${containers} lists and objects and ${values} further values; clear its outputs and hand it in again`,
    );
  }
}
