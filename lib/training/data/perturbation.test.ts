import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { chain } from "../../bijections/composition/chain.ts";
import { affine } from "../../bijections/elementwise/affine.ts";
import { logitTransform } from "../../bijections/elementwise/logit-transform.ts";
import { rationalQuadraticSpline } from "../../bijections/elementwise/rational-quadratic-spline.ts";
import { actNorm } from "../../bijections/normalization/act-norm.ts";
import { bitsPerDimension, dequantize } from "../../data/dequantization.ts";
import { standardNormal } from "../../distributions/normal.ts";
import { uniform } from "../../distributions/uniform.ts";
import { fastBackends } from "../../engine/backends.fixture.ts";
import { expectSameNumbers } from "../../engine/compile/same-numbers.fixture.ts";
import { availableBackends, tf, useBackend } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import { flow } from "../../flows/flow.ts";
import { realNVP } from "../../flows/real-nvp.ts";
import { type Random, random } from "../../random/random.ts";
import { type FitOptions, fit } from "../fit.ts";
import { NonFiniteLossError } from "../step/fault.ts";

const BYTES = Array.from({ length: 60 }, (_, i) => [(i * 37) % 256, (i * 91) % 256]);
const OPTIONS = { steps: 20, batchSize: 16, learningRate: 0.01, seed: 3 } satisfies FitOptions;
const noise = (events: tf.Tensor, random: Random) => tf.add(events, random.normalTensor(events.shape));
const fresh = (images: tf.Tensor, random: Random) => dequantize(images, { bits: 4, random });

