import { bin } from "d3-array";
import { area, line as linePath } from "d3-shape";
import { palette } from "../palette.ts";
import type { Line, Trace } from "../types.ts";
import { drawCells } from "./cells.ts";
import type { Place } from "./place.ts";
import { attributes, drawText, round } from "./text.ts";

type Point = readonly [number, number] | null;

/** One trace as SVG. Kinds that the picture cannot show (3-D, maps) are left to the interactive figure. */
export function drawTrace(trace: Trace, place: Place): string {
  switch (trace.type ?? "scatter") {
    case "scatter":
    case "scattergl":
      return drawScatter(trace, place);
    case "bar":
      return drawBars(trace, place);
    case "histogram":
      return drawBars(toBars(trace), place);
    case "heatmap":
    case "contour":
      return drawCells(trace, place);
    case "image":
      return drawImage(trace, place);
    default:
      return "";
  }
}

function drawScatter(trace: Trace, place: Place): string {
  const points = pixelPoints(trace, place);
  const mode = trace.mode ?? (points.length > 20 ? "lines" : "lines+markers");
  const parts = [drawFill(trace, place, points)];
  if (mode.includes("lines")) parts.push(drawLine(points, trace.line, place.color));
  if (mode.includes("markers")) parts.push(drawMarkers(trace, place, points));
  if (mode.includes("text")) parts.push(drawLabels(trace, points));
  return parts.join("");
}

function pixelPoints(trace: Trace, place: Place): Point[] {
  const x = trace.x ?? Array.from(trace.y ?? [], (_, index) => index);
  const y = trace.y ?? Array.from(trace.x ?? [], (_, index) => index);
  return Array.from<number | string | null, Point>(x, (value, index) => {
    const other = y[index];
    if (value === null || other === null || other === undefined) return null;
    const point = [place.x.scale(value), place.y.scale(other)] as const;
    return point.every(Number.isFinite) ? point : null;
  });
}

function drawLine(points: readonly Point[], style: Line | undefined, color: string): string {
  const curve = style?.shape === "hv" ? addSteps(points) : points;
  return `<path${attributes({ d: path(curve), fill: "none", ...stroke(style, color) })}/>`;
}

function path(points: readonly Point[]): string {
  const draw = linePath<Point>()
    .defined((point) => point !== null)
    .x((point) => round(point?.[0] ?? 0))
    .y((point) => round(point?.[1] ?? 0));
  return draw(points as Point[]) ?? "";
}

function addSteps(points: readonly Point[]): Point[] {
  return points.flatMap((point, index) => {
    const next = points[index + 1];
    return point === null || next === null || next === undefined
      ? [point]
      : [point, [next[0], point[1]] as const];
  });
}

function stroke(style: Line | undefined, color: string): Record<string, string | number | undefined> {
  const dashes: Record<string, string> = { dash: "8 5", dot: "2 4", dashdot: "8 4 2 4" };
  const width = style?.width ?? 2;
  return {
    stroke: width === 0 ? "none" : (style?.color ?? color),
    "stroke-width": width,
    "stroke-dasharray": dashes[style?.dash ?? "solid"],
    "stroke-linejoin": "round",
  };
}

function drawFill(trace: Trace, place: Place, points: readonly Point[]): string {
  if (trace.fill === undefined || trace.fill === "none") return "";
  const look = {
    fill: trace.fillcolor ?? place.color,
    "fill-opacity": trace.fillcolor === undefined ? 0.25 : 1,
  };
  if (trace.fill === "toself") return `<path${attributes({ d: `${path(points)}Z`, ...look })}/>`;
  const toX = trace.fill === "tozerox";
  const zero = toX ? place.x.scale(0) : place.y.scale(0);
  const shape = area<Point>().defined((point) => point !== null);
  const edge = toX
    ? shape
        .y((point) => round(point?.[1] ?? 0))
        .x0(round(zero))
        .x1((point) => round(point?.[0] ?? 0))
    : shape
        .x((point) => round(point?.[0] ?? 0))
        .y0(round(zero))
        .y1((point) => round(point?.[1] ?? 0));
  return `<path${attributes({ d: edge(points as Point[]) ?? "", ...look })}/>`;
}

/** More points than these are one path. */
const mostCircles = 500;

/** So many layers of dots may lie over each other and be seen as darker. */
const dotLayers = 8;

/**
 * Many equal dots as a few paths of lines without length, whose round ends are seen: ten thousand circles are five times
 * as much text. A path is one shape, in which dots that overlap are no darker than one; so there are several.
 * A tenth of a pixel is fine enough.
 */
function drawDots(points: readonly Point[], size: number, color: string, opacity?: number): string {
  const tenth = (value: number) => Math.round(value * 10) / 10;
  const layers = Array<string>(opacity === undefined || opacity === 1 ? 1 : dotLayers).fill("");
  points.forEach((point, index) => {
    if (point !== null) layers[index % layers.length] += `M${tenth(point[0])} ${tenth(point[1])}h0`;
  });
  const look = { fill: "none", stroke: color, "stroke-width": size, "stroke-linecap": "round", opacity };
  return layers.map((d) => `<path${attributes(look)} d="${d}"/>`).join("");
}

