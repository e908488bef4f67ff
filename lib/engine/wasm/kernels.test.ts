import { spawnSync } from "node:child_process";
import type { Tensor } from "@tensorflow/tfjs";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fastBackends } from "../backends.fixture.ts";
import { tf, useBackend } from "../tf.ts";

const irregular = (shape: number[], phase = 1) =>
  tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(phase + i * i * 0.37)),
    shape,
  );
const numbersOf = (tensor: Tensor) => Array.from(tensor.dataSync());

/** Numbers of a tensor by their place. */
function reader(tensor: Tensor): (place: readonly number[]) => number {
  const values = tensor.dataSync();
  return (place) => values[place.reduce((index, i, axis) => index * tensor.shape[axis] + i, 0)];
}

/** All places of a tensor of this shape, in order. */
function places(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (before, length) => before.flatMap((place) => Array.from({ length }, (_, i) => [...place, i])),
    [[]],
  );
}

beforeEach(() => tf.engine().startScope());
afterEach(() => tf.engine().endScope());

// cpu takes the wrong one of several matrices if the batches of both factors have axes of their own.
describe.each(fastBackends())("on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  const flags = [false, true];
  const sizes = [
    [1, 1, 1],
    [2, 3, 4],
    [33, 70, 17],
    [5, 0, 3],
    [0, 2, 3],
  ];
  const batches = [
    [[], []],
    [[2], [2]],
    [[3], [1]],
    [[1], [3]],
    [[2, 1], [3]],
  ];
  const products = sizes.flatMap((size) =>
    batches.flatMap((batch) => flags.flatMap((a) => flags.map((b) => ({ size, batch, transposed: [a, b] })))),
  );
  test.each(products)("a matrix product of $size, batches $batch, transposed $transposed", (one) => {
    const [m, k, n] = one.size;
    const [ta, tb] = one.transposed;
    const a = irregular([...one.batch[0], ...(ta ? [k, m] : [m, k])]);
    const b = irregular([...one.batch[1], ...(tb ? [n, k] : [k, n])], 2);
    const product = tf.matMul(a, b, ta, tb);
    const [readA, readB] = [reader(a), reader(b)];
    const matrix = (batch: number[], own: number[]) =>
      own.map((length, axis) => (length === 1 ? 0 : batch[batch.length - own.length + axis]));
    const expected = places(product.shape).map((place) => {
      const [row, column] = place.slice(-2);
      const batch = place.slice(0, -2);
      const [inA, inB] = [matrix(batch, one.batch[0]), matrix(batch, one.batch[1])];
      let sum = 0;
      for (let i = 0; i < k; i++) {
        sum +=
          readA([...inA, ...(ta ? [i, row] : [row, i])]) *
          readB([...inB, ...(tb ? [column, i] : [i, column])]);
      }
      return sum;
    });
    expect(product.shape.slice(-2)).toEqual([m, n]);
    const actual = numbersOf(product);
    const error = Math.max(0, ...expected.map((value, i) => Math.abs(actual[i] - value)));
    expect(error).toBeLessThan(1e-5);
  });

  test("the same numbers as a factor in two shapes", () => {
    const factor = irregular([2, 6]);
    const ones = (n: number) => tf.ones([1, n]) as Tensor;
    for (const rows of [2, 4, 2]) {
      const product = tf.matMul(ones(rows), tf.reshape(factor, [rows, 12 / rows]));
      const sums = tf.sum(tf.reshape(tf.clone(factor), [rows, 12 / rows]), 0);
      expect(tf.max(tf.abs(tf.sub(product, sums))).dataSync()[0]).toBeLessThan(1e-6);
    }
  });

  test("log1p of small numbers, of large ones, and where it ends", () => {
    const x = [1e-30, 1e-10, -1e-8, 3e-7, -1e-5, 1e-4, -1e-3, 0.1, 5, 1e20, -0.5, -0.999].map(Math.fround);
    const actual = numbersOf(tf.log1p(tf.tensor1d(x)));
    for (const [i, value] of x.entries()) {
      expect(Math.abs(actual[i] / Math.log1p(value) - 1), `log1p(${value})`).toBeLessThan(1e-6);
    }
    const ends = numbersOf(tf.log1p(tf.tensor1d([-1, -2, Infinity, 0])));
    expect(ends).toEqual([-Infinity, Number.NaN, Infinity, 0]);
  });

  test("comparisons with one number", () => {
    const x = [-1, 0, 0.5, 2, Number.NaN, Infinity, -Infinity];
    const tensor = tf.tensor(x, [7, 1]);
    for (const bound of [tf.scalar(0.5), tf.tensor2d([[0.5]])]) {
      const compared = (name: "greater" | "greaterEqual" | "less" | "lessEqual") => {
        const result = tf[name](tensor, bound);
        expect([result.dtype, ...result.shape]).toEqual(["bool", 7, 1]);
        return numbersOf(result);
      };
      expect(compared("greater")).toEqual(x.map((value) => Number(value > 0.5)));
      expect(compared("greaterEqual")).toEqual(x.map((value) => Number(value >= 0.5)));
      expect(compared("less")).toEqual(x.map((value) => Number(value < 0.5)));
      expect(compared("lessEqual")).toEqual(x.map((value) => Number(value <= 0.5)));
    }
    expect(numbersOf(tf.greater(tf.tensor1d([1, 3], "int32"), tf.scalar(2, "int32")))).toEqual([0, 1]);
    expect(tf.greater(tf.scalar(1), tf.tensor1d([0])).shape).toEqual([1]);
  });

  test("parts of tensors along every axis, and put together again", () => {
    for (const shape of [[4, 3, 5], [2, 4, 60], [4], [3, 4, 1, 2]]) {
      for (const dtype of ["float32", "int32", "bool"] as const) {
        const size = shape.reduce((a, b) => a * b, 1);
        const x = tf.tensor(
          Array.from({ length: size }, (_, i) => (dtype === "bool" ? i % 2 : i)),
          shape,
          dtype,
        );
        for (const [axis, length] of shape.entries()) partsAlong(x, axis, length);
      }
    }
  });

  test("a part that is cut along several axes, and one beyond the end", () => {
    const x = tf.reshape(tf.range(0, 24), [2, 3, 4]);
    expect(numbersOf(tf.slice(x, [1, 1, 2], [1, 2, 2]))).toEqual([18, 19, 22, 23]);
    expect(numbersOf(tf.slice(x, [0, 2, 0], [-1, 1, -1]))).toEqual([8, 9, 10, 11, 20, 21, 22, 23]);
    expect(() => tf.slice(x, [0, 2, 0], [1, 2, 1]).dataSync()).toThrow();
  });

  test("a clone outlives its original", () => {
    const x = tf.tensor1d([1, 2]);
    const clone = tf.clone(x);
    x.dispose();
    tf.tensor1d([3, 4]);
    expect(numbersOf(clone)).toEqual([1, 2]);
  });

  test("sums and means over leading axes, and over others", () => {
    const x = irregular([3, 2, 4]);
    const read = reader(x);
    for (const axes of [[0], [1, 0], [0, 1, 2], [1], [-1], [0, 2]]) {
      const gone = x.shape.map((_, axis) => axes.includes(axis) || axes.includes(axis - 3));
      const kept = x.shape.map((length, axis) => (gone[axis] ? 1 : length));
      const summed = x.shape.map((length, axis) => (gone[axis] ? length : 1));
      const expected = places(kept).map((place) =>
        places(summed).reduce((total, other) => total + read(place.map((i, axis) => i + other[axis])), 0),
      );
      const count = 24 / expected.length;
      expect(numbersOf(tf.sum(x, axes))).toEqual(expected.map((value) => expect.closeTo(value, 5)));
      expect(numbersOf(tf.mean(x, axes))).toEqual(expected.map((value) => expect.closeTo(value / count, 5)));
      expect(tf.sum(x, axes, true).shape).toEqual(kept);
      expect(tf.sum(x, axes).shape).toEqual(x.shape.filter((_, axis) => !gone[axis]));
    }
    const whole = tf.tensor2d([1, 2, 3, 4], [2, 2], "int32");
    expect(numbersOf(tf.sum(whole, 0))).toEqual([4, 6]);
  });

  test("sums by segments", () => {
    const x = tf.tensor2d([
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
    ]);
    const sums = tf.unsortedSegmentSum(x, tf.tensor1d([2, 0, 2, -1], "int32"), 3);
    expect(sums.arraySync()).toEqual([
      [3, 4],
      [0, 0],
      [6, 8],
    ]);
  });
});

