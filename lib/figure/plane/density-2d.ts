import { checkOptions } from "../../ground/arguments/check-options.ts";
import {
  aFinite,
  aFunction,
  aText,
  atMost,
  demand,
  listOf,
  numbers,
  oneOf,
} from "../../ground/arguments/kinds.ts";
import { type Figure, figure } from "../figure.ts";
import { linspace } from "../linspace.ts";
import { baseScale, dataScale, fade, palette } from "../palette.ts";
import type { Trace } from "../types.ts";
import {
  checkRange,
  coordinateNames,
  defaultRange,
  type GivenPoints,
  type OnPoints,
  type PlaneRange,
  type Points,
  plainPoints,
  planeAxes,
  rangeAround,
  type Space,
  valuesAt,
} from "./plane.ts";

/** A density of the plane. */
export interface Density2dOptions {
  /** Log-densities in nats of many points at once: `(x) => flow.logProb(x)`, or in plain numbers. */
  readonly logProb: OnPoints<ArrayLike<number>>;
  /** Whose density it is: of z (blue) or of x (orange, the default). */
  readonly space?: Space;
  /** What of the plane is shown; if left out, all but the outermost of `points`, or ±4 without them. */
  readonly range?: PlaneRange;
  /** Cells along each axis; 100 if left out. */
  readonly resolution?: number;
  /** Points to draw on top: the data that the density was fitted to, say. A tensor of shape [n, 2], or [x, y] each. */
  readonly points?: GivenPoints;
  readonly title?: string;
}

/**
 * A density of the plane as a heatmap: exp log p(x) in the middle of each cell. Pointing at a cell tells it.
 *
 * The description states the mass that the picture holds, so that a density which does not integrate to 1 is seen.
 *
 * @throws RangeError if the density is finite and positive nowhere in the range.
 * @throws ShapeError if the points are a tensor of another shape.
 */
export function density2dFigure(options: Density2dOptions): Figure {
  checkOptions("density2dFigure", options, "density2dFigure({ logProb: (x) => model.logProb(x) })", {
    logProb: demand(aFunction),
    space: oneOf("base", "data"),
    range: listOf(listOf(aFinite)),
    resolution: atMost(1000, aFinite),
    points: numbers,
    title: aText,
  });
  checkRange("density2dFigure", options.range);
  const points = options.points && plainPoints(options.points);
  const { space = "data", range = points ? rangeAround(points) : defaultRange, resolution = 100 } = options;
  const [across, up] = range.map(([low, high]) => {
    const half = (high - low) / resolution / 2;
    return linspace(low + half, high - half, resolution);
  });
  const grid = up.flatMap((y) => across.map((x) => [x, y]));
  const density = valuesAt(options.logProb, grid).map((value) => Math.exp(value));
  const [x, y] = space === "base" ? ["z₁", "z₂"] : ["x₁", "x₂"];
  const heatmap: Trace = {
    type: "heatmap",
    x: across,
    y: up,
    z: up.map((_, row) => density.slice(row * resolution, (row + 1) * resolution)),
    zmin: 0,
    colorscale: space === "base" ? baseScale : dataScale,
    colorbar: { title: { text: "density", side: "right" }, thickness: 12, outlinewidth: 0, len: 0.9 },
    hovertemplate: `${x} = %{x:.2f}, ${y} = %{y:.2f}<br>density %{z:.4f}<extra></extra>`,
  };
  if (!density.some((value) => value > 0 && value < Infinity)) {
    const [[x0, x1], [y0, y1]] = range;
    throw new RangeError(
      `the density is 0 or not a number on all of [${x0}, ${x1}] × [${y0}, ${y1}]; widen the range, or check logProb`,
    );
  }
  const cell = ((range[0][1] - range[0][0]) * (range[1][1] - range[1][0])) / resolution ** 2;
  const mass = density.reduce((sum, value) => sum + (Number.isFinite(value) ? value * cell : 0), 0);
  const layout = {
    ...planeAxes(range, coordinateNames(space)),
    height: 480,
    showlegend: false,
    ...(options.title === undefined ? {} : { title: options.title }),
  };
  const traces = points === undefined ? [heatmap] : [heatmap, overlay(points)];
  const what = options.title ?? `Density of ${space === "base" ? "z" : "x"}`;
  return figure(traces, layout, { description: `${what}: the picture holds a mass of ${mass.toFixed(4)}` });
}

function overlay(points: Points): Trace {
  return {
    name: "points",
    mode: "markers",
    x: points.map((point) => point[0]),
    y: points.map((point) => point[1]),
    marker: { color: fade(palette.text, 0.5), size: 3 },
    hoverinfo: "skip",
  };
}
