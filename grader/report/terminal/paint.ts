/**
 * Colours as marks that only this process can write, because they hold a number that nobody else knows. Whoever writes to a terminal
 * turns them into colours after everything else has been made printable: so a learner's text has no way to colour, or to act.
 */

import { randomBytes } from "node:crypto";
import { printable } from "../printable.ts";

/** Pairs of "select graphic rendition": on, off. */
const STYLES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  magenta: [35, 39],
} as const;

export type Paint = { readonly [style in keyof typeof STYLES]: (text: string) => string };

const SECRET = randomBytes(12).toString("hex");
const mark = (code: number): string => `⟦${SECRET}:${code}⟧`;
const MARKS = new RegExp(`⟦${SECRET}:(\\d+)⟧`, "g");

/** @param color False leaves texts as they are. */
export function paint(color: boolean): Paint {
  const styles = Object.entries(STYLES).map(([name, [on, off]]) => [
    name,
    color ? (text: string) => `${mark(on)}${text}${mark(off)}` : (text: string) => text,
  ]);
  return Object.fromEntries(styles) as Paint;
}

/** A text as a terminal may have it: nothing in it acts but the colours that {@link paint} gave it. */
export function forTerminal(text: string): string {
  return printable(text).replace(MARKS, (_mark, code) => `\u001b[${code}m`);
}
