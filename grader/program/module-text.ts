/** The text of one module of a program: some of a cell, each line in its place, and what modules say to each other below it. */

import { SUBMISSION } from "../harness/address.ts";
import type { Import, Piece, Span } from "./facts.ts";

export const importOf = (name: string, path: string): string =>
  `import { ${exportName(name)} as ${name} } from ${JSON.stringify(SUBMISSION + path)};`;

/** It is not one of several declarations after a `const`, which cannot be taken out of the text alone. */
export const isWhole = ({ spans }: Piece, text: string): boolean =>
  spans.every(({ end, head }) => head === undefined && !/^\s*,/.test(text.slice(end, end + 200)));

export function importText({ local, imported, from }: Import): string {
  const source = JSON.stringify(from);
  if (imported === "*") return `import * as ${local} from ${source};`;
  return `import { ${imported} as ${local} } from ${source};`;
}

/** Under a name of its own, since the text may export the declaration as well. */
const exportName = (name: string): string => `__cell_${name}`;

/** What modules say to each other stands below the learner's lines and moves none of them. */
export function footer(imports: readonly string[], names: Iterable<string>): string {
  const unique = [...new Set(imports)];
  const exports = [...new Set(names)].map((name) => `${name} as ${exportName(name)}`);
  const lines = [...unique, ...(exports.length > 0 ? [`export { ${exports.join(", ")} };`] : [])];
  return lines.length > 0 ? `\n;${lines.join(" ")}` : "";
}

/** The text with some of it blanked out, each character in its place. */
export function blank(text: string, spans: readonly Span[]): string {
  let result = text;
  for (const { start, end } of spans)
    result = result.slice(0, start) + result.slice(start, end).replace(/[^\n]/g, " ") + result.slice(end);
  return result;
}

/** Nothing but some of a text, each line in its place. */
export function only(text: string, spans: readonly Span[]): string {
  let result = "";
  let from = 0;
  for (const { start, end, head } of spans) {
    const before = text
      .slice(from, start)
      .replace(/[^\n]/g, " ")
      .replace(/ +(?=\n)/g, "");
    const room =
      head && before.endsWith(" ".repeat(head.length + 1)) ? before.slice(0, -(head.length + 1)) : before;
    result += `${room}${head ? `${head} ` : ""}${text.slice(start, end)};`;
    from = end;
  }
  return result;
}
