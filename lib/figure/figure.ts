import { createHash } from "node:crypto";
import { escapeHtml, jupyterDisplay, type MimeBundle, nodeInspect } from "../notebook/rich.ts";
import { figureScript } from "./page.ts";
import { plotlyCarrier, plotlyVersion, takeCarrier } from "./plotly.ts";
import { plainText } from "./svg/text.ts";
import { renderSvg } from "./svg.ts";
import { defaultConfig, defaultHeight, maxWidth, template, topMargin } from "./template.ts";
import type { Axis, Frame, Layout, Title, Trace } from "./types.ts";
import { plainFrames, plainTrace } from "./validate.ts";

/** What a figure can be given beside its data and layout. */
export interface FigureOptions {
  /** States that a slider or an animation switches to. */
  readonly frames?: readonly Frame[];
  /** plotly.js's `config`. */
  readonly config?: Record<string, unknown>;
  /** What the figure shows, in one sentence: read aloud by screen readers and printed where nothing can be drawn. */
  readonly description?: string;
}

/** Where the page that will hold a figure takes plotly.js from. */
export interface HtmlOptions {
  /**
   * - `"embed"` (default): the figure brings it; works anywhere.
   * - `"page"`: the page holds it once, by {@link plotlyCarrier}.
   * - `"notebook"`: the figure brings it only if no other output of the notebook does; call this when the HTML is
   *   about to be displayed, and display it.
   */
  readonly plotly?: "embed" | "page" | "notebook";
}

/** A plot as plotly.js's JSON in plain numbers, which shows itself in a notebook. */
export interface Figure {
  /** What is drawn. */
  readonly data: readonly Trace[];
  /** Axes, title, margins, with the template of the course. */
  readonly layout: Layout;
  /** States that a slider or an animation switches to; none in most figures. */
  readonly frames: readonly Frame[];
  /** plotly.js's `config`. */
  readonly config: Record<string, unknown>;
  /** What the figure shows, in one sentence. */
  readonly description: string;
  /** Interactive HTML with a static picture inside, for viewers that run no scripts. */
  toHTML(options?: HtmlOptions): string;
  /** The static picture as an SVG document. */
  toSVG(options?: { width?: number; height?: number }): string;
  /** HTML, SVG and the description, of which a notebook shows what it can. */
  [jupyterDisplay](): MimeBundle;
  /** The description, for a terminal. */
  [nodeInspect](): string;
}

/**
 * A figure from traces and a layout as plotly.js takes them.
 *
 * Typed arrays become plain ones. The course's template gives fonts, colours and margins; whatever `layout` says wins.
 *
 * @throws RangeError if there is no trace, if lengths within a trace disagree, or if a trace has no finite value.
 * @throws TypeError if an entry is not a number, a string or null.
 * @see https://plotly.com/javascript/reference/
 */
export function figure(data: readonly Trace[], layout: Layout = {}, options: FigureOptions = {}): Figure {
  if (data.length === 0) throw new RangeError("a figure needs at least one trace; got none");
  const traces = data.map((trace, index) =>
    plainTrace(trace, `trace ${index}${trace.name ? ` ("${trace.name}")` : ""}`),
  );
  const frames = plainFrames(options.frames ?? [], traces.length);
  const config = { ...defaultConfig, ...options.config };
  const description = options.description ?? describe(traces, layout);
  const fullLayout = withTitleObjects({
    height: defaultHeight,
    template,
    ...layout,
    margin: marginOf(layout),
  });
  const spec = { data: traces, layout: fullLayout, frames, config };
  const toSVG: Figure["toSVG"] = (size = {}) => renderSvg(traces, fullLayout, { ...size, description });
  const toHTML: Figure["toHTML"] = ({ plotly = "embed" } = {}) => {
    const carrier = { embed: plotlyCarrier, page: () => "", notebook: () => takeCarrier(description) }[
      plotly
    ]();
    return carrier + figureHtml(spec, toSVG(), description);
  };
  return {
    ...spec,
    description,
    toHTML,
    toSVG,
    [jupyterDisplay]: () => ({
      "text/html": toHTML({ plotly: "notebook" }),
      "image/svg+xml": toSVG(),
      "text/plain": `[figure] ${description}`,
    }),
    [nodeInspect]: () => `[figure] ${description}`,
  };
}

/** Whether a value is a figure. */
export function isFigure(value: unknown): value is Figure {
  return (
    typeof value === "object" && value !== null && "toSVG" in value && "layout" in value && "data" in value
  );
}

function marginOf(layout: Layout): Record<string, number> {
  const t = layout.title === undefined ? topMargin.untitled : topMargin.titled;
  return { ...template.layout.margin, t, ...(layout.margin as Record<string, number> | undefined) };
}

/** plotly.js wants `{ text }` where people write a string. */
function withTitleObjects(layout: Layout): Layout {
  const asObject = <T extends { readonly title?: Title }>(part: T): T =>
    typeof part.title === "string" ? { ...part, title: { text: part.title } } : part;
  const entries = Object.entries(layout).map(([key, part]) =>
    /^[xy]axis\d*$/.test(key) ? [key, asObject(part as Axis)] : [key, part],
  );
  return asObject(Object.fromEntries(entries) as Layout);
}

interface Spec {
  readonly data: readonly Trace[];
  readonly layout: Layout;
  readonly frames: readonly Frame[];
  readonly config: Record<string, unknown>;
}

/**
 * The static picture is an image, not inline SVG: what cleans HTML of scripts (an untrusted notebook, a code host's
 * preview) usually drops svg elements too but keeps their texts, which would lie about as loose words.
 */
function figureHtml(spec: Spec, svg: string, description: string): string {
  const height = spec.layout.height ?? defaultHeight;
  const json = pageJson({ ...spec, height });
  const id = createHash("sha256").update(json).digest("hex").slice(0, 16);
  const picture = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  const box = `display:grid;max-width:${maxWidth}px;min-height:${height}px;background:#fff;border-radius:6px;overflow:hidden`;
  const still = `grid-area:1/1;width:100%;max-width:780px;height:auto;margin:0`;
  return (
    `<div data-flowlab-figure="${id}" class="flowlab-figure" style="${box}">` +
    `<img data-flowlab-still="" src="${picture}" alt="${escapeHtml(description)}" style="${still}">` +
    `<script type="application/json">${json}</script>` +
    `<script>${figureScript(id, plotlyVersion())}</script></div>`
  );
}

/** JSON that can stand inside a script element; seven digits are more than a screen can show. */
function pageJson(value: unknown): string {
  const short = (_: string, part: unknown) =>
    typeof part === "number" && Number.isFinite(part) && !Number.isInteger(part)
      ? Number(part.toPrecision(7))
      : part;
  return JSON.stringify(value, short)
    .replace(/</g, "\\u003c")
    .replace(/\u2028|\u2029/g, " ");
}

function describe(traces: readonly Trace[], layout: Layout): string {
  const title = typeof layout.title === "string" ? layout.title : layout.title?.text;
  const names = traces.map((trace) => trace.name).filter((name) => name !== undefined);
  const parts = [title, names.length > 0 ? names.join(", ") : `${traces.length} traces`];
  return plainText(parts.filter((part) => part !== undefined).join(": "));
}