function drawMarkers(trace: Trace, place: Place, points: readonly Point[]): string {
  const { marker } = trace;
  const isPlain = typeof marker?.size !== "object" && (marker?.symbol ?? "circle") === "circle";
  if (points.length > mostCircles && isPlain) {
    const fill = typeof marker?.color === "string" ? marker.color : place.color;
    return drawDots(points, Number(marker?.size ?? 7), fill, marker?.opacity);
  }
  const circles = points.map((point, index) => {
    if (point === null) return "";
    const size = typeof marker?.size === "object" ? Number(marker.size[index]) : (marker?.size ?? 7);
    const fill = typeof marker?.color === "string" ? marker.color : place.color;
    const symbol = typeof marker?.symbol === "object" ? marker.symbol[index] : marker?.symbol;
    return size > 0 ? drawSymbol(symbol ?? "circle", point, size, marker?.line?.color ?? fill, fill) : "";
  });
  return `<g${attributes({ opacity: marker?.opacity })}>${circles.join("")}</g>`;
}

function drawSymbol(
  symbol: string,
  [x, y]: readonly [number, number],
  size: number,
  edge: string,
  fill: string,
): string {
  if (symbol.startsWith("line-ns")) return tick(x, y, size, 0, edge);
  if (symbol.startsWith("line-ew")) return tick(x, y, 0, size, edge);
  const turn = { "triangle-up": 0, "triangle-right": 90, "triangle-down": 180, "triangle-left": 270 }[symbol];
  if (turn === undefined) return `<circle${attributes({ cx: x, cy: y, r: size / 2, fill })}/>`;
  const r = size * 0.6;
  const points = `0,${-r} ${r * 0.87},${r / 2} ${-r * 0.87},${r / 2}`;
  return `<polygon${attributes({ points, fill, transform: `translate(${round(x)} ${round(y)}) rotate(${turn})` })}/>`;
}

function tick(x: number, y: number, height: number, width: number, stroke: string): string {
  const ends = { x1: x - width / 2, x2: x + width / 2, y1: y - height / 2, y2: y + height / 2 };
  return `<line${attributes({ ...ends, stroke })}/>`;
}

function drawLabels(trace: Trace, points: readonly Point[]): string {
  const font = (trace.textfont ?? {}) as { size?: number; color?: string };
  const position = typeof trace.textposition === "string" ? trace.textposition : "middle center";
  const size = font.size ?? 12;
  const anchor = position.includes("left") ? "end" : position.includes("right") ? "start" : "middle";
  const lift = position.includes("top") ? -size * 0.8 : position.includes("bottom") ? size * 0.8 : 0;
  const push = anchor === "end" ? -5 : anchor === "start" ? 5 : 0;
  const labels = points.map((point, index) => {
    const text = typeof trace.text === "string" ? trace.text : (trace.text?.[index] ?? "");
    if (point === null || text === "") return "";
    const style = { size, color: font.color ?? palette.text, anchor, baseline: "middle" } as const;
    return drawText(text, point[0] + push, point[1] + lift, style);
  });
  return labels.join("");
}

/** A histogram trace as the bars it will become. */
function toBars(trace: Trace): Trace {
  const values = Array.from<number | string | null>(trace.x ?? trace.y ?? [])
    .map(Number)
    .filter(Number.isFinite);
  const bins = bin().thresholds((trace.nbinsx as number | undefined) ?? 30)(values);
  const density = `${trace.histnorm ?? ""}`.includes("density");
  const heights = bins.map(({ length, x0 = 0, x1 = 0 }) =>
    density ? length / (values.length * (x1 - x0)) : length,
  );
  const centres = bins.map(({ x0 = 0, x1 = 0 }) => (x0 + x1) / 2);
  return trace.x === undefined
    ? { ...trace, type: "bar", orientation: "h", x: heights, y: centres }
    : { ...trace, type: "bar", x: centres, y: heights };
}

function drawBars(trace: Trace, place: Place): string {
  const isH = trace.orientation === "h";
  const [along, across] = isH ? [place.x, place.y] : [place.y, place.x];
  const centres = Array.from<number | string | null>((isH ? trace.y : trace.x) ?? []);
  const lengths = Array.from<number | string | null>((isH ? trace.x : trace.y) ?? []);
  const positions = centres.map((centre) => across.scale(centre ?? Number.NaN));
  const span = Math.abs(across.pixels[1] - across.pixels[0]);
  const step = positions.length > 1 ? Math.abs((positions[1] ?? 0) - (positions[0] ?? 0)) : span / 2;
  const fill = typeof trace.marker?.color === "string" ? trace.marker.color : place.color;
  const bars = positions.map((position, index) => {
    const given = typeof trace.width === "number" ? trace.width : undefined;
    const unit = Math.abs(across.scale(1) - across.scale(0));
    const thick = given === undefined ? step * 0.94 : given * unit;
    const ends = [along.scale(0), along.scale(lengths[index] ?? 0)];
    const [low, size] = [Math.min(...ends), Math.abs((ends[1] ?? 0) - (ends[0] ?? 0))];
    const box = isH
      ? { x: low, y: position - thick / 2, width: size, height: thick }
      : { x: position - thick / 2, y: low, width: thick, height: size };
    return Object.values(box).every(Number.isFinite) ? `<rect${attributes(box)}/>` : "";
  });
  return `<g${attributes({ fill, opacity: trace.opacity ?? trace.marker?.opacity })}>${bars.join("")}</g>`;
}

/** plotly's image trace with a `source`: pixel (i, j) is centred at x = i, y = j. */
function drawImage(trace: Trace, place: Place): string {
  const [width = 0, height = 0] = (trace.imageSize as readonly number[] | undefined) ?? [];
  const [left, right] = [place.x.scale(-0.5), place.x.scale(width - 0.5)];
  const [top, bottom] = [place.y.scale(-0.5), place.y.scale(height - 0.5)];
  const box = { x: left, y: top, width: right - left, height: bottom - top };
  return `<image${attributes({ ...box, preserveAspectRatio: "none", href: `${trace.source}` })}/>`;
}
