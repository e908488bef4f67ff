import { describe, expect, test } from "vitest";
import { everyBackend } from "../../engine/backends.fixture.ts";
import { tf, useBackend } from "../../engine/tf.ts";
import { random } from "../../random/random.ts";
import { actNorm } from "./act-norm.ts";

describe.each(everyBackend())("actNorm on %s", (backend) => {
  const batch = () => {
    useBackend(backend);
    const noise = random(1).normalTensor([20, 3, 4, 2]);
    return tf.add(tf.mul(noise, [5, 0.1]), [-7, 40]);
  };

  test("standardizes each channel of the first batch, over images and positions", () => {
    const map = actNorm({ dimensions: 2 });
    const x = batch();
    map.initialize?.(x);
    const { mean, variance } = tf.moments(map.inverse(x).value, [0, 1, 2]);
    for (const v of mean.dataSync()) expect(Math.abs(v)).toBeLessThan(1e-4);
    for (const v of variance.dataSync()) expect(Math.abs(v - 1)).toBeLessThan(1e-4);
  });

  test("initializes once, and not again when its weights and state come from elsewhere", () => {
    const map = actNorm({ dimensions: 2 });
    map.initialize?.(batch());
    const once = map.variables.map((v) => Array.from(v.dataSync()));
    map.initialize?.(tf.mul(batch(), 3));
    expect(map.variables.map((v) => Array.from(v.dataSync()))).toEqual(once);

    const loaded = actNorm({ dimensions: 2 });
    loaded.state?.forEach((v, i) => void v.assign((map.state as tf.Variable[])[i]));
    loaded.variables.forEach((v, i) => void v.assign(map.variables[i]));
    loaded.initialize?.(tf.mul(batch(), 3));
    expect(loaded.variables.map((v) => Array.from(v.dataSync()))).toEqual(once);
  });

  test.each([3, 0, 0.1, -1e7 - 3, 123456.789, 1e-20])(
    "a channel that is %d throughout is moved to 0 exactly, and keeps its scale",
    (value) => {
      useBackend(backend);
      const map = actNorm({ dimensions: 2 });
      const noise = random(2).normalTensor([777, 1]);
      map.initialize?.(tf.concat([tf.fill([777, 1], value), noise], 1));
      expect(map.variables[0].dataSync()[0]).toBe(0);
      const z = map.inverse(tf.tensor2d([value, 0, value + 1, 0], [2, 2])).value.dataSync();
      expect([z[0], z[2]]).toEqual([0, Math.fround(Math.fround(value + 1) - Math.fround(value))]);
    },
  );

  test.each([
    [1e7, 1, 20_000],
    [-1e7, 3, 256],
    [1e5, 0.01, 20_000],
    [1, 1e-5, 1000],
    [0, 1e-8, 1000],
    [0, 1e-15, 100],
    [3e18, 1e15, 100],
  ])("numbers around %d with deviation %d get the deviation 1", (offset, deviation, count) => {
    useBackend(backend);
    const x = tf.add(tf.mul(random(3).normalTensor([count, 1]), deviation), offset);
    const map = actNorm({ dimensions: 1 });
    map.initialize?.(x);
    // float32 may not hold the mean; the deviation is around the one of what comes out, in double precision.
    const z = Array.from(map.inverse(x).value.dataSync());
    const mean = z.reduce((sum, v) => sum + v / count, 0);
    const square = z.reduce((sum, v) => sum + (v - mean) ** 2 / count, 0);
    expect(Math.abs(Math.sqrt(square) - 1)).toBeLessThan(1e-5);
    expect(Math.abs(mean)).toBeLessThan(1e-5 + (2 ** -24 * Math.abs(offset)) / deviation);
  });

  test("initialization leaves no tensors behind", () => {
    const x = batch();
    const map = actNorm({ dimensions: 2 });
    const before = tf.memory().numTensors;
    map.initialize?.(x);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("is not spoilt by a batch that is not finite, and starts from the next", () => {
    const map = actNorm({ dimensions: 2 });
    const x = batch();
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, 3e38]) {
      const spoilt = tf.concat([x, tf.fill([1, 3, 4, 2], 1).mul([1, bad])]);
      expect(() => map.initialize?.(spoilt)).toThrow(/finite numbers; got .* in channel 1: look for/);
    }
    expect([...map.variables, ...(map.state ?? [])].flatMap((v) => Array.from(v.dataSync()))).toEqual(
      Array(5).fill(0),
    );
    map.initialize?.(x);
    expect(Array.from(tf.mean(map.inverse(x).value, [0, 1, 2]).dataSync())).toEqual([
      expect.closeTo(0, 4),
      expect.closeTo(0, 4),
    ]);
  });

  test("what cannot be standardized is refused", () => {
    useBackend(backend);
    const map = actNorm({ dimensions: 2 });
    expect(() => map.initialize?.(tf.zeros([1, 2]))).toThrow(/at least two numbers.*\[1,2\]/);
    expect(() => map.initialize?.(tf.zeros([8, 3]))).toThrow(/expected events of shape \[2\].*\[8,3\]/);
    expect(() => map.inverse(tf.zeros([8, 3]))).toThrow(/expected events of shape \[2\].*\[8,3\]/);
    expect(() => actNorm({ dimensions: 0 })).toThrow(RangeError);
  });
});
