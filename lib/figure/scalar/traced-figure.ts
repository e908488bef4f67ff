import { type Figure, figure } from "../figure.ts";
import { linspace } from "../linspace.ts";
import { palette } from "../palette.ts";
import type { Trace } from "../types.ts";
import { densityTrace, mapTrace, panelLayout, withRoom } from "./flow-panels.ts";
import type { CompleteFlow } from "./scalar-flow.ts";
import { followPoint, rug, type TracedPoint } from "./traced-points.ts";

/** One axis of a traced figure: its variable, a grid of values, and the density there. */
export interface Side {
  readonly name: "z" | "x";
  readonly color: string;
  readonly range: readonly [number, number];
  readonly grid: readonly number[];
  readonly density: readonly number[];
  /** Samples shown as ticks. */
  readonly samples: readonly number[];
}

/** What a traced figure shows. */
export interface TracedOptions {
  /** The variable that is mapped; its density stands below. */
  readonly across: Side;
  /** The variable that it is mapped to; its density stands at the left. */
  readonly up: Side;
  /** The map's equation. */
  readonly map: string;
  readonly points: readonly Omit<TracedPoint, "color">[];
  readonly title: string | undefined;
  readonly description: string;
}

/** Both axes of a flow on one grid of z; `dataSamples` are the images of `baseSamples`. */
export function bothSides(
  flow: CompleteFlow,
  baseSamples: readonly number[],
  dataSamples: readonly number[],
) {
  const z = linspace(...flow.zRange, 301);
  const density = z.map(flow.base);
  const pushed = z.map((value, index) => (density[index] ?? 0) / Math.abs(flow.derivative(value)));
  const base: Side = {
    name: "z",
    color: palette.base,
    range: flow.zRange,
    grid: z,
    density,
    samples: baseSamples,
  };
  const data: Side = {
    ...{ name: "x", color: palette.data, range: flow.xRange },
    ...{ grid: z.map(flow.forward), density: pushed, samples: dataSamples },
  };
  return { base, data };
}

/** A map between two variables with both densities, some points followed through it, and many as ticks. */
export function tracedFigure({ across, up, map, points, title, description }: TracedOptions): Figure {
  const upRange = withRoom(up.range);
  const colors = [palette.accent, palette.accent2];
  const names = { across: across.name, up: up.name };
  const ways = points.flatMap((point, index) => {
    const color = colors[index % colors.length] ?? palette.accent;
    return followPoint({ ...point, color }, names, [across.range[0], upRange[0]]);
  });
  const data = [
    densityTrace("below", across.grid, across.density, across.name, across.color),
    densityTrace("left", up.grid, up.density, up.name, up.color),
    ...ticks("below", across),
    ...ticks("left", up),
    mapTrace(across.grid, up.grid, across.name, up.name),
    ...ways,
  ];
  const layout = panelLayout({
    ...{ ...names, map, acrossRange: across.range, upRange },
    ...{ acrossDensity: Math.max(...across.density), upDensity: Math.max(...up.density) },
    ...(title === undefined ? {} : { title }),
  });
  return figure(data, layout, { description });
}

/**
 * The values, if all of them lie in the range that is shown.
 *
 * @throws RangeError if one does not.
 */
export function inside(
  name: string,
  values: readonly number[],
  [low, high]: readonly [number, number],
): readonly number[] {
  const outside = values.find((value) => !(value >= low && value <= high));
  if (outside !== undefined) {
    throw new RangeError(
      `${name} = ${outside} lies outside [${low}, ${high}], which is all that zRange shows; widen zRange or leave the value out`,
    );
  }
  return values;
}

function ticks(place: "below" | "left", side: Side): Trace[] {
  if (side.samples.length === 0) return [];
  return [rug(place, side.samples, Math.max(...side.density), side.name, side.color)];
}
