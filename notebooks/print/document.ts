/** A notebook as one page of HTML to be printed: formulas drawn, fonts and pictures in it, no script, nothing from outside. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { escapeHTML } from "../../grader/report/escape.ts";
import { renderMarkdown } from "../../grader/report/markdown.ts";
import { printAnswers, withoutAnswer } from "./answers.ts";
import type { PrintedCell } from "./cell.ts";
import { joinLines, printOutput } from "./outputs.ts";

export interface Document {
  readonly title: string;
  readonly html: string;
}

/** Code of more lines may be cut by the end of a page: kept whole it would leave most of a page empty. */
const MOST_LINES_KEPT = 40;

export function printDocument(cells: readonly PrintedCell[], name: string): Document {
  const title = titleOf(cells) ?? name;
  const body = cells.map(printCell).join("\n");
  return {
    title,
    html:
      `<!doctype html><html lang="en"><head><meta charset="utf-8">` +
      // Whatever somebody wrote into a notebook: no script runs, and nothing is asked of any network.
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:">` +
      `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHTML(title)}</title>` +
      `<style>${katexStyle()}${style()}</style></head><body><main>${body}${printAnswers(cells)}</main></body></html>`,
  };
}

function titleOf(cells: readonly PrintedCell[]): string | undefined {
  for (const { cell_type, source } of cells) {
    const heading = cell_type === "markdown" ? /^# (.+)$/m.exec(joinLines([source].flat()))?.[1] : undefined;
    if (heading !== undefined) return heading.replace(/[*_`$]/g, "").trim();
  }
  return undefined;
}

function printCell(cell: PrintedCell): string {
  const source = joinLines([cell.source].flat());
  if (cell.cell_type === "markdown")
    return `<section class="text${isQuestion(cell) ? " question" : ""}">${renderMarkdown(source, { math: "html", html: true })}</section>`;
  if (cell.cell_type !== "code")
    return source.trim() === "" ? "" : `<pre class="raw">${escapeHTML(source)}</pre>`;
  const outputs = (cell.outputs ?? []).map((output) => withoutAnswer(printOutput(output))).join("");
  if (source.trim() === "") return outputs;
  const long = source.split("\n").length > MOST_LINES_KEPT ? " long" : "";
  return `<section class="code"><pre class="source${long}">${escapeHTML(source)}</pre>${outputs}</section>`;
}

const isQuestion = ({ metadata }: PrintedCell): boolean =>
  (metadata?.flowlab as { role?: unknown } | undefined)?.role === "question";

const from = createRequire(import.meta.url);

/** KaTeX's style sheet with its fonts inside. */
function katexStyle(): string {
  const file = from.resolve("katex/dist/katex.min.css");
  const font = (name: string) => readFileSync(join(dirname(file), "fonts", name)).toString("base64");
  return readFileSync(file, "utf8").replace(
    /src:url\(fonts\/([\w-]+\.woff2)\) format\("woff2"\)(?:,url\([^)]*\) format\("[^"]*"\))*/g,
    (_, name: string) => `src:url(data:font/woff2;base64,${font(name)}) format("woff2")`,
  );
}

const style = (): string => readFileSync(join(import.meta.dirname, "page.css"), "utf8");
