/** "Yours against what was asked" as a small figure, for the card under a failed check. */

import { compareFigure } from "flowlab/dist/figure/compare.js";
import type { PlainFigure } from "./harness/kinds.ts";

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
  for (const at of x) yours.push(await ask(at));
  if (!yours.some((y) => Number.isFinite(y))) return undefined;
  const { data, layout } = compareFigure({
    x: [...x],
    yours,
    expected: x.map(asked),
    xTitle: axes.x,
    yTitle: axes.y,
  });
  return { data, layout } as unknown as PlainFigure;
}

/** n points from a to b, ends included. */
export function grid(a: number, b: number, n = 41): number[] {
  return Array.from({ length: n }, (_, i) => a + ((b - a) * i) / (n - 1));
}