/** A flow of images of two pixels, which is initialized from its first batch. */
const pixels = () =>
  flow(
    standardNormal([2]),
    chain([realNVP({ dimensions: 2, layers: 2, hidden: [8] }), actNorm({ dimensions: 2 }), logitTransform()]),
  );

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "flowlab-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe.each(fastBackends())("perturbed batches on %s", (backend) => {
  beforeEach(() => useBackend(backend));

  test("are new at each step, and what the step computes with, compiled or not", async () => {
    for (const compile of [true, false]) {
      const seen: number[][] = [];
      const perturb = (events: tf.Tensor, random: Random) => {
        const changed = noise(events, random);
        seen.push(Array.from(changed.dataSync()));
        return changed;
      };
      // A training that changes nothing: the losses are those of the batches under the standard normal distribution.
      const { loss, compiled } = await fit(flow(standardNormal(), affine()), [0, 10, 20], {
        ...OPTIONS,
        perturb,
        learningRate: 1e-20,
        compile,
      });
      expect(compiled.mode).toBe(compile && backend === "tensorflow" ? "graph" : "eager");
      const surprise = (v: number) => v ** 2 / 2 + Math.log(2 * Math.PI) / 2;
      const expected = seen.map((batch) => batch.reduce((sum, v) => sum + surprise(v), 0) / batch.length);
      expect(loss).toEqual(expected.map((v) => expect.closeTo(v, 3)));
      expect(new Set(loss).size).toBe(OPTIONS.steps);
    }
  });

  test("give the same losses to the last bit, compiled or not and after each resumption", async () => {
    const train = (options: FitOptions, model = pixels()) =>
      fit(model, BYTES, { ...OPTIONS, perturb: fresh, ...options });
    const expected = (await train({})).loss;
    expectSameNumbers([(await train({ compile: false })).loss], [expected]);
    expect((await train({ seed: 4 })).loss).not.toEqual(expected);
    const checkpoint = join(folder, "checkpoint");
    for (let parts = 0; ; parts++) {
      const stop = new AbortController();
      const onProgress = () => stop.abort();
      const { loss, outcome } = await train({ checkpoint, signal: stop.signal, onProgress });
      // XLA compiles an operation when it has run a few times, and a training that is resumed counts anew.
      expectSameNumbers([loss], [expected.slice(0, loss.length)]);
      if (outcome === "finished") {
        expect(parts).toBeGreaterThan(2);
        break;
      }
    }
    await expect(train({ checkpoint, perturb: undefined as never })).rejects.toThrow(
      /other perturb.*a function there, none here/,
    );
  });

  test("come with their contexts, leave held-out events alone and no tensors behind", async () => {
    const context = BYTES.map((_, i) => [i % 2]);
    const model = flow(standardNormal([2]), realNVP({ dimensions: 2, layers: 2, hidden: [8], context: 1 }));
    const data = BYTES.map(([a, b]) => [a / 99, b / 99]);
    const train = () =>
      fit(model, data, {
        ...OPTIONS,
        context,
        perturb: noise,
        validation: data,
        validationContext: context,
      });
    await train();
    const before = tf.memory().numTensors;
    const { validation } = await train();
    const held = tf.tidy(() => -tf.mean(model.logProb(data, tf.tensor2d(context))).dataSync()[0]);
    expect(Math.min(...validation.map(({ loss }) => loss))).toBe(held);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("are what a flow is initialized from", async () => {
    const model = flow(standardNormal([2]), actNorm({ dimensions: 2 }));
    const constant = BYTES.map(() => [7, -3]);
    await fit(model, constant, { ...OPTIONS, perturb: noise, steps: 1, batchSize: 60, learningRate: 1e-20 });
    // The data alone have the deviation 0.
    const deviations = tf.tidy(() => Array.from(tf.exp(model.variables[0]).dataSync()));
    for (const deviation of deviations) expect(Math.abs(deviation - 1)).toBeLessThan(0.3);
  });

  test("that make no sense are refused, and leave no tensors behind", async () => {
    const model = flow(standardNormal([2]), affine());
    const data = tf.tensor2d(BYTES);
    await fit(model, data, { ...OPTIONS, perturb: fresh });
    const before = tf.memory().numTensors;
    const train = (perturb: FitOptions["perturb"]) =>
      fit(model, data, { ...OPTIONS, perturb: perturb as never });
    await expect(train((events) => tf.slice(events, 0, 3))).rejects.toThrow(
      /same shape, \[16,2\]; got \[3,2\]/,
    );
    await expect(train((async (events: tf.Tensor) => events) as never)).rejects.toThrow(/must not be async/);
    await expect(train((() => 5) as never)).rejects.toThrow(TypeError);
    const failure = train((events) => tf.mul(events, Number.NaN));
    await expect(failure).rejects.toThrow(NonFiniteLossError);
    await expect(failure).rejects.toThrow(
      /the data contain a number that is not finite, NaN in row 0, column 0 \(of 0 to 1\), of the step's batch/,
    );
    // What has no number yet may get one.
    const holes = tf.tidy(() => tf.where(tf.less(data, 0), tf.fill(data.shape, Number.NaN), data));
    const fill = (events: tf.Tensor) => tf.where(tf.isNaN(events), tf.zerosLike(events), events);
    const { loss } = await fit(model, holes, { ...OPTIONS, perturb: fill });
    expect(loss.every(Number.isFinite)).toBe(true);
    holes.dispose();
    expect(tf.memory().numTensors).toBe(before);
    data.dispose();
  });
});

test("noise that is new at each step keeps a flow from learning it by heart", async () => {
  useBackend(availableBackends()[0]);
  const images = random(1).integers(24, 0, 256);
  const held = dequantize(tf.tensor1d(random(2).integers(4000, 0, 256)), { bits: 1, random: 5 });
  const heldOutBits = async (once: boolean) => {
    const model = flow(uniform(0, 1), rationalQuadraticSpline({ bins: 32, interval: [0, 1] }));
    const bytes = tf.tensor1d(images);
    const data = once ? dequantize(bytes, { bits: 1, random: 7 }) : bytes;
    const perturb: FitOptions["perturb"] = (batch, random) => dequantize(batch, { bits: 1, random });
    await fit(model, data, { steps: 300, learningRate: 0.02, ...(!once && { perturb }) });
    const logProb = tidy(() => tf.mean(model.logProb(held)).dataSync()[0]);
    return bitsPerDimension(logProb, { dimensions: 1, bits: 1 });
  };
  const [learnedByHeart, learned] = [await heldOutBits(true), await heldOutBits(false)];
  // Two levels that are equally frequent have 1 bit.
  expect(learned).toBeLessThan(1.1);
  expect(learnedByHeart).toBeGreaterThan(learned + 0.5);
});
