import { beforeEach, describe, expect, test } from "vitest";
import { standardNormal } from "../../distributions/normal.ts";
import { everyBackend } from "../../engine/backends.fixture.ts";
import { tf, useBackend } from "../../engine/tf.ts";
import { flow } from "../../flows/flow.ts";
import { random } from "../../random/random.ts";
import { fit } from "../../training/fit.ts";
import type { TrainingMapped } from "../bijection.ts";
import { chain } from "../composition/chain.ts";
import { affine } from "../elementwise/affine.ts";
import { batchNorm } from "./batch-norm.ts";

const batch = [
  [1, 10],
  [3, 10],
  [5, 40],
];
const [MEANS, VARIANCES] = [
  [3, 20],
  [8 / 3, 200],
];

function trainingStep(
  bijection = batchNorm({ dimensions: 2 }),
  x: tf.Tensor = tf.tensor2d(batch),
): TrainingMapped {
  const mapped = bijection.trainingInverse?.(x);
  if (!mapped) throw new Error("no training inverse");
  bijection.state?.forEach((variable, i) => {
    variable.assign(mapped.state[i]);
  });
  return mapped;
}

function expectNear(actual: tf.Tensor, expected: number[]) {
  actual.dataSync().forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThan(1e-5 * Math.max(1, Math.abs(expected[i])));
  });
}

describe("batch norm", () => {
  test("normalizes a training step's batch by its own mean and variance", () => {
    const { value, logDet } = trainingStep();
    const exact = batch.map((row) => row.map((v, i) => (v - MEANS[i]) / Math.sqrt(VARIANCES[i] + 1e-5)));
    expectNear(value, exact.flat());
    const slope = -0.5 * VARIANCES.reduce((sum, v) => sum + Math.log(v + 1e-5), 0);
    expectNear(logDet, [slope, slope, slope]);
  });

  test("keeps the first step's statistics, then their running average", () => {
    const bijection = batchNorm({ dimensions: 2, momentum: 0.75 });
    trainingStep(bijection);
    expectNear(bijection.state?.[0] as tf.Tensor, MEANS);
    expectNear(bijection.state?.[1] as tf.Tensor, VARIANCES);
    trainingStep(
      bijection,
      tf.tensor2d([
        [7, 0],
        [7, 2],
      ]),
    );
    expectNear(bijection.state?.[0] as tf.Tensor, [0.75 * 3 + 0.25 * 7, 0.75 * 20 + 0.25]);
    expectNear(bijection.state?.[1] as tf.Tensor, [0.75 * VARIANCES[0], 0.75 * 200 + 0.25]);
  });

  test("outside of training depends on no other event of its batch", () => {
    const bijection = batchNorm({ dimensions: 2 });
    trainingStep(bijection);
    const together = bijection.inverse(tf.tensor2d(batch)).value.arraySync() as number[][];
    expect(bijection.inverse(tf.tensor2d([batch[1]])).value.arraySync()).toEqual([together[1]]);
  });

  test("refuses a training step with one event, and takes one image", () => {
    const { trainingInverse } = batchNorm({ dimensions: 2 });
    expect(() => trainingInverse?.(tf.ones([1, 2]))).toThrow(
      "batchNorm: a training step needs at least 2 numbers for each entry of the last axis, for their variance; " +
        "got shape [1,2]: train with larger batches",
    );
    expect(() => trainingInverse?.(tf.ones([2]))).toThrow(RangeError);
    expect(trainingInverse?.(tf.ones([1, 3, 3, 2])).logDet.shape).toEqual([1, 3, 3]);
  });

  test.each([{ dimensions: 0 }, { dimensions: 2, momentum: 1 }, { dimensions: 2, epsilon: 0 }])(
    "refuses %j",
    (options) => {
      expect(() => batchNorm(options)).toThrow(RangeError);
    },
  );

  test("learns mean and variance of data by fit, and says the same about them in and out of training", async () => {
    const data = tf.tensor2d(Array.from({ length: 64 }, (_, i) => [3 + Math.cos(i), -5 + 4 * Math.sin(i)]));
    const model = flow(standardNormal([2]), batchNorm({ dimensions: 2 }));
    await fit(model, data, { steps: 3, batchSize: 64, learningRate: 1e-6 });
    const { mean, variance } = tf.moments(data, 0);
    expectNear(model.state[0], Array.from(mean.dataSync()));
    expectNear(model.state[1], Array.from(variance.dataSync()));
  });

  test("undoes any scale and shift before it in training, and its derivatives know that", () => {
    const model = chain([
      batchNorm({ dimensions: 2, epsilon: 1e-12 }),
      affine({ scale: [2, -3], shift: [1, -1] }),
    ]);
    const x = random(2).normalTensor([50, 2]);
    const weights = random(3).normalTensor([50, 2]);
    const [logScale, shift] = model.variables.slice(2);
    const { grads } = tf.variableGrads(
      () => {
        const mapped = model.trainingInverse?.(x) as TrainingMapped;
        return tf.add(tf.sum(tf.mul(mapped.value, weights)), tf.sum(mapped.logDet)) as tf.Scalar;
      },
      [logScale, shift] as tf.Variable[],
    );
    // Each of the two terms alone changes by the order of 50.
    for (const variable of [logScale, shift]) {
      grads[variable.name].dataSync().forEach((slope) => {
        expect(Math.abs(slope)).toBeLessThan(1e-3);
      });
    }
  });
});

describe.each(everyBackend())("batch norm on %s", (backend) => {
  beforeEach(() => useBackend(backend));

  test.each([
    [1e7, 1, 20_000],
    [-1e7, 3, 256],
    [1e5, 0.1, 20_000],
  ])("gives a batch around %d with deviation %d the deviation 1", (offset, deviation, count) => {
    const x = tf.add(tf.mul(random(3).normalTensor([count, 1]), deviation), offset);
    const given = Array.from(x.dataSync());
    const { value, state } = trainingStep(batchNorm({ dimensions: 1, epsilon: 1e-9 }), x);
    const spread = (numbers: number[]) => {
      const mean = numbers.reduce((sum, v) => sum + v / count, 0);
      return numbers.reduce((sum, v) => sum + (v - mean) ** 2 / count, 0);
    };
    expect(spread(Array.from(value.dataSync()))).toBeCloseTo(1, 4);
    expect(state[1].dataSync()[0] / spread(given)).toBeCloseTo(1, 4);
  });

  test.each([0.1, 1e7 + 3, 123456.789])("of a channel that is %d throughout is 0", (constant) => {
    const x = tf.concat([tf.fill([777, 1], constant), random(2).normalTensor([777, 1])], 1);
    const { value, state } = trainingStep(batchNorm({ dimensions: 2 }), x);
    const first = Array.from(value.dataSync()).filter((_, i) => i % 2 === 0);
    expect(new Set(first.map(Math.abs))).toEqual(new Set([0]));
    expect(state[1].dataSync()[0]).toBeLessThan(1e-6);
  });
});
