/** Outputs of a cell on paper: pictures where a page would be interactive, nothing that needs a script or a network. */

import { escapeHTML } from "../../grader/report/escape.ts";
import { renderMarkdown } from "../../grader/report/markdown.ts";
import type { StoredOutput } from "./cell.ts";

export function printOutput(output: StoredOutput): string {
  if (output.output_type === "stream")
    return pre(joinLines(output.text), output.name === "stderr" ? "stderr" : "");
  if (output.output_type === "error") {
    const trace = output.traceback?.join("\n") || `${output.ename}: ${output.evalue}`;
    return pre(trace, "error");
  }
  return printData(output.data ?? {});
}

/** The picture of a figure, before its page; else what a notebook would show, the richest first. */
function printData(data: Readonly<Record<string, unknown>>): string {
  const text = (type: string) => (data[type] === undefined ? undefined : joinLines(data[type]));
  const svg = text("image/svg+xml");
  if (svg !== undefined)
    return image(`data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`, titleOf(svg));
  const html = text("text/html");
  if (html !== undefined) return printHtml(html);
  for (const type of ["image/png", "image/jpeg"] as const) {
    const bytes = text(type);
    if (bytes !== undefined)
      return image(`data:${type};base64,${bytes.replace(/\s/g, "")}`, text("text/plain") ?? "An image");
  }
  const markdown = text("text/markdown");
  if (markdown !== undefined)
    return `<div class="output">${renderMarkdown(markdown, { math: "html", html: true })}</div>`;
  return pre(text("text/plain") ?? "", "");
}

/** Without scripts, styles of the page's and controls; an output of scripts alone is nothing. */
function printHtml(html: string): string {
  const still = html
    .replace(/<(script|iframe|object|embed)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<(link|meta|base)\b[^>]*>/gi, "");
  return still.trim() === "" ? "" : `<div class="output html">${still}</div>`;
}

const image = (source: string, alternative: string): string =>
  `<figure class="output"><img src="${source}" alt="${escapeHTML(alternative)}"></figure>`;

const titleOf = (svg: string): string =>
  (/<title>([\s\S]*?)<\/title>/.exec(svg)?.[1] ?? "A figure").replace(
    /&(amp|lt|gt|quot|#39);/g,
    (_, name: string) => ENTITIES[name] ?? "",
  );

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

function pre(text: string, kind: string): string {
  const plain = withoutColors(text).replace(/\n+$/, "");
  return plain === "" ? "" : `<pre class="output ${kind}">${escapeHTML(plain)}</pre>`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape begins a terminal's colours
const withoutColors = (text: string): string => text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, "");

export const joinLines = (text: unknown): string =>
  Array.isArray(text) ? text.join("") : typeof text === "string" ? text : "";
