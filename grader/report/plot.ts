/** A check's plot as a still picture. It is an image, not inline SVG: whatever a learner put into it cannot act on the page. */

import { figure } from "flowlab/figure";
import type { PlainFigure } from "../harness/kinds.ts";
import { printableText } from "./escape.ts";

export interface StillPlot {
  /** A data URL. */
  readonly url: string;
  /** What the plot shows, in words with its numbers, for those who do not see it. */
  readonly words: string;
}

/** Undefined if the figure has nothing to draw. */
export function stillPlot(
  plot: PlainFigure,
  size: { readonly width: number; readonly height: number },
): StillPlot | undefined {
  try {
    const { data, layout } = JSON.parse(JSON.stringify(plot, printableText)) as PlainFigure;
    const drawn = figure(data as never, layout as never);
    const svg = drawn.toSVG({ ...size, theme: "either" });
    return {
      url: `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`,
      words: drawn.alternative,
    };
  } catch (error) {
    // A figure may hold a learner's numbers: none finite, or lengths that disagree. The check's message has said so.
    if (error instanceof RangeError || error instanceof TypeError) return undefined;
    throw error;
  }
}
