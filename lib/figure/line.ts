import { type Figure, figure } from "./figure.ts";
import type { Line, Trace, Values } from "./types.ts";

/** One line of a {@link lineFigure}. */
export interface Series {
  readonly x: Values;
  readonly y: Values;
  readonly name?: string;
  readonly line?: Line;
}

/** Lines and the names of their axes. */
export interface LineOptions {
  readonly series: readonly Series[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly title?: string;
  /** Pixels. */
  readonly height?: number;
}

/**
 * Plain lines over one horizontal axis.
 *
 * @throws RangeError if the lengths of x and y differ.
 */
export function lineFigure(options: LineOptions): Figure {
  const data = options.series.map((series): Trace => ({ mode: "lines", ...series }));
  return figure(data, {
    xaxis: { title: options.xTitle },
    yaxis: { title: options.yTitle },
    height: options.height ?? 340,
    ...(options.title === undefined ? {} : { title: options.title }),
  });
}
