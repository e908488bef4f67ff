import type { Trace } from "../types.ts";
import { panels } from "./flow-panels.ts";

/** A point that is followed through a map: its argument, its value, and the densities at both. */
export interface TracedPoint {
  readonly across: number;
  readonly up: number;
  readonly acrossDensity: number;
  readonly upDensity: number;
  readonly color: string;
}

/**
 * The way of one point through the three panels: from the density below up to the curve, from there left to the
 * density of the value.
 *
 * @param origin Lower left corner of the large panel.
 */
export function followPoint(
  point: TracedPoint,
  names: { readonly across: string; readonly up: string },
  origin: readonly [number, number],
): Trace[] {
  const { across, up, acrossDensity, upDensity, color } = point;
  const line = { color, width: 1.8, dash: "dash" } as const;
  const common = { showlegend: false, line };
  const hovertemplate = `${names.across} = ${show(across)}<br>${names.up} = ${show(up)}<extra></extra>`;
  const dot = { color, size: 9 };
  // The arrow heads stand half-way, where neither the curve nor an axis hides them.
  const midUp = (origin[1] + up) / 2;
  const midLeft = (origin[0] + across) / 2;
  return [
    {
      ...panels.below,
      ...common,
      mode: "lines",
      x: [across, across],
      y: [acrossDensity, acrossDensity * 10 + 10],
      hoverinfo: "skip",
    },
    {
      ...panels.map,
      ...common,
      name: `the way of ${names.across} = ${show(across)}`,
      mode: "lines+markers",
      x: [across, across, across, midLeft, origin[0]],
      y: [origin[1], midUp, up, up, up],
      marker: {
        color,
        size: [0, 11, 9, 11, 0],
        symbol: ["circle", "triangle-up", "circle", "triangle-left", "circle"],
        opacity: 1,
      },
      hovertemplate,
    },
    { ...panels.left, ...common, mode: "lines", x: [upDensity, 0], y: [up, up], hoverinfo: "skip" },
    {
      ...panels.below,
      ...common,
      mode: "markers",
      x: [across],
      y: [acrossDensity],
      marker: dot,
      hovertemplate,
    },
    { ...panels.left, ...common, mode: "markers", x: [upDensity], y: [up], marker: dot, hovertemplate },
  ];
}

/** Many samples as ticks along the axis of a density. */
export function rug(
  side: "below" | "left",
  values: readonly number[],
  density: number,
  name: string,
  color: string,
): Trace {
  const near = values.map(() => density * 0.035);
  const isBelow = side === "below";
  return {
    ...panels[side],
    name: `samples of ${name}`,
    mode: "markers",
    x: isBelow ? values : near,
    y: isBelow ? near : values,
    marker: {
      symbol: isBelow ? "line-ns-open" : "line-ew-open",
      size: 9,
      color,
      opacity: 0.45,
      line: { color, width: 1 },
    },
    hovertemplate: `sample ${name} = %{${isBelow ? "x" : "y"}:.3f}<extra></extra>`,
  };
}

function show(value: number): string {
  return value.toFixed(3).replace("-", "−");
}
