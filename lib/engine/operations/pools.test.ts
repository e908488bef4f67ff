import { beforeAll, describe, expect, test } from "vitest";
import { everyBackend } from "../backends.fixture.ts";
import { tf, useBackend } from "../tf.ts";
import { UnsupportedError } from "../unsupported.ts";

const image = () => tf.ones([1, 2, 2, 1]) as tf.Tensor4D;
const volume = () => tf.tensor5d([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 2, 2, 1]);
const SIDES = [
  [0, 0],
  [0, 2],
  [0, 0],
  [0, 0],
] as never;

describe.each(everyBackend())("on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test.each<[string, () => unknown]>([
    ["avgPool", () => tf.avgPool(image(), 1, 1, 1)],
    ["avgPool", () => tf.avgPool(image(), 2, 1, 2)],
    ["avgPool", () => image().avgPool(1, 1, 1)],
    ["avgPool", () => tf.avgPool(image(), 1, 1, SIDES)],
    ["avgPool", () => tf.avgPool(tf.ones([2, 2, 1]) as tf.Tensor3D, 1, 1, 1)],
    ["maxPool", () => tf.maxPool(image(), 1, 1, 1)],
    ["avgPool3d", () => tf.avgPool3d(volume(), 1, 1, 1)],
    ["maxPool3d", () => tf.maxPool3d(volume(), [2, 1, 2], 1, 1)],
    ["pool", () => tf.pool(image(), 1, "avg", 1)],
  ])("%s refuses a window without a number, with the remedy", (name, run) => {
    expect(run).toThrow(UnsupportedError);
    expect(run).toThrow(new RegExp(`^${name}: .*outside of the 2 .*: pad by less than the window's size$`));
  });

  test("windows that padding reaches into are averaged over what they hold", () => {
    const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
    expect(Array.from(tf.avgPool(x, 2, 1, 1).dataSync())).toEqual([1, 1.5, 2, 2, 2.5, 3, 3, 3.5, 4]);
  });
});