describe("on wasm", () => {
  beforeAll(() => useBackend("wasm"));

  test("a sum of many numbers does not lose the small ones", () => {
    const total = tf.sum(tf.fill([200_000, 2], 0.1), 0).dataSync()[0];
    expect(Math.abs(total / (200_000 * Math.fround(0.1)) - 1)).toBeLessThan(1e-7);
  });

  test.each([
    { over: [1], shape: [2, 128 * 128 * 3] },
    { over: [1, 2, 3], shape: [2, 128, 128, 3] },
    { over: [1, 2], shape: [2, 128, 128, 3] },
    { over: [0, 2], shape: [96, 2, 96] },
    { over: [0, 1], shape: [128, 128, 3] },
  ])(
    "sums and means of large events $over of $shape are right to the last digit of float32",
    ({ over, shape }) => {
      // As log-densities are: all of one sign, so that the sum grows to a hundred thousand.
      const x = tf.sub(tf.mul(tf.square(irregular(shape)), -3), 1.3);
      const read = reader(x);
      const kept = shape.map((length, axis) => (over.includes(axis) ? 1 : length));
      const summed = shape.map((length, axis) => (over.includes(axis) ? length : 1));
      const inner = places(summed);
      const expected = places(kept).map((place) =>
        inner.reduce((total, other) => total + read(place.map((i, axis) => i + other[axis])), 0),
      );
      for (const [i, total] of numbersOf(tf.sum(x, over)).entries()) {
        // Half of the last binary digit of the sum itself, and what double precision loses.
        expect(Math.abs(total - expected[i])).toBeLessThan(Math.abs(expected[i]) * 2 ** -23.9);
      }
      for (const [i, mean] of numbersOf(tf.mean(x, over)).entries()) {
        expect(Math.abs((mean * inner.length) / expected[i] - 1)).toBeLessThan(2 ** -23);
      }
      expect(tf.sum(x, over, true).shape).toEqual(kept);
    },
  );

  test("products and their gradients leave no tensor and no memory behind", () => {
    const [a, b] = [irregular([4, 3]), irregular([3, 5])];
    const gradient = tf.grads((x, y) => tf.sum(tf.square(tf.matMul(x, y))));
    const run = () => {
      tf.dispose(gradient([a, b]));
      tf.dispose(tf.matMul(irregular([2, 3, 4]), irregular([2, 1, 3, 4]), false, true));
      return tf.backend().numDataIds() - tf.memory().numTensors;
    };
    expect(run()).toBe(run());
  });

  test("more axes than XNNPACK has room for, and nothing at all, are computed without a word", () => {
    const script = `
      import { tf } from "${new URL("../tf.ts", import.meta.url).href}";
      const x = tf.reshape(tf.range(0, 6), [1, 1, 3, 1, 1, 2, 1]);
      const shifted = [tf.add(x, 1), tf.sub(x, 1), tf.mul(x, 2), tf.div(x, 2), tf.squaredDifference(x, 2)];
      const padded = tf.pad(x, [[0, 0], [0, 0], [0, 0], [0, 0], [0, 0], [1, 0], [0, 0]], 9);
      const none = tf.zeros([0, 3, 2]);
      const empty = [tf.sum(none, 1), tf.max(none), tf.mean(none, 1), tf.transpose(none), tf.gather(none, [0], 1)];
      const product = tf.matMul(tf.zeros([2, 0]), tf.zeros([0, 1]));
      empty.push(tf.conv2d(tf.zeros([0, 4, 4, 2]), tf.ones([3, 3, 2, 1]), 1, "same"));
      process.stdout.write(JSON.stringify({
        numbers: [...shifted, padded, product].map((one) => Array.from(one.dataSync()).join(" ")),
        shapes: empty.map((one) => one.shape.join(" ")),
      }));`;
    const { PATH = "" } = process.env;
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      env: { PATH, FLOWLAB_BACKEND: "wasm" },
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({
      numbers: [
        ...["1 2 3 4 5 6", "-1 0 1 2 3 4", "0 2 4 6 8 10", "0 0.5 1 1.5 2 2.5", "4 1 0 1 4 9"],
        ...["9 0 1 9 2 3 9 4 5", "0 0"],
      ],
      shapes: ["0 2", "", "0 2", "2 3 0", "0 1 2", "0 4 4 1"],
    });
  });
});

