/** What is right of a residual flow by its own map, however it was trained. */

import type { Expect } from "../../grading/expect.ts";
import { judgeEachAlone } from "../../grading/fitted/each-alone.ts";
import { judgeMethodFirst, type Question } from "../../grading/fitted/in-turn.ts";
import { valueText } from "../../grading/transcript.ts";
import { jacobianBy } from "../../oracle/differences.ts";
import { solve } from "../../oracle/matrices.ts";
import { AGREE, disagreement, type Fitted } from "./train.slips.ts";

/** How near the solved direction comes: float32 leaves some 1e-6, which a contraction of 0.95 may enlarge twentyfold. */
export const ROUND_TRIP = 1e-3;
/** The same, and half as much for the slopes by which a point is compared: over a thousandth a map that bends tells them to some hundredths. */
const MISSED = 1.5 * ROUND_TRIP;
const SLOPE_STEP = 1e-3;
/** float32 tensors of another shape may add in another order. */
export const ALONE = { absolute: 2e-3, relative: 1e-5 };

export const less = (a: readonly number[], b: readonly number[]): number[] => a.map((v, i) => v - b[i]);

/** One of each method. */
export const questionsAt = (points: number[][], z: number[]): Record<keyof Fitted, Question<Fitted>> => ({
  forward: { input: `forward(${valueText(z)})`, ask: ({ forward }) => forward(z) },
  inverse: { input: `inverse(${valueText(points[0])})`, ask: ({ inverse }) => inverse(points[0]) },
  path: { input: `path(${valueText(points[0])})`, ask: async ({ path }) => (await path(points[0])).flat() },
  logDensity: { input: `logDensity of ${points.length} points`, ask: ({ logDensity }) => logDensity(points) },
});

/** Of a flow of which nothing was asked. */
export const judgeFirst = (
  expect: Expect,
  of: Fitted,
  method: keyof Fitted,
  points: number[][],
): Promise<void> =>
  judgeMethodFirst(expect, of, method, {
    questions: questionsAt(points, [0.5, -0.8]),
    tolerance: ALONE.absolute,
  });

/** Both ways round: from points of the data, and from points of the base. */
export async function judgeBothWays(
  expect: Expect,
  fitted: Fitted,
  points: readonly number[][],
  noise: readonly number[][],
): Promise<void> {
  for (const x of points)
    expect.close(await fitted.forward(await fitted.inverse(x)), x, {
      absolute: ROUND_TRIP,
      relative: 0,
      input: () => `forward(inverse(${valueText(x)}))`,
      message: "forward(inverse(x)) is not x",
    });
  for (const z of noise)
    expect.close(await missOf(fitted, z), [0, 0], {
      absolute: MISSED,
      relative: 0,
      input: () => `inverse(forward(${valueText(z)})), less z, taken back to x by the slopes of your inverse`,
      message: "inverse(forward(z)) is not z: this difference should be 0",
    });
}

/** By how much forward(z) misses the point whose inverse is z: what inverse misses z by there, taken back by its slopes. */
async function missOf({ forward, inverse }: Fitted, z: number[]): Promise<number[]> {
  const x = await forward(z);
  const back = await inverse(x);
  const slopes = await jacobianBy(inverse, x, SLOPE_STEP);
  return solve(slopes, less(back, z));
}

/** Whether a path is one of points of the plane that ends at z. */
export async function looksLikeAPath(
  expect: Expect,
  { path, inverse }: Fitted,
  x: number[],
): Promise<readonly number[][]> {
  const points = await path(x);
  const input = `path(${valueText(x)})`;
  expect.that(
    points.length >= 2 && points.every((point) => point.length === 2),
    "the path has at least two points of the plane: where the blocks begin, and what each of them gives",
    { input, got: points },
  );
  expect.close(points.at(-1) ?? [], await inverse(x), {
    absolute: 1e-4,
    input: `the last point of ${input}`,
    beside: `inverse(${valueText(x)}) gives`,
    message: "the last point of the path is not inverse(x)",
  });
  return points;
}

/** Each log-density of a list is that of its point alone, and belongs to the way that the point takes. */
export async function judgeList(expect: Expect, fitted: Fitted, list: number[][]): Promise<void> {
  await judgeEachAlone<number[]>(expect, {
    list,
    ask: (points) => fitted.logDensity(points),
    name: "logDensity",
    answer: "log-density",
    one: "point",
    several: "points",
    text: valueText,
    tolerance: ALONE,
  });
  for (const x of list) {
    const difference = await disagreement(fitted, x);
    // Undefined where the way bends too much: findSlip says so, if it does at most points.
    if (difference === undefined) continue;
    expect.close(difference, 0, {
      absolute: AGREE,
      relative: 0,
      input: () => `logDensity at ${valueText(x)}, less the change of variables along your path`,
      message: "the log-density is not that of the map: this difference should be 0",
    });
  }
}
