/** Text of unknown origin as HTML text or as the value of a quoted attribute. */

import { printable } from "./printable.ts";

const ENTITIES: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

export function escapeHTML(text: unknown): string {
  return printable(String(text)).replace(/[&<>"'`]/g, (character) => ENTITIES[character] as string);
}

/** JSON that can stand inside a script element, with texts as they may be shown. */
export function scriptJSON(value: unknown): string {
  return JSON.stringify(value, printableText).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** For JSON's walk over a value: every text in its printable form. */
export const printableText = (_key: string, part: unknown): unknown =>
  typeof part === "string" ? printable(part) : part;
