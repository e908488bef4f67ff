import { drawOnce } from "../../domain/strata.ts";
import type { Check, CheckContext } from "../../exercise.ts";
import { type EachAlone, judgeEachAlone } from "../../grading/fitted/each-alone.ts";
import { judgeFittedInTurn, judgeMethodFirst, type Question } from "../../grading/fitted/in-turn.ts";
import { valueText } from "../../grading/transcript.ts";
import { type Random, random as seeded } from "../../random.ts";
import { bentBell, drawAround, meanOf, type Source, type signatures } from "./realnvp.domain.ts";
import { AGREE, type Asked, disagreement, type Fitted, findSlip } from "./realnvp.slips.ts";

/** Above the negative log-likelihood that the truth gives to the same points, in nats. */
const ALLOWED = 0.35;
/** float32 tensors of another shape may add in another order: some roundings of 6e-8, which a steep flow enlarges a hundredfold. */
const ALONE = { absolute: 2e-3, relative: 1e-5 };
/** Of the mass, which a sum over a grid finds to less than a hundredth where a density is as smooth as such a flow's. */
const MASS = 0.03;
/** Of z after forward and inverse: what float32 leaves of x is enlarged where the band is narrow. */
const BACK = 5e-3;
/** Of a map that bends a hundredfold within the steps, or answers at random. */
const UNTOLD =
  "the slope of your inverse cannot be told by differences: from one step to half of it log |det| moves, at more than half of the points. Does it jump, or answer otherwise each time?";
const CELLS = 100;
/**
 * Of the mass by the parts so far: where that is so far from 1, the others need not be asked. For a smooth density half the step raises
 * what is missing to its fourth power, so that one which ends within MASS is within half of 1 here.
 */
const ROUGHLY = 0.5;

/** The middles of a grid's cells, in four parts of every other row and column, and the area of a cell. */
function gridOf([[left, right], [low, high]]: Source["range"]) {
  const [dx, dy] = [(right - left) / CELLS, (high - low) / CELLS];
  const half = CELLS / 2;
  const parts = [0, 3, 1, 2].map((part) =>
    Array.from({ length: half * half }, (_, i) => [
      left + dx * (2 * (i % half) + (part % 2) + 0.5),
      low + dy * (2 * Math.floor(i / half) + Math.floor(part / 2) + 0.5),
    ]),
  );
  return { parts, area: dx * dy };
}

/**
 * The mass of exp(logDensity), by a sum over a grid: after each part the mass so far. Undefined, and the end, where it does not give one
 * number for each point.
 */
async function* massOf(
  { logDensity }: Fitted,
  { parts, area }: ReturnType<typeof gridOf>,
): AsyncGenerator<number | undefined> {
  let sum = 0;
  for (const [done, points] of parts.entries()) {
    const logs = await logDensity(points);
    if (logs.length !== points.length) return yield undefined;
    sum += 4 * logs.reduce((mass, log) => mass + Math.exp(log), 0) * area;
    yield sum / (done + 1);
  }
}

/** Rows to fit to, points that are held out, and the grid, once for all runs that get as far. */
function drawSeen(random: Random) {
  const source = bentBell(random);
  let grid: ReturnType<typeof gridOf> | undefined;
  return {
    data: source.draw(300),
    few: source.draw(4),
    heldOut: source.draw(500),
    logDensity: source.logDensity,
    grid: () => (grid ??= gridOf(source.range)),
  };
}

function drawPlaces(random: Random) {
  const source = bentBell(random);
  const places = [0, 1, 2].map(() => [random.normal(), random.normal()]);
  return { data: source.draw(60), few: source.draw(2), places };
}

/** One of each method. */
const questionsAt = (points: number[][]): Record<keyof Fitted, Question<Fitted>> => ({
  forward: { input: "forward([0.5, -0.8])", ask: ({ forward }) => forward([0.5, -0.8]) },
  inverse: { input: `inverse(${valueText(points[0])})`, ask: ({ inverse }) => inverse(points[0]) },
  logDensity: { input: `logDensity of ${points.length} points`, ask: ({ logDensity }) => logDensity(points) },
});

