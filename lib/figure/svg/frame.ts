import { palette } from "../palette.ts";
import type { Layout, Trace } from "../types.ts";
import { axisOptions, type PlacedAxis, titleText } from "./axes.ts";
import { attributes, drawText, textWidth } from "./text.ts";

const tickSize = 12;
const titleSize = 14;

/** The axis at which an axis stands: the edge of which plot its line and labels follow. */
function anchorOf(axis: PlacedAxis, axes: ReadonlyMap<string, PlacedAxis>): PlacedAxis | undefined {
  const opposite = axis.letter === "x" ? "y" : "x";
  return axes.get(axis.options.anchor ?? `${opposite}`) ?? axes.get(opposite);
}

/** Grid lines, under everything else. */
export function drawGrid(
  axes: ReadonlyMap<string, PlacedAxis>,
  layout: Layout,
  data: readonly Trace[],
): string {
  const lines = [...axes.values()].map((axis) => {
    const { visible, showgrid } = axisOptions(axis.id, layout);
    if (visible === false || showgrid === false) return "";
    // An axis that several plots share has its grid in each of them.
    const plots = [...axes.values()].filter(
      (other) => other.letter !== axis.letter && data.some((trace) => shares(trace, axis, other)),
    );
    return plots
      .map((plot) => axis.ticks.map((tick) => gridLine(axis, tick.at, plot.pixels)).join(""))
      .join("");
  });
  return `<g stroke="${palette.grid}">${lines.join("")}</g>`;
}

function shares(trace: Trace, axis: PlacedAxis, other: PlacedAxis): boolean {
  const used = [trace.xaxis ?? "x", trace.yaxis ?? "y"];
  return used.includes(axis.id) && used.includes(other.id);
}

function gridLine(axis: PlacedAxis, at: number, [from, to]: readonly [number, number]): string {
  const ends =
    axis.letter === "x" ? { x1: at, x2: at, y1: from, y2: to } : { x1: from, x2: to, y1: at, y2: at };
  return `<line${attributes(ends)}/>`;
}

/** Axis lines, ticks, labels and titles, over everything else. */
export function drawAxes(axes: ReadonlyMap<string, PlacedAxis>): string {
  return [...axes.values()].map((axis) => drawAxis(axis, axes)).join("");
}

function drawAxis(axis: PlacedAxis, axes: ReadonlyMap<string, PlacedAxis>): string {
  const anchor = anchorOf(axis, axes);
  if (axis.options.visible === false || anchor === undefined) return "";
  const edge = anchor.pixels[0];
  const [from, to] = axis.pixels;
  const isX = axis.letter === "x";
  const line = isX ? { x1: from, x2: to, y1: edge, y2: edge } : { x1: edge, x2: edge, y1: from, y2: to };
  const showLabels = axis.options.showticklabels !== false;
  const inside = axis.ticks.filter(
    ({ at }) => at >= Math.min(from, to) - 0.5 && at <= Math.max(from, to) + 0.5,
  );
  const ticks = showLabels ? inside.map((tick) => drawTick(isX, tick.at, edge, tick.label)).join("") : "";
  return `<line${attributes({ ...line, stroke: palette.guide })}/>${ticks}${drawTitle(axis, edge, showLabels)}`;
}

function drawTick(isX: boolean, at: number, edge: number, label: string): string {
  const style = { size: tickSize, color: palette.text };
  const mark = isX ? { x1: at, x2: at, y1: edge, y2: edge + 4 } : { x1: edge - 4, x2: edge, y1: at, y2: at };
  const text = isX
    ? drawText(label, at, edge + 8, { ...style, anchor: "middle", baseline: "hanging" })
    : drawText(label, edge - 7, at, { ...style, anchor: "end", baseline: "middle" });
  return `<line${attributes({ ...mark, stroke: palette.guide })}/>${text}`;
}

function drawTitle(axis: PlacedAxis, edge: number, showLabels: boolean): string {
  const title = titleText(axis.options.title);
  if (title === "") return "";
  const middle = (axis.pixels[0] + axis.pixels[1]) / 2;
  const style = { size: titleSize, color: palette.text, anchor: "middle" } as const;
  if (axis.letter === "x")
    return drawText(title, middle, edge + (showLabels ? 26 : 8), { ...style, baseline: "hanging" });
  const labels = showLabels
    ? Math.max(0, ...axis.ticks.map((tick) => textWidth(tick.label, tickSize))) + 14
    : 4;
  return drawText(title, edge - labels - 5, middle, { ...style, rotate: -90 });
}
