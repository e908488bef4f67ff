import { drawOnce } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { judgeFittedInTurn } from "../../grading/fitted/in-turn.ts";
import { valueText } from "../../grading/transcript.ts";
import { type Random, random as seeded } from "../../random.ts";
import { bow, drawAround, meanOf, type Source, type signatures } from "./train.domain.ts";
import {
  ALONE,
  judgeBothWays,
  judgeFirst,
  judgeList,
  less,
  looksLikeAPath,
  questionsAt,
  ROUND_TRIP,
} from "./train.own-map.ts";
import { AGREE, type Asked, disagreement, type Fitted, findSlip } from "./train.slips.ts";

/** Above the negative log-likelihood that the truth gives to the same points, in nats. */
const ALLOWED = 0.45;
const MASS = 0.03;
const ROWS = 200;
/** Half the side of the square that holds the density, and its cells along each side: their log-densities have at most 23 characters. */
const REACH = 6.5;
const CELLS = 105;
/** Points of which each two tell whether a block contracts. */
const COMPARED = 7;
/** Of a contraction, and what float32 leaves of differences. */
const CONTRACTS = 1 + 1e-3;

const gridOf = ({ centre }: Source): number[][] => {
  const side = (2 * REACH) / CELLS;
  return Array.from({ length: CELLS * CELLS }, (_, i) => [
    centre[0] - REACH + side * ((i % CELLS) + 0.5),
    centre[1] - REACH + side * (Math.floor(i / CELLS) + 0.5),
  ]);
};

/** Rows to fit to, points that are held out, and the grid, once for all runs that get as far. */
function drawSeen(random: Random) {
  const source = bow(random);
  let grid: number[][] | undefined;
  return {
    data: source.draw(ROWS),
    few: source.draw(4),
    heldOut: source.draw(500),
    logDensity: source.logDensity,
    grid: () => (grid ??= gridOf(source)),
  };
}

/** Rows and points, and beside some of them others that are close: there a slope above 1 shows. */
function drawPairs(random: Random) {
  const { data, points } = drawAround(random);
  const [low, ...others] = points.slice(0, COMPARED);
  const near = others.map((x) => x.map((v) => v + 0.05 * random.normal()));
  return { data, points, low, others, near };
}

const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((v, i) => v - b[i]));

