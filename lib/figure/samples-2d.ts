import { type Figure, figure } from "./figure.ts";
import { palette } from "./palette.ts";
import {
  coordinateNames,
  type PlaneRange,
  type Points,
  planeAxes,
  rangeAround,
  type Space,
} from "./plane.ts";
import type { Trace } from "./types.ts";

/** Some points that belong together. */
export interface SampleSet {
  /** [x, y] each. */
  readonly points: Points;
  /** What the legend calls them. */
  readonly name?: string;
  /** Of z (blue), of x (orange, the default), or neither (grey: what they are compared with). */
  readonly space?: Space | "neutral";
}

/** Samples of the plane. */
export interface Samples2dOptions {
  /** Points, or several named sets; the later ones lie on top. */
  readonly samples: readonly SampleSet[] | Points;
  /** What of the plane is shown; all but the outermost points if left out. */
  readonly range?: PlaneRange;
  readonly title?: string;
}

/**
 * Samples of the plane as points.
 *
 * @throws RangeError if a set is empty or holds no finite point.
 */
export function samples2dFigure(options: Samples2dOptions): Figure {
  const sets = asSets(options.samples);
  const range = options.range ?? rangeAround(sets.flatMap((set) => [...set.points]));
  const space = sets.every((set) => set.space === "base") ? "base" : "data";
  const layout = {
    ...planeAxes(range, coordinateNames(space)),
    height: 480,
    ...(options.title === undefined ? {} : { title: options.title }),
  };
  const counts = sets.map(({ points, name }) => `${points.length} ${name ?? "points"}`).join(", ");
  return figure(sets.map(scatter), layout, { description: `${options.title ?? "Samples"}: ${counts}` });
}

function asSets(samples: Samples2dOptions["samples"]): readonly SampleSet[] {
  const [first] = samples;
  const isSet = typeof first === "object" && first !== null && "points" in first;
  return isSet ? (samples as readonly SampleSet[]) : [{ points: samples as Points }];
}

function scatter({ points, name, space = "data" }: SampleSet): Trace {
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
