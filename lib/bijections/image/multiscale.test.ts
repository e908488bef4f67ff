import { describe, expect, test } from "vitest";
import { tf } from "../../engine/tf.ts";
import type { Bijection, TrainingMapped } from "../bijection.ts";
import { invert } from "../composition/invert.ts";
import { affine } from "../elementwise/affine.ts";
import { actNorm } from "../normalization/act-norm.ts";
import { latentLevels, multiscale } from "./multiscale.ts";
import { split } from "./split.ts";
import { squeeze } from "./squeeze.ts";

describe("multiscale", () => {
  test("a latent has passed the levels up to that at which it leaves, and no other", () => {
    const scales = [2, 3, 5];
    const map = multiscale(scales.map((scale) => affine({ scale })));
    const levels = Array.from(latentLevels([8, 16, 1], 3).dataSync());
    const { value, logDet } = map.inverse(tf.ones([8, 16, 1]));
    const passed = levels.map((level) => scales.slice(0, level).reduce((product, s) => product / s, 1));
    Array.from(value.dataSync()).forEach((z, i) => void expect(z).toBeCloseTo(passed[i], 6));
    expect(logDet.dataSync()[0]).toBeCloseTo(
      passed.reduce((total, p) => total + Math.log(p), 0),
      3,
    );
  });

  test("half of the numbers leave at each level, the rest at the last", () => {
    const counts = [0, 0, 0];
    for (const level of latentLevels([8, 8, 3], 3).dataSync()) counts[level - 1]++;
    expect(counts).toEqual([96, 48, 48]);
  });

  test("images that cannot be halved are refused with their size", () => {
    const map = multiscale([affine(), affine(), affine()]);
    expect(() => map.inverse(tf.zeros([1, 12, 12, 1]))).toThrow(/divisible by 2; got 3×3/);
    expect(() => multiscale([])).toThrow(RangeError);
    expect(() => squeeze({ factor: 1.5 })).toThrow(/factor.*got 1.5/);
    expect(() => squeeze().forward(tf.zeros([2, 2, 6]))).toThrow(/channels divisible by 4; got 6/);
  });
});

describe("split", () => {
  test("initializes its inner part with what it keeps", () => {
    const inner = actNorm({ dimensions: 1 });
    const x = tf.tensor([1, 100, 3, 200], [2, 1, 1, 2]);
    split({ inner }).initialize?.(x);
    expect(inner.variables.map((v) => Array.from(v.dataSync()))).toEqual([[0], [2]]);
    expect(split({ inner: affine() }).initialize).toBeUndefined();
  });

  test("passes on what its inner part does in training", () => {
    const counter = tf.variable(tf.scalar(7), false);
    const inner: Bijection = {
      ...affine({ scale: 2 }),
      state: [counter],
      trainingInverse: (x): TrainingMapped => ({
        value: tf.mul(x, 10),
        logDet: tf.fill(x.shape, Math.log(10)),
        state: [tf.add(counter, 1)],
      }),
    };
    const map = split({ inner });
    expect(map.state).toEqual([counter]);
    const trained = map.trainingInverse?.(tf.ones([1, 1, 1, 2])) as TrainingMapped;
    expect(Array.from(trained.value.dataSync())).toEqual([10, 1]);
    expect(trained.logDet.dataSync()[0]).toBeCloseTo(Math.log(10), 6);
    expect(trained.state[0].dataSync()[0]).toBe(8);
    expect(split({ inner: affine() }).trainingInverse).toBeUndefined();
  });

  test("shows what is inside, and which part of its input that gets, inverted too", () => {
    const inner = affine({ scale: 2 });
    const map = split({ inner, kept: 1 });
    const x = tf.tensor([1, 10, 100, 3, 30, 300], [1, 1, 2, 3]);
    expect(map.inside?.bijection).toBe(inner);
    for (const one of [map, invert(map)]) {
      expect(Array.from(one.inside?.part(x).dataSync() ?? [])).toEqual([1, 3]);
      const mapped = one.inside?.bijection.forward(tf.tensor1d([1, 3])).value as tf.Tensor;
      expect(Array.from(mapped.dataSync())).toEqual(one === map ? [2, 6] : [0.5, 1.5]);
    }
  });

  test("a number of channels that cannot be split is refused", () => {
    expect(() => split({ inner: affine() }).inverse(tf.zeros([1, 2, 2, 3]))).toThrow(
      /even number.*\[1,2,2,3\]/,
    );
    expect(() => split({ inner: affine(), kept: 2 }).inverse(tf.zeros([2, 2, 2]))).toThrow(
      /more than 2 channels/,
    );
    expect(() => split({ inner: affine(), kept: 0 })).toThrow(RangeError);
  });
});
