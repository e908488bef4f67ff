import { createHash } from "node:crypto";
import { checkOptions } from "../ground/arguments/check-options.ts";
import {
  aFinite,
  anObject,
  aText,
  atMost,
  checkKind,
  demand,
  listOf,
  oneOf,
} from "../ground/arguments/kinds.ts";
import { escapeHtml, jupyterDisplay, type MimeBundle, nodeInspect } from "../ground/notebook/rich.ts";
import { plural } from "../ground/plural.ts";
import { keyHelp } from "./page/keys.ts";
import { figureScript, stripHeight } from "./page/page.ts";
import { plotlyCarrier, plotlyVersion, takeCarrier } from "./page/plotly.ts";
import { palette } from "./palette.ts";
import { renderSvg } from "./svg/svg.ts";
import { htmlText, plainText } from "./svg/text.ts";
import { defaultConfig, defaultHeight, fontFamily, maxWidth, template, topMargin } from "./template.ts";
import { inTheme, type Theme } from "./theme.ts";
import type { Axis, Frame, Layout, Title, Trace } from "./types.ts";
import { plainFrames, plainTrace } from "./validate.ts";
import { describeTraces } from "./words.ts";

/** What a figure can be given beside its data and layout. */
export interface FigureOptions {
  /** States that a slider or an animation switches to. */
  readonly frames?: readonly Frame[];
  /** The frame (and position of the slider) that the static picture and the words show, as nobody can play them; if left out, the state that the figure opens with. */
  readonly still?: number;
  /** plotly.js's `config`. */
  readonly config?: Record<string, unknown>;
  /**
   * What the figure is about, in one sentence; by default its title and the names of its traces. It begins the text that is read by
   * those who do not see the picture; the numbers that follow it are taken from the traces.
   */
  readonly description?: string;
  /** A line below the plot that explains it, with plotly's tags. */
  readonly caption?: string;
  /** Colours of its own, `#rrggbb` in lower case, and what stands for each on a dark page. */
  readonly darkColors?: Readonly<Record<string, string>>;
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
  /** What the figure is about, in one sentence. */
  readonly description: string;
  /** What it shows, in words with its numbers, also those that pointing at it would tell: the description and a sentence a trace. */
  readonly alternative: string;
  /** Interactive HTML with a static picture inside, for viewers that run no scripts. */
  toHTML(options?: HtmlOptions): string;
  /** A line below the plot that explains it; "" in most figures. */
  readonly caption: string;
  /**
   * The static picture as an SVG document; on white, unless `theme` says otherwise: "dark", or "either" for a picture
   * without paper that can be read on any page. `description` stands for the figure's own.
   */
  toSVG(options?: { width?: number; height?: number; theme?: Theme; description?: string }): string;
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
 * @throws RangeError if there is no trace, if lengths within a trace disagree, if a trace has no finite value, or if the description
 * is empty.
 * @throws TypeError if an entry is not a number, a string or null.
 * @see https://plotly.com/javascript/reference/
 */
export function figure(data: readonly Trace[], layout: Layout = {}, options: FigureOptions = {}): Figure {
  checkKind("figure", "data", data, demand(listOf(anObject)));
  checkKind("figure", "layout", layout, anObject);
  checkOptions("figure", options, 'figure(data, layout, { description: "What it shows" })', {
    frames: listOf(anObject),
    still: aFinite,
    config: anObject,
    description: aText,
    caption: aText,
    darkColors: anObject,
  });
  if (data.length === 0) throw new RangeError("figure: expected at least one trace; got none");
  const traces = data.map((trace, index) =>
    plainTrace(trace, `trace ${index}${trace.name ? ` ("${trace.name}")` : ""}`),
  );
  const frames = plainFrames(options.frames ?? [], traces.length);
  const config = { ...defaultConfig, ...options.config };
  const description = options.description ?? describe(traces, layout);
  if (description.trim() === "")
    throw new RangeError("figure: the description is empty; say in one sentence what the figure shows");
  const caption = options.caption ?? "";
  const fullLayout = withTitleObjects({
    height: defaultHeight,
    template,
    ...layout,
    margin: marginOf(layout),
  });
  const { stillData, stillLayout } = stillOf(traces, fullLayout, frames, options.still);
  let words: string | undefined;
  // Only who asks for the words waits for them: a picture that is drawn while a slider is dragged need not.
  const inWords = () => {
    words ??= [withStop(description), ...describeTraces(stillData, stillLayout, frames)].join(" ");
    return words;
  };
  const spec = { data: traces, layout: fullLayout, frames, config };
  const toSVG: Figure["toSVG"] = (given = {}) => {
    checkOptions("toSVG", given, "toSVG({ width: 600 })", {
      width: atMost(10_000, aFinite),
      height: atMost(10_000, aFinite),
      theme: oneOf("light", "dark", "either"),
      description: aText,
    });
    const { theme = "light", ...size } = given;
    return inTheme(
      renderSvg(stillData, stillLayout, { ...size, description: size.description ?? inWords(), caption }),
      theme,
    );
  };
  const toHTML: Figure["toHTML"] = (given = {}) => {
    checkOptions("toHTML", given, 'toHTML({ plotly: "page" })', {
      plotly: oneOf("embed", "page", "notebook"),
    });
    const { plotly = "embed" } = given;
    const carrier = { embed: plotlyCarrier, page: () => "", notebook: () => takeCarrier(description) }[
      plotly
    ]();
    return (
      carrier +
      figureHtml(
        { ...spec, colors: options.darkColors ?? {} },
        { description, alternative: inWords(), caption },
        { data: stillData, layout: stillLayout },
      )
    );
  };
  return {
    ...spec,
    description,
    get alternative() {
      return inWords();
    },
    caption,
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

/** Traces and layout as they are when the slider has come to this frame. */
function stillOf(
  traces: readonly Trace[],
  layout: Layout,
  frames: readonly Frame[],
  at: number | undefined,
): { readonly stillData: readonly Trace[]; readonly stillLayout: Layout } {
  if (at === undefined) return { stillData: traces, stillLayout: layout };
  const frame = frames[at];
  if (frame === undefined)
    throw new RangeError(
      `figure: still is ${at}; expected the number of one of ${plural(frames.length, "frame")}, from 0`,
    );
  const changed = frame.traces ?? frame.data.map((_, i) => i);
  const stillData = traces.map((trace, i) => {
    const k = changed.indexOf(i);
    return k < 0 ? trace : { ...trace, ...frame.data[k] };
  });
  const sliders = ((layout.sliders ?? []) as readonly object[]).map((slider) => ({ ...slider, active: at }));
  return { stillData, stillLayout: { ...layout, ...(layout.sliders !== undefined && { sliders }) } };
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
  readonly colors: Readonly<Record<string, string>>;
}

interface Still {
  readonly data: readonly Trace[];
  readonly layout: Layout;
}

interface Words {
  readonly description: string;
  readonly alternative: string;
  readonly caption: string;
}

/**
 * The title stands above the plot as HTML: it wraps where the page is narrow, and leaves room for plotly's buttons.
 *
 * The static picture is an image, not inline SVG: what cleans HTML of scripts (an untrusted notebook, a code host's
 * preview) usually drops svg elements too but keeps their texts, which would lie about as loose words.
 */
function figureHtml(spec: Spec, { description, alternative, caption }: Words, shown: Still): string {
  const { title, ...layout } = withoutTitle(spec.layout);
  const { colors, ...drawn } = spec;
  const json = pageJson({ ...drawn, layout, title, height: layout.height, colors: Object.entries(colors) });
  const id = createHash("sha256").update(json).digest("hex").slice(0, 16);
  const svg = renderSvg(shown.data, withoutTitle(shown.layout), { description });
  const picture = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  const box = `max-width:${maxWidth}px;background:${palette.paper};color:${palette.text};font-family:${fontFamily};border-radius:6px;overflow:hidden`;
  const head = `box-sizing:border-box;min-height:${stripHeight}px;padding:8px 116px 2px 16px;font-size:16px;line-height:1.3`;
  const below = "padding:2px 16px 10px;font-size:13px;line-height:1.4";
  const still = `grid-area:1/1;width:100%;max-width:780px;height:auto;margin:0`;
  const name = plainText(textOf(title)) || description;
  const help = keyHelp[(layout.sliders as readonly unknown[] | undefined)?.length ? "slider" : "plain"];
  return (
    `<div data-flowlab-figure="${id}" class="flowlab-figure" role="figure" aria-label="${escapeHtml(name)}" style="${box}"${stepNames(layout)}>` +
    `<div data-flowlab-title="" style="${head}">${htmlText(textOf(title))}</div>` +
    `<div data-flowlab-plot="" style="display:grid;min-height:${layout.height}px">` +
    `<img data-flowlab-still="" src="${picture}" alt="${escapeHtml(alternative)}" style="${still}"></div>` +
    (caption === "" ? "" : `<div data-flowlab-caption="" style="${below}">${htmlText(caption)}</div>`) +
    `<details data-flowlab-words="" style="${below}"><summary style="cursor:pointer;width:max-content">In words</summary><p id="flowlab-words-${id}" style="margin:.3em 0">${escapeHtml(alternative)}</p><p style="margin:.3em 0">${help}</p></details>` +
    `<script type="application/json">${json}</script>` +
    `<script>${figureScript(id, plotlyVersion())}</script></div>`
  );
}

/** The layout of the plot below its title. */
function withoutTitle(layout: Layout): Layout & { readonly height: number } {
  const { height = defaultHeight, margin } = layout as { height?: number; margin: Record<string, number> };
  if (layout.title === undefined) return { ...layout, height };
  const t = Math.max(12, margin.t - stripHeight);
  return { ...layout, height: height - (margin.t - t), margin: { ...margin, t } };
}

const textOf = (title: Title | undefined): string =>
  typeof title === "string" ? title : (title?.text ?? "");

/** A slider whose steps have names says them in its current value only. */
function stepNames({ sliders = [] }: Layout): string {
  const steps = (sliders as { steps?: { label?: string }[] }[]).flatMap(({ steps = [] }) => steps);
  return steps.some(({ label = "" }) => !Number.isFinite(Number(label))) ? ' data-flowlab-steps="named"' : "";
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

const withStop = (text: string): string => (/[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);

function describe(traces: readonly Trace[], layout: Layout): string {
  const title = typeof layout.title === "string" ? layout.title : layout.title?.text;
  const names = traces.map((trace) => trace.name).filter((name) => name !== undefined);
  const parts = [title, names.length > 0 ? names.join(", ") : plural(traces.length, "trace")];
  return plainText(parts.filter((part) => part !== undefined).join(": "));
}
