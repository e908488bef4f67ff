import { checkOptions } from "../../ground/arguments/check-options.ts";
import { inNameOf } from "../../ground/arguments/in-name-of.ts";
import { aFinite, anObject, anything, aText, atMost, demand, listOf } from "../../ground/arguments/kinds.ts";
import { type Figure, figure } from "../figure.ts";
import type { Line, Trace, Values } from "../types.ts";

/** One line of a {@link lineFigure}. */
export interface Series {
  readonly x: Values;
  /** As many as x; null leaves a gap. */
  readonly y: Values;
  /** What the legend calls it. */
  readonly name?: string;
  /** Colour, width and dash. */
  readonly line?: Line;
}

/** Lines and the names of their axes. */
export interface LineOptions {
  /** The lines; later ones lie on top. */
  readonly series: readonly Series[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly title?: string;
  /** Where the vertical axis begins and ends: for a slider, whose pictures are compared. Around the lines if left out. */
  readonly yRange?: readonly [number, number];
  /** Pixels; 340 if left out. */
  readonly height?: number;
}

/**
 * Plain lines over one horizontal axis.
 *
 * @throws RangeError if there is no line, the lengths of x and y differ, a line has no finite number, or the range does not rise.
 * @throws TypeError if a line has a property of another name.
 */
export function lineFigure(options: LineOptions): Figure {
  return inNameOf("lineFigure", () => drawLine(options));
}

function drawLine(options: LineOptions): Figure {
  checkOptions("lineFigure", options, "lineFigure({ series, xTitle, yTitle })", {
    series: demand(listOf(anObject)),
    xTitle: demand(aText),
    yTitle: demand(aText),
    title: aText,
    yRange: listOf(aFinite),
    height: atMost(10_000, aFinite),
  });
  const { yRange } = options;
  if (yRange && !(yRange.length === 2 && yRange[0] < yRange[1]))
    throw new RangeError(`lineFigure: expected yRange as two numbers, the lower one first; got [${yRange}]`);
  for (const [at, series] of options.series.entries()) {
    checkOptions(`lineFigure, series ${at}`, series, "{ x: [0, 1], y: [1, 3] }", {
      x: anything,
      y: anything,
      name: anything,
      line: anything,
    });
  }
  const data = options.series.map((series): Trace => ({ mode: "lines", ...series }));
  return figure(data, {
    xaxis: { title: options.xTitle },
    yaxis: { title: options.yTitle, ...(yRange && { range: yRange }) },
    height: options.height ?? 340,
    ...(options.title === undefined ? {} : { title: options.title }),
  });
}
