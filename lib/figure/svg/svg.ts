import { colorway, palette } from "../palette.ts";
import { defaultHeight, fontFamily, template } from "../template.ts";
import type { Layout, Trace } from "../types.ts";
import { type Area, type PlacedAxis, placeAxes, titleText } from "./axes.ts";
import { colorBars, drawColorBars } from "./color-bar.ts";
import { drawAxes, drawGrid } from "./frame.ts";
import { drawTrace } from "./marks.ts";
import { drawAnnotations, drawShapes, drawSliders } from "./overlay.ts";
import { attributes, drawText, escapeXml, plainText, textWidth } from "./text.ts";

/** Size of a picture in pixels, and what it shows in words. */
export interface SvgOptions {
  readonly width?: number;
  readonly height?: number;
  readonly description?: string;
  /** A line below the plot. */
  readonly caption?: string;
}

const legendRow = 20;
const captionRow = 28;

/**
 * A figure as a static picture, for readers whose viewer runs no scripts.
 *
 * Draws scatter (lines, markers, text, areas), bar, histogram, heatmap and contour traces, axes on several plots,
 * colour bars, shapes, annotations and the legend. It resembles what plotly draws; it does not copy it.
 *
 * @returns A complete SVG document without references to anything outside it.
 */
export function renderSvg(data: readonly Trace[], layout: Layout, options: SvgOptions = {}): string {
  const width = options.width ?? 780;
  const caption = options.caption ?? "";
  const below = caption === "" ? 0 : captionRow;
  const height = options.height ?? (layout.height ?? defaultHeight) + below;
  const margin = { ...template.layout.margin, ...(layout.margin as Record<string, number> | undefined) };
  const colors = data.map(
    (trace, index) => ownColor(trace) ?? colorway[index % colorway.length] ?? palette.base,
  );
  const legend = legendEntries(data, layout, colors);
  const bars = colorBars(data);
  const beside = bars.reduce((sum, bar) => sum + bar.width, 0);
  const across = width - margin.l - Math.max(margin.r, beside);
  const rows = legendRows(legend, across);
  const top = Math.max(margin.t, (titleText(layout.title) === "" ? 12 : 40) + rows.length * legendRow);
  const area = { left: margin.l, top, width: across, height: height - top - margin.b - below };
  const axes = placeAxes(data, layout, area);
  const body = [
    `<rect${attributes({ width, height, fill: palette.paper })}/>`,
    drawGrid(axes, layout, data),
    drawShapes(layout, axes, area, "below"),
    ...data.map((trace, index) => drawInside(trace, axes, colors[index] ?? palette.base)),
    drawShapes(layout, axes, area, "above"),
    drawAxes(axes),
    drawColorBars(bars, plotOf(axes, area)),
    drawAnnotations(layout, axes, area),
    drawSliders(layout, area),
    drawFigureTitle(layout),
    drawLegend(rows, area, plotOf(axes, area).left),
    below === 0 ? "" : drawText(caption, 16, height - 12, { size: 13, color: palette.text }),
  ];
  return wrap(body.join(""), clipPaths(axes), width, height, options.description ?? "");
}

/** Where the plot is if there is but one: equal units may have made it narrower than its place. */
function plotOf(axes: ReadonlyMap<string, PlacedAxis>, area: Area): Area {
  const [x, y] = [axes.get("x"), axes.get("y")];
  if (axes.size !== 2 || x === undefined || y === undefined) return area;
  const [left, right] = x.pixels;
  const [bottom, top] = y.pixels;
  return { left, top, width: right - left, height: bottom - top };
}

function wrap(body: string, defs: string, width: number, height: number, description: string): string {
  const root = attributes({
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "font-family": fontFamily,
  });
  const title = description === "" ? "" : `<title>${escapeXml(description)}</title>`;
  return `<svg${root}>${title}<defs>${defs}</defs>${body}</svg>`;
}

function ownColor(trace: Trace): string | undefined {
  const marker = typeof trace.marker?.color === "string" ? trace.marker.color : undefined;
  return trace.mode === "markers"
    ? (marker ?? trace.line?.color)
    : (trace.line?.color ?? marker ?? trace.fillcolor);
}

