import { isFigure } from "../../figure/figure.ts";
import { followingTheme } from "../../figure/theme.ts";
import type { Failure, OutputSink } from "../../ground/notebook/notebook-host.ts";
import { escapeHtml, type MimeBundle, mimeBundle } from "../../ground/notebook/rich.ts";

/** What one call of a slider's function looks like. */
export interface Picture {
  /** Inline, without scripts; colours follow the page's theme. */
  readonly html: string;
  /** The same as an SVG document, where it is a figure. */
  readonly svg: string | undefined;
  /** What it shows, in words. */
  readonly plain: string;
}

/** What a callback prints and displays beside what it returns. */
export interface Aside {
  readonly sink: OutputSink;
  readonly html: string;
}

/** Of a figure, in pixels. On a narrower page it shrinks, with its letters: so it is drawn no wider than it has to be. */
const width = 680;

/** So much of what a callback prints is shown, from its end, in characters. */
const mostPrinted = 4000;

/** @param onChange Something has been added. */
export function collectAside(onChange: () => void = () => {}): Aside {
  type Part = { text: string; stream: string } | { bundle: MimeBundle; id: string | undefined };
  const parts: Part[] = [];
  return {
    sink: {
      write(stream, text) {
        const last = parts.at(-1);
        if (last !== undefined && "text" in last && last.stream === stream)
          last.text = (last.text + text).slice(-mostPrinted);
        else parts.push({ stream, text: text.slice(-mostPrinted) });
        onChange();
      },
      display(bundle, { displayId: id, update = false } = {}) {
        const old = update ? parts.findIndex((part) => "bundle" in part && part.id === id) : -1;
        if (old >= 0) parts[old] = { bundle, id };
        else parts.push({ bundle, id });
        onChange();
      },
    },
    get html() {
      return parts.map((part) => ("text" in part ? textBlock(part.text) : bundleHtml(part.bundle))).join("");
    },
  };
}

const textBlock = (text: string) =>
  `<pre style="margin:4px 0;white-space:pre-wrap;font-size:13px;line-height:1.4">${escapeHtml(text)}</pre>`;

/** The bundle as HTML that needs no scripts, which do not run where HTML is put into a page that is there already. */
function bundleHtml(bundle: MimeBundle): string {
  const svg = bundle["image/svg+xml"];
  if (typeof svg === "string") return inlineSvg(svg);
  const png = bundle["image/png"];
  if (typeof png === "string") return `<img style="max-width:100%" src="data:image/png;base64,${png}">`;
  const html = bundle["text/html"];
  return typeof html === "string" ? html : textBlock(`${bundle["text/plain"] ?? ""}`);
}

/** Smaller letters cannot be read, in pixels of the screen. */
const leastLetters = 9;

/**
 * A picture shrinks with its column as long as its letters can be read, and can then be scrolled: several panels beside each
 * other in a narrow column would have letters of five pixels.
 *
 * @param drawn With `SIZE` for the style that sets its size.
 */
export function fitColumn(svg: string, drawn: string): string {
  const [, width] = /<svg [^>]*?\bwidth="([\d.]+)"/.exec(svg) ?? [];
  const letters = [...svg.matchAll(/\bfont-size(?:="|:\s*)([\d.]+)/g)].map(([, size]) => Number(size));
  const least = letters.length > 0 ? Math.ceil((Number(width) * leastLetters) / Math.min(...letters)) : 0;
  const size = `max-width:100%;${least > 0 ? `min-width:${least}px;` : ""}height:auto;display:block`;
  return `<div style="overflow-x:auto">${drawn.replace("SIZE", size)}</div>`;
}

const inlineSvg = (svg: string) =>
  fitColumn(svg, followingTheme(svg.replace("<svg ", '<svg style="SIZE" '))) + inWords(svg);

/**
 * What a picture says of itself, folded, to stand below it. The picture beside it is replaced while its slider moves, and this with
 * it: the page's script keeps it open.
 */
export function inWords(svg: string): string {
  const [, words = ""] = /^<svg [^>]*><title>([^<]*)<\/title>/.exec(svg) ?? [];
  if (words === "") return "";
  const style = "padding:2px 0 6px;font:13px/1.4 system-ui,sans-serif;white-space:normal";
  return (
    `<details data-flowlab-words="" style="${style}"><summary style="cursor:pointer;width:max-content">In words</summary>` +
    `<p style="margin:.3em 0">${words}</p></details>`
  );
}

/**
 * What a callback has returned as a picture. A figure is drawn as SVG, the quickest to be seen again: plotly.js would
 * build all of its own anew.
 *
 * @param values The sliders' values in words: a text alternative that follows them.
 */
export async function pictureOf(value: unknown, values: string): Promise<Picture> {
  if (value === undefined) return { html: "", svg: undefined, plain: values };
  if (isFigure(value)) {
    const plain = `${values}. ${value.alternative}`;
    const svg = value.toSVG({ width, description: plain });
    return { html: inlineSvg(svg), svg, plain };
  }
  const bundle = await mimeBundle(value);
  const plain = `${bundle["text/plain"] ?? ""}`;
  return { html: bundleHtml(bundle), svg: undefined, plain: `${values}. ${plain}` };
}

/** What stands in the picture's place when the callback has failed: with the line of the cell, if it is known. */
export function failureCard({ ename, evalue, traceback }: Failure): string {
  const wasStopped = ename === "KeyboardInterrupt";
  const head = wasStopped ? "Stopped before the picture was ready" : `${ename}: ${evalue}`;
  const rest = wasStopped ? [] : traceback.slice(1);
  const card =
    "border-left:4px solid #d55e00;padding:8px 12px;margin:6px 0;max-width:760px;font:13px/1.5 system-ui,sans-serif";
  const where = rest.length === 0 ? "" : textBlock(rest.join("\n"));
  const next = "The slider goes on: move it, or mend the code and run the cell again.";
  return (
    `<div role="alert" data-flowlab-failure="" style="${card}"><b>${escapeHtml(head)}</b>${where}` +
    `<div style="opacity:.75">${next}</div></div>`
  );
}
