/** "Yours against what was asked" as a small figure, for the card under a failed check. */

import { compareFigure } from "flowlab/figure";
import { LearnerError } from "../grading/session.ts";
import type { PlainFigure } from "../harness/kinds.ts";

/**
 * @param ask The learner's function; a point at which it gives no number is a gap in her curve.
 * @param asked What was asked for, in double precision.
 * @returns Undefined if her code gives no number anywhere: there is nothing to draw.
 */
export async function yoursAgainstAsked(
  x: readonly number[],
  ask: (x: number) => Promise<number>,
  asked: (x: number) => number,
  axes: { readonly x: string; readonly y: string },
): Promise<PlainFigure | undefined> {
  const yours: number[] = [];
  for (const at of x) yours.push(await numberAt(ask, at));
  if (!yours.some((y) => Number.isFinite(y))) return undefined;
  const { data, layout } = compareFigure({
    x: [...x],
    yours,
    expected: x.map(asked),
    xTitle: axes.x,
    yTitle: axes.y,
  });
  const range = visibleRange(x.map(asked), yours);
  const yaxis = { ...layout.yaxis, ...(range && { range }) };
  return { data, layout: { ...layout, yaxis } } as unknown as PlainFigure;
}

async function numberAt(ask: (x: number) => Promise<number>, x: number): Promise<number> {
  try {
    return await ask(x);
  } catch (error) {
    if (error instanceof LearnerError && ["threw", "kind", "changed"].includes(error.trouble))
      return Number.NaN;
    throw error;
  }
}

/** Where a wrong curve shoots off, the right one would be a flat line: then the axis keeps to its neighbourhood. */
function visibleRange(asked: readonly number[], yours: readonly number[]): [number, number] | undefined {
  const [low, high] = [
    Math.min(...asked.filter(Number.isFinite)),
    Math.max(...asked.filter(Number.isFinite)),
  ];
  const finite = yours.filter(Number.isFinite);
  const [least, most] = [Math.min(low, ...finite), Math.max(high, ...finite)];
  const room = 1.5 * (high - low || 1);
  if (most - least <= 4 * room) return undefined;
  return [Math.max(least, low - room), Math.min(most, high + room)];
}

/** n points from a to b, ends included. */
export function grid(a: number, b: number, n = 41): number[] {
  return Array.from({ length: n }, (_, i) => a + ((b - a) * i) / (n - 1));
}

/** Two figures beside each other, or the one that there is. */
export function panels(
  left: PlainFigure | undefined,
  right: PlainFigure | undefined,
): PlainFigure | undefined {
  if (!left || !right) return left ?? right;
  const second = right.data.map((trace) => ({ ...trace, xaxis: "x2", yaxis: "y2", showlegend: false }));
  const { xaxis, yaxis, ...layout } = left.layout as { [key: string]: object };
  return {
    data: [...left.data, ...second],
    layout: {
      ...layout,
      xaxis: { ...xaxis, domain: [0, 0.43] },
      yaxis: { ...yaxis, anchor: "x" },
      xaxis2: { ...(right.layout.xaxis as object), domain: [0.57, 1] },
      yaxis2: { ...(right.layout.yaxis as object), anchor: "x2" },
    },
  };
}
