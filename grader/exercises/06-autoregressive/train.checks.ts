import { drawOnce } from "../../domain/strata.ts";
import type { Check, CheckContext } from "../../exercise.ts";
import { judgeFittedInTurn } from "../../grading/fitted-in-turn.ts";
import { valueText } from "../../grading/transcript.ts";
import type { Learner } from "../../harness/kinds.ts";
import { random as seeded } from "../../random.ts";
import {
  conditionerOf,
  iafLogDensity,
  latentOf,
  logNormal,
  mafLogDensity,
  type Parts,
  RIGHT,
  recoverOf,
} from "./autoregression.affine.ts";
import { startOf } from "./train.descent.ts";
import {
  D,
  drawRows,
  drawSource,
  HELD_OUT,
  logDensityOf,
  lossOf,
  meanOf,
  NAMES,
  ROWS,
  type Source,
  type Steers,
  type signatures,
} from "./train.domain.ts";

type Asked = Learner<typeof signatures>;
type Context = CheckContext<typeof signatures>;

const STEPS = 120;
/** Above the loss that the truth has on the same points, in nats: the best linear flow has 0.46 or more. */
const ALLOWED = 0.3;
/** Of what the best linear flow has above the truth. */
const SHARE = 0.95;
/** Mean of z² by weights that fit: 1, but for what 200 rows leave open. */
const SQUEEZED = 0.6;
/** float32 tensors may add in another order, and a flow enlarges their roundings some hundredfold. */
const AGREE = { absolute: 2e-3, relative: 1e-5 };

/** The weights, if they are what was asked for; else undefined, and the check has failed. */
async function weightsOf(
  { learner, expect }: Pick<Context, "learner" | "expect">,
  data: number[][],
  steers: Steers,
): Promise<Parts | undefined> {
  const { A, a, M, m } = await (await learner.fitAutoregressive(data, STEPS, steers)).weights();
  const fits =
    [A, a, M, m].every(({ length }) => length === D) && [...A, ...M].every(({ length }) => length === D);
  expect.that(fits, `weights() gives A and M with ${D} rows of ${D} numbers, a and m with ${D} numbers`, {
    input: "weights()",
    got: valueText([A.length, a.length, M.length, m.length]),
  });
  return fits ? [A, a, M, m] : undefined;
}

/** What weights that do not fit tell of the training, in words; of the most telling first. */
function findSlip(parts: Parts, steers: Steers, heldOut: readonly number[][], limit: number): string {
  const [A, , M] = parts;
  const below = (rows: Parts[0]) => rows.flatMap((row, i) => row.slice(0, i));
  const isStill = (rows: Parts[0]) => below(rows).every((w) => Math.abs(w) < 1e-6);
  if (isStill(A) && isStill(M)) return ": no weight below the diagonal of A or M has moved, nothing steers";
  if (isStill(A)) return ": the weights of A have not moved, so that no scale is steered";
  if (isStill(M)) return ": the weights of M have not moved, so that no shift is steered";
  const other = steers === "x" ? "z" : "x";
  if (lossOf(parts, heldOut, other) <= limit)
    return `: read as those of ${NAMES[other]} these weights would fit. ${steers === "x" ? "In a MAF x steers" : "In an IAF z steers"}`;
  const scales = heldOut.flatMap((x) => conditionerOf(parts, steers === "x" ? x : recoverOf(parts, x)).alpha);
  if (scales.filter((alpha) => alpha > 0.95).length > 0.9 * scales.length)
    return ": nearly all log-scales are at 1, the upper end of tanh. Is the sum of the α in the loss?";
  const spread = meanOf(
    heldOut.flatMap((x) => (steers === "x" ? latentOf(parts, x) : recoverOf(parts, x)).map((v) => v * v)),
  );
  if (spread < SQUEEZED)
    return `: the mean of z² is ${valueText(spread)} where a standard normal has 1, so the scales are too large. Is the sum of the α in the loss?`;
  if (lossOf(parts, heldOut, steers) > lossOf(startOf(heldOut), heldOut, steers))
    return ": that is worse than each number's own mean and deviation, with nothing steered. Has your loss risen, or is what falls another loss?";
  return "";
}

