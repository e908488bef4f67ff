import { checkOptions } from "../../ground/arguments/check-options.ts";
import { inNameOf } from "../../ground/arguments/in-name-of.ts";
import { aFinite, anything, aText, demand, listOf } from "../../ground/arguments/kinds.ts";
import { type Figure, figure } from "../figure.ts";
import { palette } from "../palette.ts";
import type { Trace } from "../types.ts";
import {
  checkRange,
  coordinateNames,
  type GivenPoints,
  type PlaneRange,
  type Points,
  plainPoints,
  planeAxes,
  rangeAround,
  type Space,
} from "./plane.ts";

/** Some points that belong together. */
export interface SampleSet {
  /** A tensor of shape [n, 2], or [x, y] each. */
  readonly points: GivenPoints;
  /** What the legend calls them. */
  readonly name?: string;
  /** Of z (blue), of x (orange, the default), or neither (grey: what they are compared with). */
  readonly space?: Space | "neutral";
}

/** Samples of the plane. */
export interface Samples2dOptions {
  /** Points, as a tensor of shape [n, 2] or [x, y] each, or several named sets; the later ones lie on top. */
  readonly samples: readonly SampleSet[] | GivenPoints;
  /** What of the plane is shown; all but the outermost points if left out. */
  readonly range?: PlaneRange;
  /** What the axes are called where the points are neither z nor x; z₁ or x₁ if left out. */
  readonly xTitle?: string;
  /** z₂ or x₂ if left out. */
  readonly yTitle?: string;
  readonly title?: string;
}

/**
 * Samples of the plane as points.
 *
 * @throws RangeError if a set is empty or holds no finite point.
 * @throws ShapeError if a tensor does not have the shape [n, 2].
 */
export function samples2dFigure(options: Samples2dOptions): Figure {
  return inNameOf("samples2dFigure", () => drawSamples2d(options));
}

function drawSamples2d(options: Samples2dOptions): Figure {
  checkOptions("samples2dFigure", options, "samples2dFigure({ samples })", {
    samples: demand(anything),
    range: listOf(listOf(aFinite)),
    xTitle: aText,
    yTitle: aText,
    title: aText,
  });
  checkRange("samples2dFigure", options.range);
  const sets = asSets(options.samples);
  const range = options.range ?? rangeAround(sets.flatMap((set) => [...set.points]));
  const space = sets.every((set) => set.space === "base") ? "base" : "data";
  const [first, second] = coordinateNames(space);
  const layout = {
    ...planeAxes(range, [options.xTitle ?? first, options.yTitle ?? second]),
    height: 480,
    ...(options.title === undefined ? {} : { title: options.title }),
  };
  const counts = sets.map(({ points, name }) => `${points.length} ${name ?? "points"}`).join(", ");
  return figure(sets.map(scatter), layout, { description: `${options.title ?? "Samples"}: ${counts}` });
}

/** A set in plain numbers. */
interface PlainSet extends SampleSet {
  readonly points: Points;
}

function asSets(samples: Samples2dOptions["samples"]): readonly PlainSet[] {
  const isSets = Array.isArray(samples) && isSet(samples[0]);
  const sets = isSets ? (samples as readonly SampleSet[]) : [{ points: samples as GivenPoints }];
  return sets.map((set) => ({ ...set, points: plainPoints(set.points) }));
}

function isSet(value: unknown): boolean {
  return typeof value === "object" && value !== null && "points" in value;
}

function scatter({ points, name, space = "data" }: PlainSet): Trace {
  return {
    ...(name === undefined ? {} : { name }),
    mode: "markers",
    x: points.map((point) => point[0]),
    y: points.map((point) => point[1]),
    // The more points, the fainter each: where they crowd is still seen.
    marker: { color: palette[space], size: 4, opacity: Math.min(0.8, Math.max(0.15, 600 / points.length)) },
    hovertemplate: "(%{x:.2f}, %{y:.2f})<extra></extra>",
  };
}
