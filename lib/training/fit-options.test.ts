import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Bijection } from "../bijections/bijection.ts";
import { chain } from "../bijections/composition/chain.ts";
import { affine } from "../bijections/elementwise/affine.ts";
import { monotone } from "../bijections/elementwise/monotone.ts";
import { standardNormal } from "../distributions/normal.ts";
import { fastBackends, needingBackend } from "../engine/backends.fixture.ts";
import { expectSameNumbers } from "../engine/compile/same-numbers.fixture.ts";
import { tf, useBackend } from "../engine/tf.ts";
import { flow } from "../flows/flow.ts";
import { random } from "../random/random.ts";
import { fit } from "./fit.ts";
import { learningRateAfter } from "./step/schedule.ts";

const onTensorflow = needingBackend("tensorflow");

const numbers = (tensors: readonly tf.Tensor[]) => tensors.map((tensor) => Array.from(tensor.dataSync()));
const draw = (count: number, seed = 1) => random(seed).normal(count, 3, 2);

/** x = z + w·c: learns how far a context moves the data. */
function moved(): Bijection {
  const weight = tf.variable(tf.scalar(0));
  const shift = (context?: tf.Tensor) => tf.mul(weight, tf.squeeze(context as tf.Tensor, [-1]));
  return {
    name: "moved",
    eventRank: 0,
    inverseKind: "analytic",
    forward: (z, context) => tf.tidy(() => ({ value: tf.add(z, shift(context)), logDet: tf.zerosLike(z) })),
    inverse: (x, context) => tf.tidy(() => ({ value: tf.sub(x, shift(context)), logDet: tf.zerosLike(x) })),
    variables: [weight],
  };
}

/** z = x − mean of the batch; keeps the latest mean, counts its initializations. */
function centred(): Bijection & { initializations: number } {
  const mean = tf.variable(tf.scalar(0), false);
  const minus = (x: tf.Tensor, shift: tf.Tensor) => ({ value: tf.sub(x, shift), logDet: tf.zerosLike(x) });
  return {
    name: "centred",
    eventRank: 0,
    inverseKind: "analytic",
    forward: (z) => ({ value: tf.add(z, mean), logDet: tf.zerosLike(z) }),
    inverse: (x) => minus(x, mean),
    trainingInverse: (x) => tf.tidy(() => ({ ...minus(x, tf.mean(x)), state: [tf.mean(x)] })),
    initialize() {
      this.initializations += 1;
    },
    variables: [],
    state: [mean],
    initializations: 0,
  };
}

