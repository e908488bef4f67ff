import { beforeAll, describe, expect, test } from "vitest";
import { everyBackend } from "../backends.fixture.ts";
import { tf, useBackend } from "../tf.ts";

describe.each(everyBackend())("on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test.each(["searchSorted", "lowerBound", "upperBound"] as const)(
    "%s among no numbers, or for none",
    (name) => {
      for (const [sorted, values, shape] of [
        [[0], [2], [1, 2]],
        [[3], [0], [1, 0]],
        [[0], [0], [1, 0]],
        [
          [2, 0],
          [2, 3],
          [2, 3],
        ],
        [
          [2, 3],
          [2, 0],
          [2, 0],
        ],
        [
          [0, 3],
          [0, 2],
          [0, 2],
        ],
        [
          [2, 2, 0],
          [2, 2, 1],
          [4, 1],
        ],
      ]) {
        const places = tf[name](tf.zeros(sorted), tf.ones(values));
        expect([places.dtype, places.shape]).toEqual(["int32", shape]);
        expect([...places.dataSync()]).toEqual(new Array(shape[0] * shape[1]).fill(0));
      }
      // As where there are numbers: one row for each list.
      expect(tf[name](tf.ones([2, 2, 3]), tf.ones([2, 2, 1])).shape).toEqual([4, 1]);
      expect(() => tf[name](tf.zeros([2, 0]), tf.zeros([3, 1]))).toThrow(
        new RegExp(
          `^${name}: expected a sorted list for each row of values; got shapes \\[2,0\\] and \\[3,1\\]$`,
        ),
      );
    },
  );
});