async function judgeOwn(context: Context, steers: Steers): Promise<void> {
  const { random, expect } = context;
  const { data, heldOut, truth } = drawOnce(random, drawRows[steers]);
  const parts = await weightsOf(context, data, steers);
  if (!parts) return;
  judge(context, parts, steers, heldOut, truth + ALLOWED, `${ALLOWED} above what the truth gives them`);
  expect.that(parts.flat(2).every(Number.isFinite), "all weights are numbers", { input: "weights()" });
}

function judge(
  { expect }: Context,
  parts: Parts,
  steers: Steers,
  heldOut: readonly number[][],
  limit: number,
  what: string,
): void {
  const loss = lossOf(parts, heldOut, steers);
  expect.that(
    loss <= limit,
    `${HELD_OUT} points that it has not seen have a mean negative log-likelihood of ${valueText(loss)} nats by these weights; at most ${valueText(limit)} was asked for, ${what}${loss <= limit ? "" : findSlip(parts, steers, heldOut, limit)}`,
    {
      input: `fitAutoregressive of ${ROWS} rows, ${STEPS} steps, "${steers}"`,
      got: loss,
      expected: `at most ${valueText(limit)}`,
    },
  );
}

const hintSource = (steers: Steers): Source =>
  drawSource(seeded("a hint of the chapter on autoregression"), steers);

/** Whether logDensity is that of the weights, at some points. */
async function ownAgrees(learner: Asked, steers: Steers): Promise<boolean> {
  const source = hintSource(steers);
  const fitted = await learner.fitAutoregressive(source.draw(40), 10, steers);
  const { A, a, M, m } = await fitted.weights();
  const points = source.draw(3);
  const own = await fitted.logDensity(points);
  return points.every((x, i) => Math.abs(own[i] - logDensityOf([A, a, M, m], x, steers)) < 5e-3);
}