/** Every way to take a tensor apart along one axis, against its numbers, and every way back. */
function partsAlong(x: Tensor, axis: number, length: number): void {
  const read = reader(x);
  const expectPart = (part: Tensor, start: number) => {
    expect(part.dtype).toBe(x.dtype);
    expect(numbersOf(part)).toEqual(
      places(part.shape).map((place) => read(place.with(axis, place[axis] + start))),
    );
  };
  for (const [i, part] of tf.split(x, length, axis).entries()) expectPart(part, i);
  if (length > 2) {
    const parts = tf.split(x, [1, length - 2, 1], axis);
    for (const [i, part] of parts.entries()) expectPart(part, [0, 1, length - 1][i]);
    expect(numbersOf(tf.concat(parts, axis - x.rank))).toEqual(numbersOf(x));
  }
  expectPart(
    tf.slice(
      x,
      x.shape.map((_, i) => (i === axis ? length - 1 : 0)),
      x.shape.with(axis, 1),
    ),
    length - 1,
  );
  const single = tf.unstack(x, axis);
  for (const [i, part] of single.entries()) {
    expect(part.shape).toEqual(x.shape.toSpliced(axis, 1));
    expectPart(tf.expandDims(part, axis), i);
  }
  for (const place of [axis, axis - x.rank]) {
    const whole = tf.stack(single, place);
    expect(whole.shape).toEqual(x.shape);
    expect(numbersOf(whole)).toEqual(numbersOf(x));
  }
}
