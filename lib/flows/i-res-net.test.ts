import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { temporaryFolder } from "../data/temporary-folder.fixture.ts";
import { toyDensities } from "../data/toy/toy-densities.ts";
import { standardNormal } from "../distributions/normal.ts";
import { tf } from "../engine/tf.ts";
import { random } from "../random/random.ts";
import { loadFlow, saveFlow } from "../serialize/flow-file.ts";
import { fit } from "../training/fit.ts";
import { flow } from "./flow.ts";
import { iResNet } from "./i-res-net.ts";

beforeEach(() => tf.engine().startScope());
afterEach(() => tf.engine().endScope());

const folder = temporaryFolder();
const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

const deviationOf = (values: readonly number[]) => {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  return Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length);
};

describe("a trained flow of the plane", () => {
  const trained = async () => {
    const model = flow(standardNormal([2]), iResNet({ dimensions: 2, layers: 4, hidden: [32, 32] }));
    const data = toyDensities.twoMoons.sample(2000, random(1));
    const { loss } = await fit(model, data, { steps: 250, learningRate: 0.01 });
    return { model, data, loss };
  };

  test("is a density: its integral is 1; its samples have the densities that it says; it can be kept", async () => {
    const { model, data, loss } = await trained();
    expect(loss.slice(-20).reduce((sum, one) => sum + one, 0) / 20).toBeLessThan(loss[0] - 0.15);
    // The midpoint rule on [−5, 5]² with 300² points, for densities that vary on lengths of 0.1: beyond, the data's tails are below 1e-6.
    const count = 300;
    const at = Array.from({ length: count }, (_, i) => -5 + (10 * (i + 0.5)) / count);
    const grid = tf.tensor2d(at.flatMap((x) => at.map((y) => [x, y])));
    const mass = tf.sum(tf.exp(model.logProb(grid))).dataSync()[0] * (10 / count) ** 2;
    expect(Math.abs(mass - 1)).toBeLessThan(1e-3);

    const drawn = model.sampleWithLogProb(200, 7);
    expect(drawn.solution?.residual).toBeLessThan(1e-4);
    const again = numbers(model.logProb(drawn.value));
    numbers(drawn.logProb).forEach((one, i) => void expect(Math.abs(one - again[i])).toBeLessThan(1e-3));

    // Every block is a contraction after the training, too, as proven.
    for (const part of model.bijection.parts ?? [])
      expect(part.lipschitz?.("forward")).toBeLessThan(Infinity);

    const path = join(folder, "moons.safetensors");
    saveFlow(model, path);
    const loaded = loadFlow(path);
    const states = [model, loaded].map(({ state }) => state.map(numbers));
    expect(states[1]).toEqual(states[0]);
    // They have moved on from where a new flow's are.
    const fresh = iResNet({ dimensions: 2, layers: 4, hidden: [32, 32] });
    expect(fresh.state?.map((one) => numbers(one))).not.toEqual(states[0]);
    const few = tf.slice(data, 0, 50);
    expect(numbers(loaded.logProb(few))).toEqual(numbers(model.logProb(few)));
  });
});

describe("with an estimated logDet", () => {
  const data = random(2).normalTensor([256, 10]);
  const make = () =>
    flow(
      standardNormal([10]),
      iResNet({ dimensions: 10, layers: 2, hidden: [16], logDet: { terms: 5, samples: 2 } }),
    );

  test("a training draws new vectors for each step, which its seed determines, compiled or not", async () => {
    const settings = { steps: 6, batchSize: 256, learningRate: 1e-9, seed: 3 };
    const train = async (options: object) => {
      const { loss, compiled } = await fit(make(), data, { ...settings, ...options, onWarning: () => {} });
      return { loss, mode: compiled.mode };
    };
    const first = await train({});
    expect((await train({})).loss).toEqual(first.loss);
    expect((await train({ compile: false })).loss).toEqual(first.loss);
    expect((await train({ seed: 4 })).loss).not.toEqual(first.loss);
  });

  test("the vectors of no step come again", async () => {
    // One event, 256 times: but for the power iterations, nothing else changes from step to step.
    const same = tf.tile(tf.slice(data, 0, 1), [256, 1]);
    const network = { dimensions: 10, layers: 2, hidden: [16], actNorm: false };
    const model = flow(standardNormal([10]), iResNet({ ...network, logDet: { terms: 5 } }));
    const settings = { steps: 6, batchSize: 256, learningRate: 1e-9, onWarning: () => {} };
    const { loss } = await fit(model, same, settings);
    expect(deviationOf(loss)).toBeGreaterThan(0.005);
  });

  test("goes on from a checkpoint with the losses of an uninterrupted training", async () => {
    const whole = await fit(make(), data, { steps: 8, batchSize: 64 });
    const checkpoint = join(folder, "estimate.ckpt");
    const settings = { steps: 8, batchSize: 64, checkpoint: { path: checkpoint, everySteps: 1 } };
    const stop = new AbortController();
    const onProgress = ({ step }: { step: number }) => void (step >= 1 && stop.abort());
    await fit(make(), data, { ...settings, onProgress, signal: stop.signal });
    const { loss } = await fit(make(), data, settings);
    expect(loss).toEqual(whole.loss);
  });

  test("says the same of an event each time, and of its image with the other sign", () => {
    const model = make();
    const x = tf.slice(data, 0, 20);
    expect(numbers(model.logProb(x))).toEqual(numbers(model.logProb(x)));
    const { value, logDet } = model.bijection.inverse(x);
    const back = numbers(model.bijection.forward(value).logDet);
    numbers(logDet).forEach((one, i) => void expect(one + back[i]).toBeCloseTo(0, 4));
  });
});

test("solves to the tolerance that it is told, which is saved with it, and refuses one that makes no sense", () => {
  const iterations = (tolerance?: number) => {
    const bijection = iResNet({ dimensions: 2, layers: 2, hidden: [8], ...(tolerance && { tolerance }) });
    for (const variable of bijection.variables)
      tf.tidy(() => variable.assign(random("weights").normalTensor(variable.shape)));
    const path = join(folder, "tolerance.safetensors");
    saveFlow(flow(standardNormal([2]), bijection), path);
    const [own, kept] = [flow(standardNormal([2]), bijection), loadFlow(path)].map(
      (model) => model.sampleWithLogProb(50, 7).solution?.iterations ?? 0,
    );
    expect(kept).toBe(own);
    return own;
  };
  expect(iterations(1e-2)).toBeLessThan(iterations());
  expect(iterations(1e-5)).toBe(iterations());
  expect(() => iResNet({ dimensions: 2, tolerance: 0 })).toThrow(
    "iResNet, residual: expected 0 < tolerance < 1; got 0",
  );
});