const notYet =
  "The log-density is that of your weights, but they do not fit yet. Print the loss every ten steps: if it still falls, move faster; if it rises, look at your signs; if it jumps, move more slowly; if it has come to rest too high, compare one entry of your gradient with a difference quotient of the loss.";

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "your MAF learns what a MAF has made",
    points: 2,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: (await ownAgrees(learner, "x")) ? 0 : 1, want: 0 }),
        text: "First let `logDensity` be right: it is the negative of the loss of one point, with the constant. Take it from 06.maf, with your weights.",
      },
      { when: ["value", "not-finite"], text: notYet },
    ],
    run: (context) => judgeOwn(context, "x"),
  },
  {
    name: "your IAF learns what an IAF has made",
    points: 2,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: (await ownAgrees(learner, "z")) ? 0 : 1, want: 0 }),
        text: "First let `logDensity` be right: the $z$ of a given $x$ are found one after another, as in 06.iaf.",
      },
      {
        when: ["value", "not-finite"],
        text: "The log-density is that of your weights, but they do not fit yet. In an IAF $z_1$ moves the loss in more ways than one: by itself, and by the scale and the shift of every number after it. Is all of that in your gradient?",
      },
    ],
    run: (context) => judgeOwn(context, "z"),
  },
  {
    name: "each of the two makes the best of the other's data",
    points: 1,
    hints: [
      {
        when: ["value", "not-finite"],
        text: "First let each be good on data of its own kind. Here the truth is out of reach, and still a part of the way from the best linear flow to it can be gone. Do both begin at the data's own means and deviations, and take all the steps that they may?",
      },
    ],
    async run(context) {
      const { random } = context;
      for (const steers of ["x", "z"] as const) {
        const maker = steers === "x" ? "z" : "x";
        const { data, heldOut, truth, linear } = drawOnce(random, drawRows[maker]);
        const parts = await weightsOf(context, data, steers);
        if (!parts) return;
        const limit = truth + SHARE * (linear - truth);
        judge(
          context,
          parts,
          steers,
          heldOut,
          limit,
          "a little less than what the best linear flow gives them",
        );
      }
    },
  },
  {
    name: "the log-density is that of the weights",
    points: 1,
    hints: [
      {
        test: async (learner) => ({ got: (await ownAgrees(learner, "x")) ? 0 : 1, want: 0 }),
        text: 'Look at "x" first. Of a point $x$: $\\sum_i\\big(-\\tfrac12 z_i^2 - \\tfrac12\\log 2\\pi - \\alpha_i\\big)$, with the $z$ and $\\alpha$ of the weights that `weights` returns.',
      },
      {
        text: 'Steered by "x" you are right. Steered by "z" the $z$ of a given $x$ are found one after another: $z_1$ first, and with it the scale and the shift of the second number.',
      },
    ],
    async run({ learner, random, expect }) {
      for (const steers of ["x", "z"] as const) {
        const source = drawSource(random, steers);
        const fitted = await learner.fitAutoregressive(source.draw(60), 30, steers);
        const { A, a, M, m } = await fitted.weights();
        const points = source.draw(8);
        const own = await fitted.logDensity(points);
        expect.that(own.length === points.length, "logDensity gives one number for each point", {
          input: `logDensity of ${points.length} points`,
        });
        for (const [i, x] of points.entries())
          expect.close(own[i] ?? Number.NaN, logDensityOf([A, a, M, m], x, steers), {
            ...AGREE,
            input: `logDensity of 8 points, number ${i + 1}: (${valueText(x)}), steered by "${steers}"`,
            beside: "by the weights of your weights() it is",
            message: slipOf([A, a, M, m], x, steers, own[i]),
          });
        await judgeFittedInTurn(expect, {
          first: fitted,
          fitSecond: () => learner.fitAutoregressive(drawSource(random, steers).draw(60), 30, steers),
          questions: [
            {
              input: `A, a, M and m of weights(), steered by "${steers}"`,
              ask: async (of) => Object.values(await of.weights()).flat(2),
            },
            {
              input: `logDensity of 8 points, steered by "${steers}"`,
              ask: (of) => of.logDensity(points),
            },
          ],
          tolerance: AGREE.absolute,
        });
      }
    },
  },
];

/** The log-density if what stands on the diagonals counted, too. */
function withOwnNumber(parts: Parts, x: readonly number[], steers: Steers): number {
  const steering = { ...RIGHT, sees: (i: number, j: number) => j <= i };
  return steers === "x"
    ? mafLogDensity(parts, x, steering)
    : iafLogDensity(parts, recoverOf(parts, x, steering), steering);
}

/** What a log-density is instead, in words. */
function slipOf(parts: Parts, x: readonly number[], steers: Steers, own: number): string {
  const right = logDensityOf(parts, x, steers);
  const base = logNormal(steers === "x" ? latentOf(parts, x) : recoverOf(parts, x));
  const is = (value: number): boolean => Math.abs(own - value) < 5e-3;
  const other = steers === "x" ? "z" : "x";
  if (is(base)) return "your logDensity is that of z alone: minus the sum of the α belongs to it";
  if (is(2 * base - right)) return "the α count in your logDensity with the wrong sign";
  if (is(right + (D / 2) * Math.log(2 * Math.PI)))
    return "your logDensity lacks −½ log 2π for each of the numbers";
  if (is(right + ((D - 1) / 2) * Math.log(2 * Math.PI)))
    return "your logDensity has −½ log 2π once; each of the numbers has its own";
  if (is(Math.exp(right))) return "your logDensity is the density; asked for is its logarithm, in nats";
  if (is(withOwnNumber(parts, x, steers)))
    return "in your logDensity each number steers itself, too; only those before it count, j < i";
  if (is(logDensityOf(parts, x, other)))
    return `your logDensity is that of ${NAMES[other]} with these weights, and ${steers} was to steer`;
  return "the log-density is not that of the weights that weights() gives";
}
