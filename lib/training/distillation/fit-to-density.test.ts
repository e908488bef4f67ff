import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { chain } from "../../bijections/composition/chain.ts";
import { scatter } from "../../bijections/contract/case.ts";
import { affine } from "../../bijections/elementwise/affine.ts";
import { standardize } from "../../bijections/normalization/standardize.ts";
import { toyDensities } from "../../data/toy/toy-densities.ts";
import { logistic } from "../../distributions/logistic.ts";
import { mixture } from "../../distributions/mixture.ts";
import { normal, standardNormal } from "../../distributions/normal.ts";
import { uniform } from "../../distributions/uniform.ts";
import { engine, tf } from "../../engine/tf.ts";
import { type Flow, flow } from "../../flows/flow.ts";
import { iaf } from "../../flows/iaf.ts";
import { splineCoupling } from "../../flows/spline-coupling.ts";
import { fitToDensity, type LogDensity } from "./fit-to-density.ts";

beforeEach(() => tf.engine().startScope());
afterEach(() => tf.engine().endScope());

const numbersOf = (model: Flow) => model.variables.map((one) => Array.from(one.dataSync()));
const planeModel = (seed = 21) =>
  flow(logistic({ eventShape: [2] }), scatter(iaf({ dimensions: 2, layers: 2, hidden: [8] }), 0.2, seed));

/** 7 · Norm(2, 0.5²), of single numbers. */
const bell: LogDensity = (x) =>
  tf.add(tf.mul(tf.square(tf.mul(tf.sub(x, 2), 2)), -0.5), Math.log(7 / (0.5 * Math.sqrt(2 * Math.PI))));

