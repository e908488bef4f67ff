import { beforeAll, describe, expect, test } from "vitest";
import { everyBackend } from "../backends.fixture.ts";
import { tf, useBackend } from "../tf.ts";
import { UnsupportedError } from "../unsupported.ts";

const none = (...shape: number[]) => tf.zeros(shape);

describe.each(everyBackend())("on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test.each<[string, () => unknown]>([
    ["argMax: .*largest; got shape \\[2,0\\]", () => tf.argMax(none(2, 0), 1)],
    ["argMax: .*largest; got shape \\[0,3\\]", () => tf.argMax(none(0, 3))],
    ["argMax: .*largest; got shape \\[0\\]", () => none(0).argMax()],
    ["argMin: .*smallest; got shape \\[2,0\\]", () => tf.argMin(tf.cast(none(2, 0), "int32"), -1)],
    ["norm of order −Infinity: .*smallest; got shape \\[2,0\\]", () => tf.norm(none(2, 0), -Infinity, 1)],
  ])("%s is refused, with the remedy", (start, run) => {
    expect(run).toThrow(UnsupportedError);
    expect(run).toThrow(new RegExp(`^${start}: leave such tensors out$`));
  });

  test("without results there is nothing to refuse", () => {
    expect(tf.argMax(none(2, 0), 0).shape).toEqual([0]);
    expect(tf.argMin(none(0, 3), 1).shape).toEqual([0]);
    expect(tf.norm(none(0, 3), -Infinity, 1).shape).toEqual([0]);
  });

  test.each([1, 2, Infinity, "euclidean"] as const)("the norm of order %s of nothing is 0", (order) => {
    const x = none(2, 0);
    expect(Array.from(tf.norm(x, order, 1).dataSync())).toEqual([0, 0]);
    expect(tf.norm(x, order, 1, true).shape).toEqual([2, 1]);
    expect(tf.grad((one) => tf.norm(one, order, 1))(x).shape).toEqual([2, 0]);
  });

  test("over nothing all are true, none is, and no whole number is beyond the end", () => {
    const [x, whole] = [tf.cast(none(2, 0), "bool"), tf.cast(none(2, 0), "int32")];
    const seen = [tf.all(x, 1), tf.any(x, 1), tf.max(whole, 1), tf.min(whole, 1)];
    expect(seen.map((one) => [one.dtype, ...one.dataSync()])).toEqual([
      ["bool", 1, 1],
      ["bool", 0, 0],
      ["int32", -(2 ** 31), -(2 ** 31)],
      ["int32", 2 ** 31 - 1, 2 ** 31 - 1],
    ]);
  });

  test("the largest 0 of some, and of rows that there are not", () => {
    for (const [x, count] of [
      [none(2, 0), 0],
      [tf.ones([2, 3]), 0],
      [none(0, 3), 2],
    ] as const) {
      const { values, indices } = tf.topk(x, count);
      expect([values.shape, indices.shape]).toEqual([
        [x.shape[0], count],
        [x.shape[0], count],
      ]);
    }
    expect(() => tf.topk(none(2, 0), 1)).toThrow(/must be <= the last dimension \(0\)/);
  });
});
