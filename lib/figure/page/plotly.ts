import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { type NotebookHost, notebookHost } from "../../ground/notebook/notebook-host.ts";
import { carrierScript } from "./page.ts";

/** Path of plotly.js, for a report that puts the file beside its pages. */
export function plotlyFile(): string {
  return createRequire(import.meta.url).resolve("plotly.js-dist/plotly.js");
}

/** The version of the plotly.js that figures are drawn with. */
export function plotlyVersion(): string {
  return (createRequire(import.meta.url)("plotly.js-dist/package.json") as { version: string }).version;
}

let carrier: string | undefined;

/**
 * plotly.js as one `<script>` that needs no network: gzip and base64, 2.6 MB instead of 10. The browser unpacks it the
 * first time a page meets it; further copies in the same page do nothing.
 */
export function plotlyCarrier(): string {
  if (carrier === undefined) {
    const packed = gzipSync(readFileSync(plotlyFile())).toString("base64");
    carrier = `<script>${carrierScript(packed, plotlyVersion())}</script>`;
  }
  return carrier;
}

interface Carried {
  readonly cellId: string | undefined;
  readonly executionCount: number;
  readonly subject: string;
}

const carriedBy = new WeakMap<NotebookHost, Carried>();

/**
 * The carrier if this output has to bring it, otherwise "".
 *
 * A notebook holds plotly.js once, in the output of the first cell that showed a figure. When that cell runs again its
 * old output is gone, so the new one carries it again. A client that sends no cell ids (nbclient, say) gives no such
 * sign; there, a figure of the same subject shown by a later execution is taken for the same cell run again.
 *
 * @param subject What the figure shows, in words.
 */
export function takeCarrier(subject: string): string {
  const host = notebookHost();
  if (host === undefined) return plotlyCarrier();
  const last = carriedBy.get(host);
  if (last !== undefined && !isRerun(host, last, subject)) return "";
  carriedBy.set(host, { cellId: host.cellId, executionCount: host.executionCount, subject });
  return plotlyCarrier();
}

function isRerun(host: NotebookHost, last: Carried, subject: string): boolean {
  if (host.executionCount === last.executionCount) return false;
  if (host.cellId === undefined || last.cellId === undefined) return subject === last.subject;
  return host.cellId === last.cellId;
}