describe("a fit to a density", () => {
  test("finds a bell's place and width, and its loss is minus the logarithm of the factor", async () => {
    const model = flow(standardNormal(), affine());
    const { loss, outcome } = await fitToDensity(model, bell, {
      ...{ steps: 400, batchSize: 1024, learningRate: 0.05 },
    });
    const [at, beside] = model.bijection.forward(tf.tensor1d([0, 1])).value.dataSync();
    // 0.5, not 0: without the flow's own density the least loss is a point on the peak. A batch tells the scale to √(1/2048).
    expect(Math.abs(at - 2)).toBeLessThan(0.01);
    expect(Math.abs(Math.abs(beside - at) - 0.5)).toBeLessThan(0.01);
    // Where both are equal, every draw has the same loss.
    expect(Math.abs((loss.at(-1) as number) + Math.log(7))).toBeLessThan(0.005);
    expect([loss.length, outcome]).toEqual([400, "finished"]);
  });

  test("begins with the divergence that is known in closed form, minus log Z", async () => {
    const once = { steps: 1, batchSize: 50_000, learningRate: 1e-9 };
    const [found] = (await fitToDensity(flow(standardNormal(), affine({ scale: 3 })), bell, once)).loss;
    // KL of N(0, 3²) from N(2, 0.5²): log(0.5/3) + (9 + 4)/(2·0.25) − ½; of one draw it has a deviation of 30.
    expect(Math.abs(found - (Math.log(0.5 / 3) + 26 - 0.5 - Math.log(7)))).toBeLessThan(
      4 * (30 / Math.sqrt(50_000)),
    );
  });

  test("a base without an entropy in closed form will do as well", async () => {
    const two = mixture([normal({ mean: -1 }), normal({ mean: 1 })]);
    const model = flow(two, affine({ scale: 2, shift: 1 }));
    const target = flow(mixture([normal({ mean: -1 }), normal({ mean: 1 })]), affine({ scale: 0.5 }));
    const { loss } = await fitToDensity(model, (x) => target.logProb(x), { steps: 300, learningRate: 0.05 });
    expect(Math.abs(loss.at(-1) as number)).toBeLessThan(0.01);
  });

  test("a factor of the density changes the loss by its logarithm, and not a bit of what is learned", async () => {
    const factors = [1, 1e-30, 1e30];
    const runs = [];
    for (const factor of factors) {
      const model = planeModel();
      const ring: LogDensity = (x) => tf.sub(Math.log(factor), toyDensities.u1.energies(x));
      const { loss } = await fitToDensity(model, ring, { steps: 8, batchSize: 32, learningRate: 0.01 });
      runs.push({ loss, numbers: numbersOf(model) });
    }
    const [plain, ...others] = runs;
    others.forEach(({ loss, numbers }, i) => {
      expect(numbers).toEqual(plain.numbers);
      const apart = loss.map((one, k) => plain.loss[k] - one - Math.log(factors[i + 1]));
      // Terms of size 69 in float32.
      expect(Math.max(...apart.map(Math.abs))).toBeLessThan(1e-4);
    });
  });

  test.each(["u1", "u2", "u3", "u4"] as const)(
    "of the potential %s comes close to its log Z from below",
    async (name) => {
      const potential = toyDensities[name];
      const box = standardize([
        [-4, -8],
        [4, 8],
      ]);
      const inside = splineCoupling({ dimensions: 2, layers: 4, hidden: [24], interval: 1 });
      const model = flow(uniform(-1, 1, [2]), chain([inside, box]));
      const logDensity: LogDensity = (x) => tf.neg(potential.energies(x));
      const { loss } = await fitToDensity(model, logDensity, {
        steps: 400,
        learningRate: 0.01,
        batchSize: 128,
      });
      const { value, logProb } = model.sampleWithLogProb(5000, 5);
      const { mean, variance } = tf.moments(tf.sub(logDensity(value), logProb));
      const [bound, spread] = [mean, variance].map((one) => one.dataSync()[0]);
      // The mean itself is never above log Z: what is, is chance.
      expect(bound).toBeLessThan(potential.logZ + 4 * Math.sqrt(spread / 5000));
      // 0.05 to 0.39 are left; one of the branches of U3 and U4 alone would leave about log 2.
      expect(bound).toBeGreaterThan(potential.logZ - 0.5);
      expect(loss[0]).toBeGreaterThan(10 - potential.logZ);
    },
  );

  test("gives the same numbers as a graph and operation by operation, and leaves nothing behind", async () => {
    const run = async (compile: boolean) => {
      const model = planeModel();
      const ring: LogDensity = (x) => tf.neg(toyDensities.u1.energies(x));
      const { loss, compiled } = await fitToDensity(model, ring, { steps: 5, batchSize: 16, compile });
      return { loss, mode: compiled.mode, numbers: numbersOf(model) };
    };
    const [graph, eager] = [await run(true), await run(false)];
    expect(graph.loss).toEqual(eager.loss);
    expect(graph.numbers).toEqual(eager.numbers);
    expect([graph.mode, eager.mode]).toEqual([engine.backend === "tensorflow" ? "graph" : "eager", "eager"]);
    const model = planeModel();
    const before = tf.memory().numTensors;
    await fitToDensity(model, (x) => tf.neg(toyDensities.u1.energies(x)), { steps: 20, batchSize: 16 });
    expect(tf.memory().numTensors).toBe(before);
  });

  test("reports, and ends where its signal is aborted", async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const { loss, outcome } = await fitToDensity(flow(standardNormal(), affine()), bell, {
      ...{ steps: 1000, batchSize: 8, signal: controller.signal },
      onProgress: ({ step, steps, loss: last, seconds }) => {
        seen.push(step);
        expect([steps, Number.isFinite(last), seconds >= 0]).toEqual([1000, true, true]);
        controller.abort();
      },
    });
    expect([seen, loss.length, outcome]).toEqual([[1], 1, "aborted"]);
  });
});