/** Of a flow of which nothing was asked. */
async function judgeFirst(
  expect: CheckContext["expect"],
  of: Fitted,
  method: keyof Fitted,
  points: number[][],
): Promise<void> {
  await judgeMethodFirst(expect, of, method, {
    questions: questionsAt(points),
    tolerance: ALONE.absolute,
  });
}

const listOf = ({ logDensity }: Fitted, list: number[][]): EachAlone<number[]> => ({
  list,
  ask: (points) => logDensity(points),
  name: "logDensity",
  answer: "log-density",
  one: "point",
  several: "points",
  text: valueText,
  tolerance: ALONE,
});

const hintSource = () => bentBell(seeded("a hint of the chapter on couplings"));

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "data that it has not seen are likely, under a density of mass 1",
    points: 3,
    hints: [
      {
        test: async (learner: Asked) => {
          const source = hintSource();
          const fitted = await learner.fitRealNVP(source.draw(60));
          const [x] = source.draw(1);
          return { got: Math.abs((await disagreement(fitted, x)) ?? 0) < AGREE ? 0 : 1, want: 0 };
        },
        text: "Your `logDensity` is not that of your own map. It is $-\\tfrac12 z^\\top z - \\log 2\\pi + \\log|\\det \\partial z/\\partial x|$ with $z$ from `inverse`: minus the $s$ of *every* coupling on the way, and minus the logarithms of the scales, if you have standardized the data. Compare with a difference quotient of `inverse` at one point.",
      },
      {
        when: ["value", "not-finite"],
        text: "Your density is that of your map, but the map does not fit yet. Draw the loss over the steps: if it still falls, train on; if it jumps, take smaller steps; if it has come to rest too high, is one of the two numbers never changed, or are there too few hidden numbers to bend? It helps to standardize the data first.",
      },
    ],
    async run({ learner, random, expect }) {
      const { data, few, heldOut, logDensity, grid } = drawOnce(random, drawSeen);
      const fitted = await learner.fitRealNVP(data);
      await judgeFirst(expect, fitted, "logDensity", few);
      // Until the log-density is that of the map, neither its loss nor its mass says anything of the training.
      const slip = await findSlip(fitted, few);
      if (slip) {
        expect.that(false, slip, {
          input: "logDensity at four points, beside log Pr(z) + log |det| of your inverse",
        });
        return;
      }
      const own = await fitted.logDensity(heldOut);
      expect.that(own.length === heldOut.length, "logDensity gives one number for each point", {
        input: "logDensity of 500 points",
      });
      const [loss, truth] = [-meanOf(own), -meanOf(heldOut.map((x) => logDensity(x)))];
      const target = truth + ALLOWED;
      expect.that(
        loss <= target,
        `500 points that it has not seen have a mean negative log-likelihood of ${valueText(loss)} nats; at most ${valueText(target)} was asked for, ${ALLOWED} above what the truth gives them`,
        { input: "fitRealNVP of 300 rows", got: loss, expected: `at most ${valueText(target)}` },
      );
      let parts = 0;
      for await (const mass of massOf(fitted, grid())) {
        parts += 1;
        expect.that(mass !== undefined, "logDensity gives one number for each point", {
          input: "logDensity of a grid of points",
        });
        expect.that(
          mass !== undefined && Math.abs(mass - 1) <= (parts < 4 ? ROUGHLY : MASS),
          `exp(logDensity) has the mass ${valueText(mass)} in the plane, and a density has 1`,
          { input: "the sum over a grid of the plane", got: mass, expected: "1" },
        );
      }
    },
  },
  {
    name: "the map goes both ways, and the density is its own",
    points: 2,
    hints: [
      {
        test: async (learner: Asked) => {
          const source = hintSource();
          const { forward, inverse } = await learner.fitRealNVP(source.draw(60));
          const [x] = source.draw(1);
          const back = await forward(await inverse(x));
          return { got: back.every((v, i) => Math.abs(v - x[i]) < 1e-3) ? 0 : 1, want: 0 };
        },
        text: "`forward(inverse(x))` is not $x$. Undo the couplings in the opposite order, each with the $s$ and $t$ of the number that it leaves alone *as it is at that place of the way*, and if you have standardized the data, do so in both directions.",
      },
      {
        text: "The round trip closes. So compare `logDensity` with the change of variables of your own `inverse`: $\\log Pr(z) + \\log|\\det\\partial z/\\partial x|$, the second by a difference quotient. By how much do they differ, and which of your layers has a log-determinant of that size?",
      },
    ],
    async run({ learner, random, expect }) {
      const { data, other, points, special, noise } = drawOnce(random, drawAround);
      const fitted = await learner.fitRealNVP(data);
      await judgeFirst(expect, fitted, "inverse", points);
      const slip = await findSlip(fitted, points.slice(0, 4));
      await judgeEachAlone(expect, listOf(fitted, points));
      let told = 0;
      for (const x of points) {
        expect.close(await fitted.forward(await fitted.inverse(x)), x, {
          absolute: 1e-3,
          message: "forward(inverse(x)) is not x",
          input: () => `forward(inverse(${valueText(x)}))`,
        });
        const difference = await disagreement(fitted, x);
        if (difference === undefined) continue;
        told += 1;
        expect.close(difference, 0, {
          absolute: AGREE,
          input: () =>
            `logDensity at ${valueText(x)}, less log Pr(z) + log |det| of your inverse by differences`,
          message: slip ?? "the log-density is not that of the map: this difference should be 0",
        });
      }
      expect.that(2 * told >= points.length, UNTOLD, {
        input: `inverse around ${points.length} points, by steps of 0.002 and less`,
        got: `a slope at ${told} of them`,
      });
      for (const x of special)
        expect.close(await fitted.forward(await fitted.inverse(x)), x, {
          absolute: 1e-3,
          message: "forward(inverse(x)) is not x",
          input: () => `forward(inverse(${valueText(x)}))`,
        });
      for (const z of noise)
        expect.close(await fitted.inverse(await fitted.forward(z)), z, {
          absolute: BACK,
          message: "inverse(forward(z)) is not z",
          input: () => `inverse(forward(${valueText(z)}))`,
        });
      await judgeFittedInTurn(expect, {
        first: fitted,
        fitSecond: () => learner.fitRealNVP(other),
        questions: Object.values(questionsAt(points)),
        tolerance: ALONE.absolute,
      });
    },
  },
  {
    name: "each number is changed under the other",
    points: 1,
    hints: [
      {
        text: "One coupling leaves one of the numbers as it was, but for a shift and a scale. A second one, with the parts exchanged, changes that number under the other.",
      },
    ],
    async run({ learner, random, expect }) {
      const { data, few, places } = drawOnce(random, drawPlaces);
      const fitted = await learner.fitRealNVP(data);
      await judgeFirst(expect, fitted, "forward", few);
      const { forward } = fitted;
      for (const j of [0, 1]) {
        const spreads: number[] = [];
        for (const at of places) {
          const images: number[] = [];
          for (const value of [-1.5, -0.5, 0.5, 1.5]) images.push((await forward(at.with(j, value)))[1 - j]);
          spreads.push(Math.max(...images) - Math.min(...images));
        }
        expect.that(
          spreads.some((spread) => spread > 1e-4),
          `x${2 - j} is the same whatever z${j + 1} is: no coupling changes it under the other`,
          {
            input: `forward at three places, with −1.5, −0.5, 0.5 and 1.5 in place of z${j + 1}: how far x${2 - j} moves`,
            got: spreads,
          },
        );
      }
    },
  },
];