const hintFit = async (learner: Asked) => {
  const source = bow(seeded("a hint of the chapter on residual flows"));
  const fitted = await learner.fitResidual(source.draw(60));
  return { fitted, x: source.draw(1)[0] };
};

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "data that it has not seen are likely, under a density of mass 1",
    points: 3,
    hints: [
      {
        test: async (learner) => {
          const { fitted, x } = await hintFit(learner);
          return { got: Math.abs((await disagreement(fitted, x)) ?? 0) < AGREE ? 0 : 1, want: 0 };
        },
        text: "Your `logDensity` is not that of your own path. It is $-\\tfrac12 z^\\top z - \\log 2\\pi$ with $z$ from `inverse`, plus $\\log\\det(I + A)$ of *every* block at the point that it is given, and minus the logarithms of the deviations, if you have standardized the data.",
      },
      {
        when: ["value", "not-finite"],
        text: "Your density is that of your map, but the map does not fit yet. Draw the loss over the steps: does it still fall, does it jump? A block below 0.9 or 0.95 bends little, so it takes some of them: five or six. And if a crude bound holds the weights down, most of what a block may do is lost.",
      },
    ],
    async run({ learner, random, expect }) {
      const { data, few, heldOut, logDensity, grid } = drawOnce(random, drawSeen);
      const fitted = await learner.fitResidual(data);
      await judgeFirst(expect, fitted, "logDensity", few);
      // Until the log-density is that of the map, neither its loss nor its mass says anything of the training.
      const slip = await findSlip(fitted, few);
      if (slip) {
        expect.that(false, slip, {
          input: "logDensity at four points, beside the change of variables along your path",
        });
        return;
      }
      const own = await fitted.logDensity(heldOut);
      expect.that(own.length === heldOut.length, "logDensity gives one number for each point", {
        input: "logDensity of 500 points",
      });
      const [loss, truth] = [-meanOf(own), -meanOf(heldOut.map((x) => logDensity(x)))];
      expect.that(
        loss <= truth + ALLOWED,
        `500 points that it has not seen have a mean negative log-likelihood of ${valueText(loss)} nats; at most ${valueText(truth + ALLOWED)} was asked for, ${ALLOWED} above what the truth gives them`,
        {
          input: `fitResidual of ${ROWS} rows`,
          got: loss,
          expected: `at most ${valueText(truth + ALLOWED)}`,
        },
      );
      if (!(loss <= truth + ALLOWED)) return;
      const logs = await fitted.logDensity(grid());
      const mass = logs.reduce((sum, log) => sum + Math.exp(log), 0) * ((2 * REACH) / CELLS) ** 2;
      expect.that(
        Math.abs(mass - 1) <= MASS,
        `exp(logDensity) has the mass ${valueText(mass)} in the plane, and a density has 1`,
        { input: "the sum over a grid of the plane", got: mass, expected: "1" },
      );
    },
  },
  {
    name: "the map goes both ways, and the density is its own",
    points: 2,
    hints: [
      {
        test: async (learner) => {
          const { fitted, x } = await hintFit(learner);
          return {
            got: distance(await fitted.forward(await fitted.inverse(x)), x) < ROUND_TRIP ? 0 : 1,
            want: 0,
          };
        },
        text: "`forward(inverse(x))` is not $x$. Undo the blocks in the opposite order, each by $x \\leftarrow y - f(x)$ until nothing moves any more: with $L = 0.9$ a hundred times or more. Do the repetitions end too soon, or does one of the blocks not contract? And what standardized at the beginning is undone at the end.",
      },
      {
        text: "The round trip closes. So compare `logDensity` with the change of variables along your own `path`: by how much do they differ, and which of the blocks has a log-determinant of that size?",
      },
    ],
    async run({ learner, random, expect }) {
      const { data, other, points, noise } = drawOnce(random, drawAround);
      const fitted = await learner.fitResidual(data);
      await judgeFirst(expect, fitted, "inverse", points);
      await judgeBothWays(expect, fitted, points, noise);
      const slip = await findSlip(fitted, points.slice(0, 3));
      expect.that(!slip, slip ?? "", {
        input: "logDensity at three points, beside the change of variables along your path",
      });
      await judgeList(expect, fitted, points);
      await judgeFittedInTurn<Fitted>(expect, {
        first: fitted,
        async fitSecond() {
          const second = await learner.fitResidual(other);
          await judgeFirst(expect, second, "forward", points);
          return second;
        },
        questions: Object.values(questionsAt(points, noise[0])),
        tolerance: ALONE.absolute,
      });
    },
  },
  {
    name: "blocks that add a contraction, in a row",
    points: 2,
    hints: [
      {
        text: "`path(x)` lists the point where the blocks begin (the data, standardized if you like), and then what each block gives: a block adds $f_k$ to the point before. Its last point is `inverse(x)`. If the blocks do not contract, what holds the spectral norms of their weights below 1, after *every* step of the training?",
      },
    ],
    async run({ learner, random, expect }) {
      const { data, points, low, others, near } = drawOnce(random, drawPairs);
      const fitted = await learner.fitResidual(data);
      await judgeFirst(expect, fitted, "path", points);
      for (const x of points.slice(COMPARED)) await looksLikeAPath(expect, fitted, x);
      const from = await looksLikeAPath(expect, fitted, low);
      // A map that scales and shifts takes the point in the middle of two to the middle.
      const [other] = others;
      const middle = await fitted.path(low.map((v, i) => (v + other[i]) / 2));
      const to = await fitted.path(other);
      expect.close(
        middle[0],
        from[0].map((v, i) => (v + to[0][i]) / 2),
        {
          absolute: 1e-4,
          input: `the first point of path(x), for the x in the middle between ${valueText(low)} and ${valueText(other)}`,
          beside: "in the middle between the first points of the paths of these two is",
          message:
            "where the blocks begin is neither the data point nor what standardizing makes of it: a scale and a shift keep what is in the middle there",
        },
      );
      const moves = from.slice(1).map(() => 0);
      for (const [a, b] of [...others.map((x) => [low, x]), ...others.map((x, i) => [x, near[i]])]) {
        const [p, q] = [await fitted.path(a), await fitted.path(b)];
        if (p.length !== from.length || q.length !== from.length) {
          expect.that(false, "the path has as many points for every x", {
            got: [from.length, p.length, q.length],
          });
          return;
        }
        for (let k = 0; k + 1 < p.length; k++) {
          const apart = distance(p[k], q[k]);
          const change = distance(less(p[k + 1], p[k]), less(q[k + 1], q[k]));
          moves[k] = Math.max(moves[k], change);
          expect.that(
            change <= CONTRACTS * apart + 1e-5,
            `what block ${k + 1} adds to two points that are ${valueText(apart)} apart differs by ${valueText(change)}: it does not contract`,
            {
              input: `path(${valueText(a)}) and path(${valueText(b)})`,
              got: change,
            },
          );
        }
      }
      expect.that(
        moves.filter((change) => change > 1e-3).length >= 2,
        "at least two blocks add something that differs from point to point",
        { got: moves },
      );
    },
  },
];
