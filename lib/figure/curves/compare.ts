import { checkOptions } from "../../ground/arguments/check-options.ts";
import { inNameOf } from "../../ground/arguments/in-name-of.ts";
import { aFinite, anything, aText, demand } from "../../ground/arguments/kinds.ts";
import { type Figure, figure } from "../figure.ts";
import { palette } from "../palette.ts";
import type { Shape, Trace, Values } from "../types.ts";

/** Two curves over the same points. */
export interface CompareOptions {
  /** Where both curves are known. */
  readonly x: Values;
  /** The learner's values; those that are not finite leave a gap. */
  readonly yours: Values;
  /** The values that were asked for. */
  readonly expected: Values;
  /** Where a check failed: marked by a line. */
  readonly at?: number;
  readonly xTitle?: string;
  readonly yTitle?: string;
  readonly title?: string;
}

/**
 * Yours against what was asked, small enough for a card: the expected curve broad and pale, yours thin on top, so that
 * agreement and difference both show.
 *
 * @throws RangeError if lengths differ, or if none of `yours` is finite (say that in words instead).
 */
export function compareFigure(options: CompareOptions): Figure {
  return inNameOf("compareFigure", () => drawComparison(options));
}

function drawComparison(options: CompareOptions): Figure {
  checkOptions("compareFigure", options, "compareFigure({ x, yours, expected })", {
    x: demand(anything),
    yours: demand(anything),
    expected: demand(anything),
    at: aFinite,
    xTitle: aText,
    yTitle: aText,
    title: aText,
  });
  const { x } = options;
  const data: Trace[] = [
    {
      name: "what was asked",
      mode: "lines",
      x,
      y: options.expected,
      line: { color: palette.asked, width: 7 },
    },
    { name: "yours", mode: "lines", x, y: options.yours, line: { color: palette.accent2, width: 2 } },
  ];
  const mark = (at: number): Shape => ({
    ...{ type: "line", x0: at, x1: at, xref: "x", y0: 0, y1: 1, yref: "y domain" },
    line: { color: palette.accent, width: 1.5, dash: "dot" },
  });
  const layout = {
    xaxis: { title: options.xTitle ?? "<i>x</i>" },
    yaxis: { title: options.yTitle ?? "" },
    height: 250,
    margin: { l: 60, r: 16, t: options.title === undefined ? 36 : 62, b: 48 },
    ...(options.title === undefined ? {} : { title: options.title }),
    ...(options.at === undefined ? {} : { shapes: [mark(options.at)] }),
  };
  const where = options.at === undefined ? "" : `, a check failed at ${options.at}`;
  return figure(data, layout, { description: `Yours against what was asked${where}` });
}