describe("a fit to a density refuses", () => {
  const line = () => flow(standardNormal(), affine({ scale: 1 }));
  const plane = () => flow(standardNormal([2]), affine({ scale: [1, 1] }));

  test("draws where the density is 0, names one, and leaves the flow as it was", async () => {
    const model = line();
    const before = numbersOf(model);
    const tensors = tf.memory().numTensors;
    const half: LogDensity = (x) => tf.where(tf.less(x, 0), tf.fill(x.shape, -Infinity), tf.neg(x));
    for (const compile of [true, false]) {
      await expect(fitToDensity(model, half, { steps: 5, batchSize: 64, compile })).rejects.toThrow(
        /the loss was Infinity at step 1: logDensity is -Infinity at \d+ of 64 draws, such as \[-[\d.]+\]; let the flow draw only/,
      );
    }
    expect(numbersOf(model)).toEqual(before);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test("a step that leads where the density is 0, and leaves the flow with what that step began from", async () => {
    const near: LogDensity = (x) =>
      tf.where(tf.less(tf.abs(x), 20), tf.neg(tf.square(tf.sub(x, 5))), tf.fill(x.shape, -Infinity));
    for (const compile of [true, false]) {
      const model = line();
      const before = numbersOf(model);
      const wild = { steps: 5, batchSize: 64, learningRate: 30, compile };
      await expect(fitToDensity(model, near, wild)).rejects.toThrow(/the loss was .* at step 2/);
      // Of the numbers that step 1 led to, no loss has been seen.
      expect(numbersOf(model)).toEqual(before);
    }
  });

  // The first two calls are a look before the training; a step that is a graph calls once.
  test.each([
    [true, 3],
    [false, 4],
  ])("what its author's own error ends, and keeps none of its tensors: compile %s", async (compile, last) => {
    const model = line();
    const tensors = tf.memory().numTensors;
    let calls = 0;
    const broken: LogDensity = (x) => {
      const density = tf.neg(tf.exp(tf.square(x)));
      if (++calls === last) throw new Error("no more");
      return density;
    };
    await expect(fitToDensity(model, broken, { steps: 5, batchSize: 8, compile })).rejects.toThrow("no more");
    expect([calls, tf.memory().numTensors]).toEqual([last, tensors]);
  });

  test("a density of another shape", async () => {
    await expect(fitToDensity(plane(), (x) => tf.neg(tf.square(x)))).rejects.toThrow(
      /logDensity: expected one number for each of 3 events, shape \[3\]; got \[3,2\] of events \[3,2\]: sum over/,
    );
    await expect(fitToDensity(plane(), (x) => tf.sum(x))).rejects.toThrow(/shape \[3\]; got \[\]/);
  });

  test("a density that is no tensor, or has no gradient", async () => {
    await expect(fitToDensity(line(), (() => 3) as never)).rejects.toThrow(
      /logDensity: expected a tensor.*got 3/,
    );
    const model = line();
    const tensors = tf.memory().numTensors;
    const taken: LogDensity = (x) => tf.tensor1d(Array.from(x.dataSync(), (one) => -one * one));
    await expect(fitToDensity(model, taken)).rejects.toThrow(
      /gradient cannot be computed. Numbers taken out/,
    );
    const partly: LogDensity = (x) => tf.add(tf.mul(taken(tf.exp(x)), 2), 1);
    await expect(fitToDensity(model, partly)).rejects.toThrow(/gradient cannot be computed/);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test("what makes no sense", async () => {
    await expect(fitToDensity(line(), bell, { steps: 0 })).rejects.toThrow(
      /fitToDensity: expected steps ≥ 1.*got 0/,
    );
    await expect(fitToDensity(line(), bell, { step: 3 } as never)).rejects.toThrow(/fitToDensity.*step/);
    await expect(fitToDensity(line(), toyDensities.u1 as never)).rejects.toThrow(
      /expected logDensity, a function/,
    );
    await expect(fitToDensity({ ...line(), variables: [] }, bell)).rejects.toThrow(/nothing to train/);
  });
});
