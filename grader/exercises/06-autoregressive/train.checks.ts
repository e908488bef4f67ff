import { drawOnce } from "../../domain/strata.ts";
import type { Check, CheckContext } from "../../exercise.ts";
import { judgeAskedFirst, judgeFittedInTurn, type Question } from "../../grading/fitted/in-turn.ts";
import { valueText } from "../../grading/transcript.ts";
import type { Learner } from "../../harness/kinds.ts";
import { random as seeded } from "../../random.ts";
import type { Parts } from "./autoregression.affine.ts";
import { STEPS, type signatures } from "./train.domain.ts";
import { AGREE, drawAround, type Fitted, judgeDensity, questionsOf } from "./train.own-density.ts";
import { findSlip } from "./train.slips.ts";
import {
  D,
  drawRows,
  drawSource,
  HELD_OUT,
  logDensityOf,
  lossOf,
  ROWS,
  type Source,
  type Steers,
} from "./train.source.ts";

type Asked = Learner<typeof signatures>;
type Context = CheckContext<typeof signatures>;

const MOST_STEPS = 120;
/** Above the loss that the truth has on the same points, in nats: the best linear flow has 0.46 or more. */
const ALLOWED = 0.3;
/** Of what the best linear flow has above the truth. */
const SHARE = 0.95;

/** The weights, if they are what was asked for; else undefined, and the check has failed. */
async function weightsOf(expect: Context["expect"], fitted: Fitted): Promise<Parts | undefined> {
  const { A, a, M, m } = await fitted.weights();
  const fits =
    [A, a, M, m].every(({ length }) => length === D) && [...A, ...M].every(({ length }) => length === D);
  expect.that(fits, `weights() gives A and M with ${D} rows of ${D} numbers, a and m with ${D} numbers`, {
    input: "weights()",
    got: valueText([A.length, a.length, M.length, m.length]),
  });
  return fits ? [A, a, M, m] : undefined;
}

async function judgeOwn(context: Context, steers: Steers): Promise<void> {
  const { learner, random, expect } = context;
  const { data, heldOut, truth } = drawOnce(random, drawRows[steers]);
  const parts = await weightsOf(expect, await learner.fitAutoregressive(data, MOST_STEPS, steers));
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
      input: `fitAutoregressive of ${ROWS} rows, ${MOST_STEPS} steps, "${steers}"`,
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
      const { learner, random, expect } = context;
      for (const steers of ["x", "z"] as const) {
        const maker = steers === "x" ? "z" : "x";
        const { data, heldOut, truth, linear } = drawOnce(random, drawRows[maker]);
        const parts = await weightsOf(expect, await learner.fitAutoregressive(data, MOST_STEPS, steers));
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
      const { data, other, points, first } = drawOnce(random, drawAround);
      const { some, few } = STEPS;
      for (const steers of ["x", "z"] as const) {
        const fit = (rows: number[][], steps: number) => learner.fitAutoregressive(rows, steps, steers);
        const [weights, logDensity] = questionsOf(first, steers);
        const askFirst = (of: Fitted, question: Question<Fitted>, other: Question<Fitted>) =>
          judgeAskedFirst(expect, { of, question, others: [other], tolerance: AGREE.absolute });
        const fitted = await fit(data, some);
        await askFirst(fitted, logDensity, weights);
        await judgeDensity(expect, fitted, points, steers);
        await judgeFittedInTurn(expect, {
          first: fitted,
          async fitSecond() {
            const second = await fit(other, some);
            await askFirst(second, weights, logDensity);
            await judgeDensity(expect, second, points, steers);
            return second;
          },
          questions: questionsOf(points, steers),
          tolerance: AGREE.absolute,
        });
        await judgeDensity(expect, await fit(data, few), points, steers);
      }
    },
  },
];
