/** A check's plot as a still picture. It is an image, not inline SVG: whatever a learner put into it cannot act on the page. */

import { figure } from "flowlab/figure";
import type { PlainFigure } from "../harness/kinds.ts";
import { printableText } from "./escape.ts";

/** A data URL, or undefined if the figure has nothing to draw. */
export function stillPlot(
  plot: PlainFigure,
  size: { readonly width: number; readonly height: number },
): string | undefined {
  try {
    const { data, layout } = JSON.parse(JSON.stringify(plot, printableText)) as PlainFigure;
    const svg = figure(data as never, layout as never).toSVG({ ...size, theme: "either" });
    return `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  } catch (error) {
    // A figure may hold a learner's numbers: none finite, or lengths that disagree. The check's message has said so.
    if (error instanceof RangeError || error instanceof TypeError) return undefined;
    throw error;
  }
}

/** What the plot shows, for those who do not see it. */
export function plotDescription(plot: PlainFigure): string {
  const names = plot.data.flatMap(({ name }) => (typeof name === "string" ? [name] : []));
  return names.length > 0 ? `Plot: ${names.join(" against ")}` : "Plot";
}
