import { beforeAll, describe, expect, test } from "vitest";
import { everyBackend } from "../engine/backends.fixture.ts";
import { tf, useBackend } from "../engine/tf.ts";
import { random } from "../random/random.ts";
import { reflectRows } from "./householder.ts";

const SIZE = 5;
const direction = (seed: number) => Array.from(random(seed).normal(SIZE));

/** The product of the reflections by definition, in double precision. */
function reflect(vectors: readonly (readonly number[])[], h: readonly number[]): number[] {
  return [...vectors].reverse().reduce<number[]>(
    (x, v) => {
      const along = v.reduce((sum, a, i) => sum + a * x[i], 0) / Math.hypot(...v);
      return x.map((a, i) => a - (2 * along * v[i]) / Math.hypot(...v));
    },
    [...h],
  );
}

describe.each(everyBackend())("reflections on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test.each([1e-35, 1e-20, 1e-15, 1e-8, 1, 1e8, 1e15, 1e30])(
    "along vectors of length %d keep volumes",
    (length) => {
      const vectors = [1, 2, 3].map((seed, k) =>
        direction(seed).map((v) => Math.fround(v * (k === 1 ? 1 : length))),
      );
      const rows = [direction(7), direction(8)];
      for (const transposed of [false, true]) {
        const ordered = transposed ? vectors.toReversed() : vectors;
        const image = reflectRows(tf.tensor2d(vectors), tf.tensor2d(rows), transposed).arraySync();
        // A few roundings of float32 for each reflection.
        for (const [i, row] of rows.entries())
          for (const [j, right] of reflect(ordered, row).entries()) expect(image[i][j]).toBeCloseTo(right, 5);
      }
    },
  );

  test("along no direction do nothing", () => {
    const rows = tf.tensor2d([direction(7)]);
    const vectors = tf.tensor2d([direction(1), Array(SIZE).fill(0), direction(1)]);
    expect(Array.from(reflectRows(vectors, rows).dataSync())).toEqual(
      Array.from(rows.dataSync(), (v) => expect.closeTo(v, 5)),
    );
  });

  test("have the gradient of a direction, which is larger for shorter vectors", () => {
    const rows = tf.tensor2d([direction(7)]);
    const slopes = [1, 1e-12].map((length) =>
      tf
        .grad((v) => tf.sum(tf.mul(reflectRows(v, rows), [direction(9)])))(
          tf.tensor2d([direction(1).map((v) => v * length)]),
        )
        .dataSync(),
    );
    for (const [i, slope] of slopes[0].entries()) expect(slopes[1][i] * 1e-12).toBeCloseTo(slope, 5);
    expect(Math.max(...slopes[0].map(Math.abs))).toBeGreaterThan(0.1);
  });
});