function drawInside(trace: Trace, axes: ReadonlyMap<string, PlacedAxis>, color: string): string {
  const x = axes.get(trace.xaxis ?? "x");
  const y = axes.get(trace.yaxis ?? "y");
  if (x === undefined || y === undefined || trace.visible === false) return "";
  const clip = trace.cliponaxis === false ? undefined : `url(#${clipId(x, y)})`;
  return `<g${attributes({ "clip-path": clip, opacity: trace.type === "bar" ? undefined : trace.opacity })}>${drawTrace(trace, { x, y, color })}</g>`;
}

/** Named by its geometry: pictures that stand in one page may share a clip of the same name without harm. */
function clipId(x: PlacedAxis, y: PlacedAxis): string {
  return `clip-${[...x.pixels, ...y.pixels].map(Math.round).join("-")}`;
}

function clipPaths(axes: ReadonlyMap<string, PlacedAxis>): string {
  const all = [...axes.values()];
  const pairs = all.flatMap((x) =>
    all.filter((y) => x.letter === "x" && y.letter === "y").map((y) => [x, y] as const),
  );
  return pairs
    .map(([x, y]) => {
      const box = {
        x: x.pixels[0],
        y: y.pixels[1],
        width: x.pixels[1] - x.pixels[0],
        height: y.pixels[0] - y.pixels[1],
      };
      return `<clipPath id="${clipId(x, y)}"><rect${attributes(box)}/></clipPath>`;
    })
    .join("");
}

interface LegendEntry {
  readonly name: string;
  readonly color: string;
  readonly trace: Trace;
  readonly width: number;
}

function legendEntries(data: readonly Trace[], layout: Layout, colors: readonly string[]): LegendEntry[] {
  const entries = data.flatMap((trace, index) => {
    const { name } = trace;
    if (name === undefined || trace.showlegend === false || trace.z !== undefined) return [];
    return [{ name, color: colors[index] ?? palette.base, trace, width: textWidth(name, 12) + 46 }];
  });
  const shown =
    layout.showlegend ?? (entries.length > 1 || entries.some((entry) => entry.trace.showlegend === true));
  return shown ? entries : [];
}

function legendRows(entries: readonly LegendEntry[], available: number): LegendEntry[][] {
  const rows: LegendEntry[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    if (used + entry.width > available) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(entry);
    used += entry.width;
  }
  return rows;
}

/** @param left Of the plot, left of which its labels stand; a row that would not fit begins further left. */
function drawLegend(rows: readonly LegendEntry[][], area: Area, left: number): string {
  const drawn = rows.map((row, index) => {
    const y = area.top - 10 - (rows.length - 1 - index) * legendRow;
    const width = row.reduce((sum, entry) => sum + entry.width, 0);
    let x = Math.max(area.left, Math.min(left, area.left + area.width - width));
    return row.map((entry) => {
      const left = x;
      x += entry.width;
      return (
        drawSwatch(entry, left, y) +
        drawText(entry.name, left + 30, y, { size: 12, color: palette.text, baseline: "middle" })
      );
    });
  });
  return drawn.flat().join("");
}

function drawSwatch({ trace, color }: LegendEntry, x: number, y: number): string {
  if (trace.type === "bar" || trace.type === "histogram" || trace.line?.width === 0) {
    const fill = trace.fillcolor ?? color;
    return `<rect${attributes({ x, y: y - 5, width: 24, height: 10, fill, opacity: trace.opacity ?? trace.marker?.opacity })}/>`;
  }
  if (trace.mode === "markers") return `<circle${attributes({ cx: x + 12, cy: y, r: 4, fill: color })}/>`;
  const dash = trace.line?.dash === undefined || trace.line.dash === "solid" ? undefined : "6 4";
  const look = { stroke: color, "stroke-width": trace.line?.width ?? 2, "stroke-dasharray": dash };
  return `<line${attributes({ x1: x, x2: x + 24, y1: y, y2: y, ...look })}/>`;
}

function drawFigureTitle(layout: Layout): string {
  const title = titleText(layout.title);
  return plainText(title) === ""
    ? ""
    : drawText(title, 16, 14, { size: 16, color: palette.text, baseline: "hanging" });
}
