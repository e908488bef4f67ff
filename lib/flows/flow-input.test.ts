import { beforeEach, describe, expect, test } from "vitest";
import { chain } from "../bijections/composition/chain.ts";
import { coupling } from "../bijections/coupling/coupling.ts";
import { halfMask } from "../bijections/coupling/masks.ts";
import { affine } from "../bijections/elementwise/affine.ts";
import { batchNorm } from "../bijections/normalization/batch-norm.ts";
import { mlp } from "../conditioners/mlp.ts";
import { standardNormal } from "../distributions/normal.ts";
import { everyBackend } from "../engine/backends.fixture.ts";
import { tf, useBackend } from "../engine/tf.ts";
import { ShapeError } from "../ground/errors.ts";
import { random } from "../random/random.ts";
import { fit } from "../training/fit.ts";
import { affineTransformer } from "../transformers/affine.ts";
import { flow } from "./flow.ts";

const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

/** A flow of two numbers under a context of three, whose effect is seen. */
function conditional() {
  const transformer = affineTransformer();
  const conditioner = mlp({ inputs: 1, outputs: 2, hidden: [8], context: 3, zeroLast: false });
  return flow(standardNormal([2]), coupling({ mask: halfMask(2, "second"), transformer, conditioner }));
}

describe.each(everyBackend())("on %s, a flow", (backend) => {
  beforeEach(() => useBackend(backend));

  const labels = [0, 1, 2, 1];
  const rows = labels.map((label) => [0, 1, 2].map((i) => Number(i === label)));
  const x = [
    [1, 2],
    [-1, 0],
    [3, 3],
    [0, 1],
  ];
  /** The same contexts in all types of numbers. */
  const contexts = () => ({
    int32: tf.oneHot(tf.tensor1d(labels, "int32"), 3) as tf.Tensor,
    bool: tf.cast(tf.tensor2d(rows), "bool"),
    "plain arrays": rows,
    "truth values": rows.map((row) => row.map(Boolean)),
  });

  test("takes contexts of any type of numbers, to evaluate and to sample", () => {
    const model = conditional();
    const float = tf.tensor2d(rows);
    const [logProb, sample] = [model.logProb(x, float), model.sampleWithLogProb(4, 1, float)];
    expect(new Set(numbers(model.logProb([x[0], x[0], x[0], x[0]], float))).size).toBe(3);
    for (const [type, context] of Object.entries(contexts())) {
      expect(numbers(model.logProb(x, context)), type).toEqual(numbers(logProb));
      expect(numbers(model.logProb(x, context, { chunk: 3 })), type).toEqual(
        numbers(logProb).map((v) => expect.closeTo(v, 5)),
      );
      const again = model.sampleWithLogProb(4, 1, context);
      expect(numbers(again.value), type).toEqual(numbers(sample.value));
      expect(numbers(again.logProb), type).toEqual(numbers(sample.logProb));
      expect(numbers(model.sample(4, 1, context)), type).toEqual(numbers(sample.value));
    }
    const shared = model.sample(4, 1, [0, 1, 0]);
    expect(numbers(shared)).toEqual(numbers(model.sample(4, 1, tf.tensor1d([0, 1, 0]))));
  });

  test("takes events of any type of numbers", () => {
    for (const [model, context] of [
      [flow(standardNormal([2]), affine({ scale: [2, -3] })), undefined],
      [conditional(), [0, 0, 1]],
    ] as const) {
      const expected = numbers(model.logProb(tf.tensor2d(x), context));
      for (const events of [tf.tensor2d(x, [4, 2], "int32"), x, new Float64Array(x[0])]) {
        const given = events instanceof Float64Array ? [expected[0]] : expected;
        expect(numbers(model.logProb(events as tf.TensorLike, context))).toEqual(
          given.map((v) => expect.closeTo(v, 5)),
        );
      }
      expect(model.logProb(tf.tensor2d(x, [4, 2], "bool"), context).shape).toEqual([4]);
    }
  });

  test("is trained on events and contexts of any type of numbers", async () => {
    const losses = [];
    for (const context of [tf.tensor2d(rows), ...Object.values(contexts())]) {
      for (const data of [tf.tensor2d(x), tf.tensor2d(x, [4, 2], "int32")]) {
        // Batch norm has an inverse of its own for training.
        const model = flow(
          standardNormal([2]),
          chain([conditional().bijection, batchNorm({ dimensions: 2 })]),
        );
        const { loss } = await fit(model, data, { context, steps: 3, learningRate: 0.01 });
        losses.push(loss);
      }
    }
    expect(new Set(losses.map(String)).size).toBe(1);
  });

  test("leaves nothing of what it converts in memory", () => {
    const model = conditional();
    const [events, context] = [tf.tensor2d(x, [4, 2], "int32"), contexts().int32];
    const before = tf.memory().numTensors;
    for (const chunk of [2, 4]) {
      tf.dispose([model.logProb(events, context, { chunk }), model.sample(4, 1, context, { chunk })]);
    }
    expect(tf.memory().numTensors).toBe(before);
  });
});

test("contexts that do not fit are refused with their shape, in chunks as well", () => {
  const model = conditional();
  for (const chunk of [1, 2]) {
    const evaluate = (shape: number[]) => () => model.logProb(tf.zeros([2, 2]), tf.zeros(shape), { chunk });
    expect(evaluate([3, 3])).toThrow(ShapeError);
    expect(evaluate([3, 3])).toThrow(/expected a context of shape \[2,3\].*; got shape \[3,3\]/);
    expect(evaluate([2, 4])).toThrow(ShapeError);
    const sample = () => model.sample(5, 1, tf.zeros([4, 3]), { chunk });
    expect(sample).toThrow(/expected a context of shape \[5,3\].*; got shape \[4,3\]/);
  }
});

test("counts, seeds and chunks without a meaning are refused by value", () => {
  const model = flow(standardNormal([2]), affine());
  for (const count of [-1, 1.5, Number.NaN]) {
    expect(() => model.sample(count, 1)).toThrow(
      new RangeError(`sample: expected a count ≥ 0 of events, a whole number; got ${count}`),
    );
  }
  const careless = flow({ ...standardNormal([2]), sample: () => tf.zeros([1, 2]) }, affine());
  expect(() => careless.sample(1.5, 1)).toThrow(/count ≥ 0 of events.*got 1.5/);
  expect(() => model.sample(1, -1)).toThrow(/seed.*got -1/);
  expect(() => model.sample(1, undefined as unknown as number)).toThrow(/needs a seed, e.g. sample\(1, 7\)/);
  expect(numbers(model.sample(2, "a"))).toEqual(numbers(model.sample(2, random("a"))));
  expect(() => model.sample(1, 1, undefined, { chunk: 0 })).toThrow(/chunk ≥ 1.*got 0/);
});
