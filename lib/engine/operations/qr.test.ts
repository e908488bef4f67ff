import type { Tensor } from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { everyBackend } from "../backends.fixture.ts";
import { tf, useBackend } from "../tf.ts";

const MATRICES: Record<string, { values: number[]; shape: number[] }> = {
  "a first column of 0": { values: [0, 0, 0, 1], shape: [2, 2] },
  "a last column of 0": { values: [1, 0, 3, 0], shape: [2, 2] },
  "all 0": { values: Array(9).fill(0), shape: [3, 3] },
  "a diagonal with a 0": { values: [2, 0, 0, 0, 0, 0, 0, 0, 3], shape: [3, 3] },
  "two equal columns": { values: [1, 1, 2, 2, 2, 5, 3, 3, 1], shape: [3, 3] },
  "a tall one": { values: [0, 1, 0, 2, 0, 3, 0, 5], shape: [4, 2] },
  "a wide one": { values: [0, 1, 2, 0, 4, 3], shape: [2, 3] },
  "a stack of tall ones": { values: [1, 2, 3, 4, 5, 7, 0, 1, 0, 2, 0, 3], shape: [2, 3, 2] },
  "a regular one": { values: [4, 1, 2, 3, 5, -1, 2, 0, 6], shape: [3, 3] },
};

describe.each(everyBackend())("qr on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test.each(Object.entries(MATRICES))("of %s", (_, { values, shape }) => {
    tf.tidy(() => {
      const x = tf.tensor(values, shape);
      for (const complete of [false, true]) {
        const [q, r] = tf.linalg.qr(x, complete);
        const [m, n] = shape.slice(-2);
        const k = complete ? m : Math.min(m, n);
        expect([q.shape.slice(-2), r.shape.slice(-2)]).toEqual([
          [m, k],
          [k, n],
        ]);
        const error = (a: Tensor, b: Tensor) => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0];
        // Numbers up to 7: 2⁻²⁴ of them, and some ten roundings.
        expect(error(tf.matMul(q, r), x)).toBeLessThan(1e-5);
        expect(error(tf.matMul(q, q, true), tf.eye(k))).toBeLessThan(1e-6);
        const below = tf.sub(r, tf.linalg.bandPart(r, 0, -1));
        expect(error(below, tf.zerosLike(below))).toBeLessThan(2e-6);
      }
    });
  });

  test("the gradient is that of the other columns where one is 0", () => {
    const gradient = tf.grad((x) => tf.sum(tf.square(tf.linalg.qr(x)[1])))(tf.tensor2d([0, 1, 0, 2], [2, 2]));
    // Σ R² = Σ A², of which the second column takes part.
    expect(Array.from(gradient.dataSync())).toEqual([0, 2, 0, 4].map((value) => expect.closeTo(value, 5)));
  });
});
