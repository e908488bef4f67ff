/** Whether a fitted flow's log-density is that of its own weights, wherever it is asked. */

import type { Expect } from "../../grading/expect.ts";
import type { Question } from "../../grading/fitted/in-turn.ts";
import { valueText } from "../../grading/transcript.ts";
import type { Plain } from "../../harness/kinds.ts";
import type { Random } from "../../random.ts";
import { latentOf, logDensitySize, type Parts, recoverOf, sizesOf } from "./autoregression.affine.ts";
import { drawPoints, type signatures } from "./train.domain.ts";
import { slipOf } from "./train.slips.ts";
import { D, drawSource, logDensityOf, type Steers } from "./train.source.ts";

export type Fitted = Plain<(typeof signatures)["fitAutoregressive"]["returns"]>;

const ROWS = 60;
/** float32 tensors may add in another order, and a flow enlarges their roundings some hundredfold. */
export const AGREE = { absolute: 2e-3, relative: 1e-5 };
/** Four roundings of float32 in each step: far out, where a log-density has thousands of nats, that is more. */
const ROUNDINGS = 4 * 2 ** -23;

/**
 * Rows to fit to and as many others; points to ask about first, and the same in another order. Both kinds of flow get the same of all, so that
 * no answer of one can stand for the other's.
 */
export function drawAround(random: Random) {
  const sources = [drawSource(random, "x"), drawSource(random, "z")];
  const [data, other] = sources.map((source) => source.draw(ROWS));
  const points = drawPoints(random, sources);
  return { data, other, points, first: points.toReversed() };
}

/** The weights that count, and the log-densities. */
export function questionsOf(points: number[][], steers: Steers): [Question<Fitted>, Question<Fitted>] {
  const before = (rows: readonly number[][]) => rows.flatMap((row, i) => row.slice(0, i));
  return [
    {
      input: `A, a, M and m of weights(), steered by "${steers}"`,
      async ask(of) {
        const { A, a, M, m } = await of.weights();
        return [...before(A), ...a, ...before(M), ...m];
      },
    },
    {
      input: `logDensity of ${points.length} points, steered by "${steers}"`,
      ask: (of) => of.logDensity(points),
    },
  ];
}

function allowedError(parts: Parts, x: readonly number[], steers: Steers, right: number): number {
  const z = steers === "x" ? latentOf(parts, x) : recoverOf(parts, x);
  const size = logDensitySize(z, sizesOf(parts, x, false, steers === "z"));
  return Math.max(AGREE.absolute + AGREE.relative * Math.abs(right), ROUNDINGS * (1 + D / 4) * size);
}

export async function judgeDensity(
  expect: Expect,
  fitted: Fitted,
  points: number[][],
  steers: Steers,
): Promise<void> {
  const { A, a, M, m } = await fitted.weights();
  const parts: Parts = [A, a, M, m];
  const own = await fitted.logDensity(points);
  expect.that(own.length === points.length, "logDensity gives one number for each point", {
    input: `logDensity of ${points.length} points`,
  });
  for (const [i, x] of points.entries()) {
    const [got, right] = [own[i] ?? Number.NaN, logDensityOf(parts, x, steers)];
    const absolute = allowedError(parts, x, steers, right);
    expect.close(got, right, {
      absolute,
      relative: 0,
      input: () =>
        `logDensity of ${points.length} points, number ${i + 1}: (${valueText(x)}), steered by "${steers}"`,
      beside: "by the weights of your weights() it is",
      ...(!(Math.abs(got - right) <= absolute) && { message: slipOf(parts, x, steers, got) }),
    });
  }
}
