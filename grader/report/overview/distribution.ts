/** How points are spread over a class, in numbers and as figures. */

import type { PlainFigure } from "../../harness/kinds.ts";
import type { SubmissionSummary } from "../../record/summary.ts";
import { pointsText } from "../points.ts";

/** More bars than these say less. */
const MOST_BARS = 20;
const BLUE = "#3f87c6";

/** Points with those that a person gave. */
export const totalOf = ({
  points,
  pointsByHand = 0,
}: Pick<SubmissionSummary, "points" | "pointsByHand">): number => points + pointsByHand;

export interface Spread {
  readonly mean: number;
  readonly median: number;
  /** Half of the class lies between these two. */
  readonly lower: number;
  readonly upper: number;
}

/** Of one number at least. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    median: quantile(sorted, 0.5),
    lower: quantile(sorted, 0.25),
    upper: quantile(sorted, 0.75),
  };
}

/** Between two values in proportion. */
export function quantile(sorted: readonly number[], part: number): number {
  const at = (sorted.length - 1) * part;
  const [below, above] = [sorted[Math.floor(at)] as number, sorted[Math.ceil(at)] as number];
  return below + (above - below) * (at - Math.floor(at));
}

export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Bars of whole points and one width from 0 to the most that can be had, which belongs to the last of them. */
export function barsOf(totals: readonly number[], best: number): Bar[] {
  const width = Math.max(1, Math.ceil(best / MOST_BARS));
  const bars = Array.from({ length: Math.max(1, Math.ceil(best / width)) }, (_, i) => ({
    from: i * width,
    to: Math.min(best, (i + 1) * width),
    count: 0,
  }));
  for (const total of totals) {
    const bar = bars[Math.min(bars.length - 1, Math.max(0, Math.floor(total / width)))];
    if (bar) bar.count += 1;
  }
  return bars;
}

export function pointsFigure(totals: readonly number[], best: number): PlainFigure {
  const bars = barsOf(totals, best);
  const label = ({ from, to }: Bar, i: number) =>
    i === bars.length - 1 ? `${from} to ${pointsText(to)}` : `${from} to below ${to}`;
  return {
    data: [
      {
        type: "bar",
        name: "submissions",
        x: bars.map(({ from, to }) => (from + to) / 2),
        y: bars.map(({ count }) => count),
        width: bars.map(({ from, to }) => (to - from) * 0.92),
        text: bars.map(label),
        textposition: "none",
        hovertemplate: "%{text} points: %{y}<extra></extra>",
        marker: { color: BLUE },
      },
    ],
    layout: { ...PLAIN, ...axes("points", "submissions") },
  };
}

export interface MeanShare {
  readonly id: string;
  /** Of the points that can be had, in percent. */
  readonly percent: number;
}

export function exercisesFigure(shares: readonly MeanShare[]): PlainFigure {
  const { xaxis, yaxis, ...rest } = axes("exercise", "mean part of the points (%)");
  return {
    data: [
      {
        type: "bar",
        name: "mean part of the points",
        x: shares.map((_, i) => i),
        y: shares.map(({ percent }) => Math.round(percent * 10) / 10),
        text: shares.map(({ id }) => id),
        textposition: "none",
        hovertemplate: "%{text}: %{y} %<extra></extra>",
        marker: { color: BLUE },
      },
    ],
    layout: {
      ...PLAIN,
      ...rest,
      xaxis: { ...xaxis, tickvals: shares.map((_, i) => i), ticktext: shares.map(({ id }) => id) },
      yaxis: { ...yaxis, range: [0, 100] },
    },
  };
}

/** Drawn without paper, in colours that can be read on light and dark pages, and nothing in it catches a finger or a wheel. */
const PLAIN = {
  paper_bgcolor: "rgba(0,0,0,0)",
  plot_bgcolor: "rgba(0,0,0,0)",
  font: { color: "#808896" },
  dragmode: false,
  showlegend: false,
} as const;

const axes = (x: string, y: string) => {
  const axis = (text: string) => ({
    title: { text },
    fixedrange: true,
    gridcolor: "rgba(128,136,148,0.22)",
    zeroline: false,
  });
  return { xaxis: axis(x), yaxis: { ...axis(y), rangemode: "tozero" } };
};
