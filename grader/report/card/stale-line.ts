/**
 * A line in a notebook's card that shows itself while a cell above is edited and not run. The page knows that before the file does:
 * JupyterLab marks such cells. Elsewhere the line stays hidden.
 */

import { randomBytes } from "node:crypto";
import { escapeHTML } from "../escape.ts";

const TEXT =
  "The cell above was edited after it last ran: run it, then check again. What it says now will be graded.";

/** @param style Of the line, as of the card's other warnings. */
export function staleLine(style: string): string {
  const id = `flowlab-stale-${randomBytes(6).toString("hex")}`;
  return `<div id="${id}" style="display:none;${style}">⚠ ${escapeHTML(TEXT)}</div><script>(${watch})(${JSON.stringify(id)})</script>`;
}

/** Runs in the page. As text, because the page's types are not this program's. */
const watch = `function (id) {
  const line = document.getElementById(id);
  const above = [];
  for (let cell = line?.closest(".jp-Cell")?.previousElementSibling; cell?.classList.contains("jp-CodeCell"); cell = cell.previousElementSibling) above.push(cell);
  const look = () => { line.style.display = above.some((cell) => cell.classList.contains("jp-mod-dirty")) ? "" : "none"; };
  const observer = new MutationObserver(look);
  for (const cell of above) observer.observe(cell, { attributes: true, attributeFilter: ["class"] });
  if (above.length > 0) look();
}`;
