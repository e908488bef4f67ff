import { inspect } from "node:util";
import { aText, checkKind, demand } from "../arguments/kinds.ts";

/** Outputs by MIME type, as the Jupyter protocol carries them. */
export type MimeBundle = Record<string, unknown>;

/** The method by which a value says how it looks in a notebook. */
export const jupyterDisplay: unique symbol = Symbol.for("Jupyter.display");

/** What Node prints for a value in a terminal. */
export const nodeInspect: unique symbol = Symbol.for("nodejs.util.inspect.custom");

/** A value that shows itself in a notebook. */
export interface Rich {
  /** What to show, by MIME type, or a promise of it. */
  [jupyterDisplay](): MimeBundle | Promise<MimeBundle>;
}

/** Whether a value shows itself in a notebook. */
export function isRich(value: unknown): value is Rich {
  return (
    value !== null &&
    typeof value === "object" &&
    jupyterDisplay in value &&
    typeof value[jupyterDisplay] === "function"
  );
}

/** How a value looks in a notebook: as it says itself, or as Node would print it. */
export function mimeBundle(value: unknown): MimeBundle | Promise<MimeBundle> {
  if (isRich(value)) return value[jupyterDisplay]();
  return { "text/plain": typeof value === "string" ? value : inspect(value, { depth: 4 }) };
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text made safe to stand in HTML, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  checkKind("escapeHtml", "text", text, demand(aText));
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
