import { fade, palette } from "../palette.ts";
import type { Annotation, Axis, Layout, Trace } from "../types.ts";

/**
 * The arrangement of all figures of a one-dimensional map: the map in the large panel, the density of its argument
 * below (same horizontal axis), the density of its value at the left, lying on its side (same vertical axis).
 */
export interface PanelOptions {
  /** Names of argument and value: "z" and "x", or the other way round. */
  readonly across: string;
  readonly up: string;
  readonly acrossRange: readonly [number, number];
  readonly upRange: readonly [number, number];
  /** Largest density shown in the panel below, and at the left. */
  readonly acrossDensity: number;
  readonly upDensity: number;
  /** What the large panel shows, e.g. "x = f(z)". */
  readonly map: string;
  readonly title?: string;
}

/** Which axes a trace of a panel belongs to. */
export const panels = {
  map: { xaxis: "x", yaxis: "y" },
  below: { xaxis: "x", yaxis: "y2" },
  left: { xaxis: "x2", yaxis: "y" },
} as const;

/** Layout of the three panels. */
export function panelLayout(options: PanelOptions): Layout {
  const { across, up } = options;
  const density = { showgrid: false, nticks: 3, rangemode: "tozero" };
  const axes: Record<string, Axis> = {
    xaxis: { domain: [0.32, 1], anchor: "y2", range: options.acrossRange, title: italic(across) },
    yaxis: { domain: [0.36, 1], anchor: "x2", range: options.upRange, title: italic(up) },
    xaxis2: {
      domain: [0, 0.21],
      anchor: "y",
      range: [options.upDensity * 1.08, 0],
      title: `Pr(${italic(up)})`,
      ...density,
    },
    yaxis2: {
      domain: [0, 0.28],
      anchor: "x",
      range: [0, options.acrossDensity * 1.12],
      title: `Pr(${italic(across)})`,
      ...density,
    },
  };
  const heading: Annotation = {
    text: options.map,
    ...{ x: 0.5, xref: "x domain", xanchor: "center", y: 1, yref: "y domain", yanchor: "bottom" },
    showarrow: false,
    font: { size: 15, color: palette.map },
  };
  return {
    ...axes,
    ...(options.title === undefined ? {} : { title: { text: options.title } }),
    height: 520,
    margin: { l: 60, r: 20, t: options.title === undefined ? 32 : 58, b: 52 },
    showlegend: false,
    annotations: [heading],
  };
}

/** A variable as it is set in print. */
export function italic(name: string): string {
  return `<i>${name}</i>`;
}

/** The map's graph. */
export function mapTrace(x: readonly number[], y: readonly number[], across: string, up: string): Trace {
  return {
    ...panels.map,
    name: `${up} as a function of ${across}`,
    mode: "lines",
    x,
    y,
    line: { color: palette.map, width: 2.5 },
    hovertemplate: `${across} = %{x:.3f}<br>${up} = %{y:.3f}<extra></extra>`,
  };
}

/** A density as a line over an area: below, or lying on its side at the left. */
export function densityTrace(
  side: "below" | "left",
  at: readonly number[],
  density: readonly number[],
  name: string,
  color: string,
  filled = true,
): Trace {
  const isBelow = side === "below";
  return {
    ...panels[side],
    name: `Pr(${name})`,
    mode: "lines",
    x: isBelow ? at : density,
    y: isBelow ? density : at,
    line: { color, width: 2 },
    ...(filled ? { fill: isBelow ? "tozeroy" : "tozerox", fillcolor: fade(color, 0.18) } : {}),
    hovertemplate: isBelow
      ? `${name} = %{x:.3f}<br>Pr(${name}) = %{y:.4f}<extra></extra>`
      : `${name} = %{y:.3f}<br>Pr(${name}) = %{x:.4f}<extra></extra>`,
  };
}

/** The range with a little room at both ends. */
export function withRoom([low, high]: readonly [number, number], share = 0.04): [number, number] {
  const room = (high - low) * share;
  return [low - room, high + room];
}
