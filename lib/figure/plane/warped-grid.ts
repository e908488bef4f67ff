import { checkOptions } from "../../ground/arguments/check-options.ts";
import { inNameOf } from "../../ground/arguments/in-name-of.ts";
import {
  aFinite,
  aFunction,
  anObject,
  anything,
  aText,
  atMost,
  checkKind,
  demand,
  listOf,
} from "../../ground/arguments/kinds.ts";
import { type Figure, figure } from "../figure.ts";
import { linspace } from "../linspace.ts";
import { fade, palette } from "../palette.ts";
import type { Trace } from "../types.ts";
import {
  checkRange,
  coordinateNames,
  imagesOf,
  type OnPoints,
  type PlaneRange,
  type Points,
  planeAxes,
  rangeAround,
} from "./plane.ts";

/** A map of the plane. */
export interface WarpedGridOptions {
  /** Images of many points at once: `(z) => bijection.forward(tf.tensor(z)).value`, or in plain numbers. */
  readonly map: OnPoints<Points>;
  /** What of z is covered by the grid; ±3 if left out. */
  readonly range?: PlaneRange;
  /** What of x is shown; all of the image if left out. */
  readonly imageRange?: PlaneRange;
  /** Lines in each direction; 19 if left out. */
  readonly lines?: number;
  /** A square of z that is marked, with its image: its corner at the lower left, and its side. The description tells both areas. */
  readonly cell?: { readonly corner: readonly [number, number]; readonly side: number };
  readonly title?: string;
}

/**
 * A square grid of z and its image: where its cells grow the map stretches, and density falls in proportion.
 *
 * @throws RangeError if no image is finite, or the marked square has no positive side.
 */
export function warpedGridFigure(options: WarpedGridOptions): Figure {
  return inNameOf("warpedGridFigure", () => drawWarpedGrid(options));
}

function drawWarpedGrid(options: WarpedGridOptions): Figure {
  checkOptions(
    "warpedGridFigure",
    options,
    "warpedGridFigure({ map: (z) => bijection.forward(tf.tensor(z)).value })",
    {
      map: demand(aFunction),
      range: listOf(listOf(aFinite)),
      imageRange: listOf(listOf(aFinite)),
      lines: atMost(1000, aFinite),
      cell: anObject,
      title: aText,
    },
  );
  checkRange("warpedGridFigure", options.range);
  checkRange("warpedGridFigure", options.imageRange);
  const {
    range = [
      [-3, 3],
      [-3, 3],
    ],
  } = options;
  const grid = gridLines(range, options.lines ?? 19);
  const images = imagesOf(options.map, grid.flat());
  const length = grid[0]?.length ?? 0;
  const warped = grid.map((_, i) => images.slice(i * length, (i + 1) * length));
  const cell = options.cell && outline(options.cell);
  const cellImage = cell && imagesOf(options.map, cell);
  const left = planeAxes(range, coordinateNames("base"));
  const right = planeAxes(options.imageRange ?? rangeAround(images), coordinateNames("data"));
  const layout = {
    xaxis: { ...left.xaxis, domain: [0, 0.42] as const },
    yaxis: left.yaxis ?? {},
    xaxis2: { ...right.xaxis, domain: [0.58, 1] as const, anchor: "y2" },
    yaxis2: { ...right.yaxis, scaleanchor: "x2", anchor: "x2" },
    height: 430,
    showlegend: false,
    ...(options.title === undefined ? {} : { title: options.title }),
  };
  const traces = [
    ...gridTraces(grid, palette.base, { xaxis: "x", yaxis: "y" }, "grid of z"),
    ...gridTraces(warped, palette.data, { xaxis: "x2", yaxis: "y2" }, "its image"),
    ...(cell && cellImage
      ? [
          cellTrace(cell, { xaxis: "x", yaxis: "y" }, "a square"),
          cellTrace(cellImage, { xaxis: "x2", yaxis: "y2" }, "its image"),
        ]
      : []),
  ];
  const areas =
    cell && cellImage
      ? `; the marked square has the area ${areaOf(cell).toPrecision(4)}, its image ${areaOf(cellImage).toPrecision(4)}`
      : "";
  const description = `${options.title ?? "A map of the plane"}: a square grid of z (left) and its image in x (right)${areas}`;
  return figure(traces, layout, { description });
}

/** Lines of a square grid, first the vertical ones, each as so many points. */
export function gridLines([across, up]: PlaneRange, count: number, points = 81): number[][][] {
  const vertical = linspace(...across, count).map((x) => linspace(...up, points).map((y) => [x, y]));
  const horizontal = linspace(...up, count).map((y) => linspace(...across, points).map((x) => [x, y]));
  return [...vertical, ...horizontal];
}

/** The two families of lines as one trace each, the second paler. */
function gridTraces(lines: number[][][], color: string, axes: Partial<Trace>, name: string): Trace[] {
  const half = lines.length / 2;
  return [lines.slice(0, half), lines.slice(half)].map((family, i) => ({
    ...axes,
    name,
    mode: "lines",
    x: family.flatMap((line) => [...line.map((point) => point[0]), null]),
    y: family.flatMap((line) => [...line.map((point) => point[1]), null]),
    line: { color, width: 1.1 },
    opacity: i === 0 ? 1 : 0.55,
    hoverinfo: "skip",
  }));
}

/** Points along each side of a marked square: its image is bent. */
const ALONG = 24;

/** Around the square, against the clock. */
function outline(cell: NonNullable<WarpedGridOptions["cell"]>): number[][] {
  checkOptions("warpedGridFigure, cell", cell, "cell: { corner: [0, 0], side: 1 }", {
    corner: anything,
    side: anything,
  });
  const { corner, side } = cell;
  checkKind("warpedGridFigure", "the corner of the cell", corner, demand(listOf(aFinite)));
  if (!(side > 0 && corner.length === 2))
    throw new RangeError(
      `warpedGridFigure: expected a cell with a corner [z₁, z₂] and a side above 0; got the corner [${corner}] and the side ${side}`,
    );
  const [x, y] = corner;
  const steps = Array.from({ length: ALONG }, (_, i) => (side * i) / ALONG);
  return [
    ...steps.map((s) => [x + s, y]),
    ...steps.map((s) => [x + side, y + s]),
    ...steps.map((s) => [x + side - s, y + side]),
    ...steps.map((s) => [x, y + side - s]),
  ];
}

/** Of the polygon with these corners. */
function areaOf(points: readonly (readonly number[])[]): number {
  const twice = points.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = points[(i + 1) % points.length];
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}

function cellTrace(points: number[][], axes: Partial<Trace>, name: string): Trace {
  const closed = [...points, points[0]];
  return {
    ...axes,
    name,
    mode: "lines",
    x: closed.map(([x]) => x),
    y: closed.map(([, y]) => y),
    fill: "toself",
    fillcolor: fade(palette.accent, 0.35),
    line: { color: palette.accent, width: 2 },
    hoverinfo: "skip",
  };
}