describe.each(fastBackends())("fit on %s", (backend) => {
  beforeEach(() => {
    useBackend(backend);
    tf.engine().startScope();
  });
  afterEach(() => tf.engine().endScope());

  test("compiled or not, the losses and parameters are the same to the last bit", async () => {
    const runs = [];
    for (const compile of [true, false]) {
      const model = flow(standardNormal(), chain([monotone({ steps: 5 }), affine()]));
      const history = await fit(model, draw(300), {
        steps: 60,
        batchSize: 64,
        clipNorm: 0.5,
        weightDecay: 0.01,
        compile,
      });
      expect(history.compiled.mode).toBe(compile && backend === "tensorflow" ? "graph" : "eager");
      runs.push([history.loss, ...numbers(model.variables)]);
    }
    expectSameNumbers(runs[0], runs[1]);
  });

  test("gives each event of a batch its own context", async () => {
    const context = random(3)
      .normal(400)
      .map((c) => [c]);
    const data = random(4)
      .normal(400, 0, 0.1)
      .map((z, i) => z + 2 * context[i][0]);
    const model = flow(standardNormal(), moved());
    await fit(model, data, {
      context,
      steps: 150,
      learningRate: 0.05,
      batchSize: 100,
      validation: data,
      validationContext: context,
    });
    expect(model.variables[0].dataSync()[0]).toBeCloseTo(2, 1);
    await expect(fit(model, data, { context: context.slice(1) })).rejects.toThrow(
      /one context for each of 400/,
    );
  });

  test("initializes once, trains with batch statistics and keeps the state of the last step", async () => {
    const part = centred();
    const model = flow(standardNormal(), chain([affine(), part]));
    const data = draw(64);
    await fit(model, data, { steps: 30, batchSize: 64 });
    expect(part.initializations).toBe(1);
    const mean = data.reduce((total, v) => total + v, 0) / 64;
    expect(part.state?.[0].dataSync()[0]).toBeCloseTo(mean, 4);
  });

  test("stops when the held-out loss gets no better, and goes back to the best parameters", async () => {
    const model = flow(standardNormal(), affine());
    const held = draw(50, 2);
    const history = await fit(model, draw(50), {
      steps: 4000,
      learningRate: 0.1,
      schedule: "constant",
      validation: held,
      validateEvery: 5,
      patience: 4,
    });
    expect(history.outcome).toBe("stopped");
    const losses = history.validation.map(({ loss }) => loss);
    expect(losses.indexOf(Math.min(...losses))).toBe(losses.length - 5);
    expect(history.loss.length).toBe(5 * losses.length);
    expect(-tf.mean(model.logProb(held)).dataSync()[0]).toBe(Math.min(...losses));
  });

  test("a gradient that is not finite names the layer", async () => {
    const kink: Bijection = {
      ...affine(),
      name: "root",
      // √w at w = 0 is finite, and its slope is not.
      ...(() => {
        const w = tf.variable(tf.scalar(0));
        const shifted = (x: tf.Tensor) => ({ value: tf.add(x, tf.sqrt(w)), logDet: tf.zerosLike(x) });
        return { variables: [w], inverse: shifted, forward: shifted };
      })(),
    };
    await expect(fit(flow(standardNormal(), chain([affine(), kink])), draw(20))).rejects.toThrow(
      /at step 1: the gradient in the parameters of layer 2 of 2 \(root\) is not finite/,
    );
  });
});

onTensorflow.test("a second training of a flow finds its graph", async () => {
  useBackend("tensorflow");
  const model = flow(standardNormal(), affine());
  const data = draw(100);
  const [first, second] = [await fit(model, data, { steps: 5 }), await fit(model, data, { steps: 5 })];
  expect(second.compiled).toBe(first.compiled);
});

test("the learning rate rises, then falls along its schedule", () => {
  const at = (schedule: "cosine" | "constant" | "exponential", done: number, warmup = 0) =>
    learningRateAfter(done, { steps: 100 + warmup, learningRate: 2, schedule, warmup });
  expect([0, 25, 50, 100].map((done) => at("cosine", done))).toEqual(
    [2, 1 + Math.SQRT1_2, 1, 0].map((v) => expect.closeTo(v, 12)),
  );
  expect([0, 50, 100].map((done) => at("exponential", done))).toEqual(
    [2, 0.2, 0.02].map((v) => expect.closeTo(v, 12)),
  );
  expect([0, 99].map((done) => at("constant", done))).toEqual([2, 2]);
  expect([0, 4, 9, 10, 60].map((done) => at("cosine", done, 10))).toEqual(
    [0.2, 1, 2, 2, 1].map((v) => expect.closeTo(v, 12)),
  );
});

test.each([
  [{ schedule: "linear" as "cosine" }, /schedule to be one of "cosine".*got "linear/],
  [{ warmup: 500 }, /warmup from 0 to steps − 1; got 500/],
  [{ clipNorm: 0 }, /positive clipNorm; got 0/],
  [{ weightDecay: -1 }, /weightDecay ≥ 0; got -1/],
  [{ patience: 3 }, /validation data for patience/],
  [{ checkpoint: { path: "x", everySteps: 0 } }, /everySteps ≥ 1.*got 0/],
])("refuses %o", async (options, message) => {
  await expect(fit(flow(standardNormal(), affine()), [1, 2], options)).rejects.toThrow(message);
});

test("a signal that is none is refused at once, not where a long training pauses for the first time", async () => {
  const training = fit(flow(standardNormal([]), affine()), draw(8), { steps: 1, signal: {} as AbortSignal });
  await expect(training).rejects.toThrow("fit: expected signal to be the signal of an AbortController; got");
});
