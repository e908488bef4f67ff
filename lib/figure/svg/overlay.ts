import { palette } from "../palette.ts";
import type { Annotation, Layout, Shape } from "../types.ts";
import type { Area, PlacedAxis } from "./axes.ts";
import { attributes, drawText, round } from "./text.ts";

type Axes = ReadonlyMap<string, PlacedAxis>;

/** Lines and rectangles of the layout. */
export function drawShapes(layout: Layout, axes: Axes, area: Area, layer: "above" | "below"): string {
  const shapes = (layout.shapes ?? []).filter((shape) => (shape.layer ?? "above") === layer);
  return shapes.map((shape) => drawShape(shape, axes, area)).join("");
}

function drawShape(shape: Shape, axes: Axes, area: Area): string {
  const x = [shape.x0 ?? 0, shape.x1 ?? 0].map((value) =>
    position(value, shape.xref ?? "x", "x", axes, area),
  );
  const y = [shape.y0 ?? 0, shape.y1 ?? 0].map((value) =>
    position(value, shape.yref ?? "y", "y", axes, area),
  );
  const [x0 = 0, x1 = 0] = x;
  const [y0 = 0, y1 = 0] = y;
  const dash = { dash: "8 5", dot: "2 4", dashdot: "8 4 2 4", solid: undefined }[shape.line?.dash ?? "solid"];
  const look = {
    stroke: shape.line?.color ?? palette.neutral,
    "stroke-width": shape.line?.width ?? 1.5,
    "stroke-dasharray": dash,
  };
  if (shape.type === "line") return `<line${attributes({ x1: x0, x2: x1, y1: y0, y2: y1, ...look })}/>`;
  if (shape.type !== "rect") return "";
  const box = {
    x: Math.min(x0, x1),
    y: Math.min(y0, y1),
    width: Math.abs(x1 - x0),
    height: Math.abs(y1 - y0),
  };
  return `<rect${attributes({ ...box, fill: shape.fillcolor ?? "none", opacity: shape.opacity as number, ...look })}/>`;
}

/** Texts of the layout, with arrows where they have one. */
export function drawAnnotations(layout: Layout, axes: Axes, area: Area): string {
  return (layout.annotations ?? []).map((annotation) => drawAnnotation(annotation, axes, area)).join("");
}

function drawAnnotation(annotation: Annotation, axes: Axes, area: Area): string {
  const font = (annotation.font ?? {}) as { size?: number; color?: string };
  const size = font.size ?? 13;
  const x = position(annotation.x ?? 0, annotation.xref ?? "x", "x", axes, area);
  const y = position(annotation.y ?? 0, annotation.yref ?? "y", "y", axes, area);
  const hasArrow = annotation.showarrow !== false;
  const tailX = x + (hasArrow ? Number(annotation.ax ?? 0) : Number(annotation.xshift ?? 0));
  const tailY = y + (hasArrow ? Number(annotation.ay ?? -30) : -Number(annotation.yshift ?? 0));
  const anchors: Record<string, "start" | "middle" | "end"> = { left: "start", right: "end" };
  const baselines: Record<string, "auto" | "hanging"> = { top: "hanging", bottom: "auto" };
  const style = {
    size,
    color: font.color ?? palette.text,
    anchor: anchors[`${annotation.xanchor}`] ?? "middle",
    baseline: baselines[`${annotation.yanchor}`] ?? "middle",
  } as const;
  const text = annotation.text === "" ? "" : drawText(annotation.text, tailX, tailY, style);
  const color = (annotation.arrowcolor as string | undefined) ?? palette.neutral;
  return (hasArrow ? drawArrow(tailX, tailY, x, y, color) : "") + text;
}

function drawArrow(x0: number, y0: number, x1: number, y1: number, color: string): string {
  const angle = Math.atan2(y1 - y0, x1 - x0);
  const wing = (turn: number) =>
    `${round(x1 - 8 * Math.cos(angle + turn))},${round(y1 - 8 * Math.sin(angle + turn))}`;
  const head = `${wing(0.4)} ${round(x1)},${round(y1)} ${wing(-0.4)}`;
  const shaft = attributes({ x1: x0, y1: y0, x2: x1, y2: y1, stroke: color, "stroke-width": 1.5 });
  return `<line${shaft}/><polygon points="${head}" fill="${color}"/>`;
}

/** Where sliders stand at first: a picture cannot move, but the reader sees what would. */
export function drawSliders(layout: Layout, area: Area): string {
  const sliders = (layout.sliders ?? []) as {
    active?: number;
    currentvalue?: { prefix?: string };
    steps?: { label?: string }[];
  }[];
  const drawn = sliders.map(({ active = 0, currentvalue, steps = [] }) => {
    const y = area.top + area.height + 100;
    const share = steps.length > 1 ? active / (steps.length - 1) : 0;
    const track = attributes({
      x: area.left,
      y: y - 2,
      width: area.width,
      height: 4,
      rx: 2,
      fill: palette.grid,
    });
    const knob = attributes({ cx: area.left + share * area.width, cy: y, r: 7, fill: palette.guide });
    const label = `${currentvalue?.prefix ?? ""}${steps[active]?.label ?? ""} (moves in the notebook)`;
    return `<rect${track}/><circle${knob}/>${drawText(label, area.left, y - 14, { size: 12, color: palette.text })}`;
  });
  return drawn.join("");
}

/** A coordinate in pixels: on an axis, on the share of an axis ("x domain"), or on the share of the whole plot. */
function position(value: number, reference: string, letter: "x" | "y", axes: Axes, area: Area): number {
  if (reference === "paper") {
    return letter === "x" ? area.left + value * area.width : area.top + (1 - value) * area.height;
  }
  const [id = "x", domain] = reference.split(" ");
  const axis = axes.get(id);
  if (axis === undefined) return Number.NaN;
  const [from, to] = axis.pixels;
  return domain === undefined ? axis.scale(value) : from + value * (to - from);
}
