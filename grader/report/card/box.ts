/**
 * What cards under a notebook's cells are made of. All styles are inline and all formulas MathML, so a card needs nothing from the
 * page. Text takes the page's colour; colours of a card's own stand on light and dark.
 */

import { escapeHTML } from "../escape.ts";
import { renderMarkdown } from "../markdown.ts";

export const GREEN = "#2e9e5b";
export const AMBER = "#b87d08";
export const RED = "#d4504f";
export const GREY = "#8b919b";
export const FAINT = "rgba(128,136,148,.13)";

/** A card with a coloured edge. @param label What it is, for those who do not see it. */
export function box(label: string, color: string, body: string): string {
  const edge = `border:1px solid rgba(128,136,148,.35);border-left:4px solid ${color};border-radius:6px;padding:.7em 1em .8em`;
  return `<div role="group" aria-label="${escapeHTML(label)}" style="${edge};max-width:860px;margin:.4em 0;line-height:1.45;font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;font-size:14px;color:inherit;background:transparent">${body}</div>`;
}

/** Something that is opened by a click or by Enter. */
export const fold = (title: string, content: string, open = false): string =>
  `<details${open ? " open" : ""} style="margin:.35em 0"><summary style="cursor:pointer">${title}</summary>${content}</details>`;

/** A text of ours in a card. */
export const cardMarkdown = (text: string): string =>
  renderMarkdown(text.trim(), { math: "mathml" }).replaceAll("<p>", '<p style="margin:.2em 0">');
