import { drawOnce } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { valueText } from "../../grading/transcript.ts";
import { quadraturePoints } from "../../oracle/quadrature.ts";
import { type Random, random } from "../../random.ts";
import {
  COUNT,
  drawFrom,
  drawMixture,
  drawnData,
  drawnNoise,
  logMixture,
  logNormal,
  type signatures,
} from "./spline-fit.domain.ts";

/** float32 tensors of another shape may add in another order. */
const ALONE = 2e-3;
/** A tenth of a standard normal lies above. */
const TENTH = 1.2815515655446004;
/** What a model may lose against the truth: a straight line loses 0.25 or more, corners at quantiles 0.14 or less. */
const ALLOWED = 0.2;

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
const orders = (values: readonly number[]): string => `${values.length} numbers`;

/** A source, data to fit to, and as many that the model does not see. */
function drawCase(random: Random) {
  const source = drawMixture(random);
  return { source, data: drawFrom(source, random, COUNT), fresh: drawFrom(source, random, COUNT) };
}

const drawLists = (random: Random) => {
  const { source, data } = drawCase(random);
  return { data, other: drawCase(random).data, fresh: drawnData(source, random), noise: drawnNoise(random) };
};

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "new data from the same source are likely",
    points: 3,
    hints: [
      {
        when: "not-finite",
        text: "Some new numbers lie beyond all those that you have seen, and get no density. Outside of its corners the spline has to go on, in a straight line.",
      },
      {
        test: async (learner) => {
          const source = random("a tenth below");
          const data = drawFrom(drawMixture(source), source, COUNT);
          const model = await learner.fitSpline(data);
          const [z] = await model.inverse([data.toSorted((a, b) => a - b)[COUNT / 10]]);
          // Which way the spline goes is free, and an estimate is no number to nine digits.
          return { got: Math.abs(Math.abs(z) - TENTH) < 0.35 ? TENTH : z, want: TENTH };
        },
        text: "A tenth of a standard normal lies below $-1.28$. Sort the data and take the number below which a tenth of them lies: your `inverse` should bring it near $-1.28$, and does not. (Corners in equal steps of $z$ for equal shares of the data would be right for a *uniform* base.)",
      },
      {
        when: "value",
        text: "Draw your density over a histogram of the data. A straight line makes one bell; a spline with corners where the data are can do better. If you train it, is the loss still falling when you stop?",
      },
    ],
    async run({ learner, random, expect }) {
      const { source, data, fresh } = drawOnce(random, drawCase);
      const model = await learner.fitSpline(data);
      const got = await model.logDensity(fresh);
      if (got.length !== COUNT) {
        expect.that(false, `logDensity gives one number for each of its ${COUNT}`, { got: orders(got) });
        return;
      }
      const loss = -mean(got);
      const best = -mean(fresh.map((x) => logMixture(source, x)));
      expect.that(loss <= best + ALLOWED, "new data are too unlikely under your model", {
        input: `the mean of −logDensity over ${COUNT} new numbers, in nats`,
        got: loss,
        expected: `at most ${(best + ALLOWED).toFixed(3)}; the true density has ${best.toFixed(3)}`,
      });
      // On 1,000 numbers a density wins 0.02 against the truth by luck.
      expect.that(
        loss >= best - 0.1,
        "new data are more likely than under the truth: this is no density of theirs",
        {
          input: `the mean of −logDensity over ${COUNT} new numbers, in nats`,
          got: loss,
          expected: `about ${best.toFixed(3)}, which the true density has`,
        },
      );
    },
  },
  {
    name: "it is a density",
    points: 1,
    hints: [
      {
        when: "not-finite",
        text: "The integral goes beyond your data, and there `logDensity` gives no number. Outside of its outermost corners or bins your flow has to go on, in a straight line.",
      },
      {
        text: "The mass is 1 for every flow whose log-density is that of $z$ *plus* the logarithm of $|\\partial z/\\partial x|$, outside of the corners too, with the constant of the normal density.",
      },
    ],
    async run({ learner, random, expect }) {
      const model = await learner.fitSpline(drawOnce(random, drawCase).data);
      const { x, weights } = quadraturePoints(-15 - random.uniform(0, 1), 15 + random.uniform(0, 1), 400);
      const logs = await model.logDensity(x);
      expect.close(
        weights.reduce((sum, weight, i) => sum + weight * Math.exp(logs[i]), 0),
        1,
        {
          // A density with jumps is integrated to about a hundredth of a panel times the jump.
          absolute: 5e-3,
          input: "∫ exp(logDensity(x)) dx over [−15, 15]",
          message: "the density does not integrate to 1",
        },
      );
    },
  },
  {
    name: "the density is that of the flow",
    points: 1,
    hints: [
      {
        test: async (learner) => {
          const source = random("one and many");
          const model = await learner.fitSpline(drawFrom(drawMixture(source), source, COUNT));
          const places = [-1.5, 1.5, 0];
          const among = await model.logDensity(places);
          const alone = await Promise.all(places.map(async (x) => (await model.logDensity([x]))[0]));
          return { got: among.map((v, i) => (Math.abs(v - alone[i]) < ALONE ? alone[i] : v)), want: alone };
        },
        text: "A number's log-density depends on that number alone. Compare `logDensity([-1.5, 1.5, 0])` with `logDensity([-1.5])`, `logDensity([1.5])` and `logDensity([0])`: is the order kept?",
      },
      {
        text: "Between two numbers lies as much mass as between their $z$: your `inverse` and your `logDensity` do not belong to the same map. Is the base a standard normal, and which way do you take the slope?",
      },
    ],
    async run({ learner, random, expect }) {
      const { source, data } = drawOnce(random, drawCase);
      const model = await learner.fitSpline(data);
      const list = drawnData(source, random);
      const logsOfAll = await model.logDensity(list);
      for (let i = 0; i < 3; i++) {
        const place = random.integer(list.length);
        const [alone] = await model.logDensity([list[place]]);
        expect.close(logsOfAll[place], alone, {
          absolute: ALONE,
          input: `logDensity(x)[${place}] of ${list.length} numbers x`,
          beside: `logDensity([${list[place]}]) gives`,
          message: "a number has another density among others than alone",
        });
      }
      for (let i = 0; i < 6; i++) {
        const from = data[random.integer(COUNT)];
        const end = from + random.uniform(0.3, 0.8);
        const { x, weights } = quadraturePoints(from, end, 40);
        const logs = await model.logDensity(x);
        const [low, high] = await model.inverse([from, end]);
        const base = quadraturePoints(
          Math.max(-12, Math.min(low, high)),
          Math.min(12, Math.max(low, high)),
          40,
        );
        expect.close(
          weights.reduce((sum, weight, j) => sum + weight * Math.exp(logs[j]), 0),
          base.x.reduce((sum, z, j) => sum + base.weights[j] * Math.exp(logNormal(z)), 0),
          {
            absolute: 2e-3,
            input: `the mass of [${from.toFixed(3)}, ${end.toFixed(3)}] by logDensity`,
            beside: `[inverse(${from.toFixed(3)}), inverse(${end.toFixed(3)})] = ${valueText([low, high])} has under the standard normal`,
            message: "an interval and its z do not have the same mass",
          },
        );
      }
    },
  },
  {
    name: "it generates: forward undoes inverse",
    points: 1,
    hints: [
      {
        text: "New data are drawn by `forward` of normal $z$. It has to be the way back of `inverse`, in the bins and beyond them: does each find the bin on its own axis?",
      },
    ],
    async run({ learner, random, expect }) {
      const { data, other, fresh, noise } = drawOnce(random, drawLists);
      const model = await learner.fitSpline(data);
      const logs = await model.logDensity(fresh);
      const images = await model.forward(noise);
      expect.close(await model.inverse(images), noise, {
        absolute: 5e-3,
        input: `inverse(forward(z)) for ${noise.length} numbers z`,
      });
      const there = await model.inverse(fresh);
      const back = await model.forward(there);
      expect.close(back, fresh, {
        absolute: 2e-3,
        input: `forward(inverse(x)) for ${fresh.length} numbers x`,
      });
      // Another model and other questions in between change nothing; and it is another one.
      const second = await learner.fitSpline(other);
      const first = [
        ["inverse", fresh, there],
        ["forward", there, back],
        ["logDensity", fresh, logs],
      ] as const;
      for (const [method, list, before] of first)
        expect.close(await model[method](list), before, {
          absolute: ALONE,
          input: `${method} of ${list.length} numbers, asked again after another model was fitted`,
          message:
            "the model answers otherwise than before: something is left over from what was asked or fitted in between",
        });
      expect.close(await second.forward(await second.inverse(fresh)), fresh, {
        absolute: 2e-3,
        input: `forward(inverse(x)) for ${fresh.length} numbers x, of a second model`,
      });
      for (const [method, list, before] of first) {
        const others = await second[method](list);
        expect.that(
          others.some((v, i) => v !== before[i]),
          "a model of other data answers as the first one: something is left over from there",
          { input: `${method} of ${list.length} numbers, of two models`, got: orders(others) },
        );
      }
    },
  },
];
