import { describe, expect, test } from "vitest";
import { everyBackend } from "../../engine/backends.fixture.ts";
import { tf, useBackend } from "../../engine/tf.ts";
import { ShapeError } from "../../ground/errors.ts";
import { affine } from "./affine.ts";

const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

describe.each(everyBackend())("an affine map on %s", (backend) => {
  test("takes scales of any sign, also such as wasm has no sign of", () => {
    useBackend(backend);
    for (const scale of [1e-30, -1e-30, 1e37, -1e-37]) {
      const { value, logDet } = affine({ scale }).forward(tf.tensor1d([1]));
      expect(value.dataSync()[0] / scale).toBeCloseTo(1, 4);
      expect(logDet.dataSync()[0] / Math.log(Math.abs(scale))).toBeCloseTo(1, 6);
      expect(affine({ scale }).inverse(value).value.dataSync()[0]).toBeCloseTo(1, 4);
    }
  });
});

describe("an affine map of each element", () => {
  const own = affine({ scale: [2, -3], shift: [0, 1] });

  test("has scales, signs and shifts of their own, and one log-determinant for an event", () => {
    expect(own.eventRank).toBe(1);
    const { value, logDet } = own.forward(tf.ones([4, 2]));
    expect(numbers(value).slice(0, 2)).toEqual([expect.closeTo(2, 5), expect.closeTo(-2, 5)]);
    expect(logDet.shape).toEqual([4]);
    expect(logDet.dataSync()[3]).toBeCloseTo(Math.log(6), 5);
    expect(own.config).toEqual({ type: "affine", scale: [1, -1], shift: [0, 0] });
    expect(affine({ scale: Float32Array.of(2, -3) }).config).toEqual({
      ...own.config,
      shift: 0,
    });
  });

  test("may repeat its parameters along an axis, but not the numbers that it is given", () => {
    const rows = affine({ scale: [[2], [3]] });
    const { value, logDet } = rows.forward(tf.ones([5, 2, 4]));
    expect([value.shape, logDet.shape]).toEqual([[5, 2, 4], [5]]);
    expect(logDet.dataSync()[0]).toBeCloseTo(4 * Math.log(6), 4);
    expect(() => rows.forward(tf.ones([5, 1, 4]))).toThrow(/events of shape \[2, any\].*\[5,1,4\]/);
    expect(() => affine({ scale: 2, shift: [0, 1, 2] }).inverse(tf.ones([7, 1]))).toThrow(ShapeError);
    expect(() => affine({ scale: [1, 2], shift: [0, 1, 2] })).toThrow(/got shapes \[2\] and \[3\]/);
  });

  test("leaves no tensor behind but its variables", () => {
    const before = tf.memory().numTensors;
    const map = affine({ scale: [2, -3] });
    tf.dispose(map.variables as tf.Variable[]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

test.each([
  [{ scale: Infinity }, /scales from 1e-37 to 1e37 .*; got Infinity$/],
  [{ scale: Number.NaN }, /scales.*got NaN$/],
  [{ scale: 0 }, /scales.*got 0$/],
  [{ scale: [1, 0] }, /scales.*got 0, number 2 of 2$/],
  [{ scale: 1e-40 }, /scales.*got 1e-40$/],
  [{ scale: 1e39 }, /scales.*got 1e\+39$/],
  [{ scale: "two" }, /affine, scale: expected numbers.*got "two"/],
  [{ shift: Number.NaN }, /shifts.*finite in float32; got NaN$/],
  [
    {
      shift: [
        [0, 1],
        [2, -Infinity],
      ],
    },
    /shifts.*got -Infinity, number 4 of 4$/,
  ],
  [{ shift: 1e39 }, /shifts.*got 1e\+39$/],
  [{ scale: [] }, /got shape \[0\]/],
])("%j is refused by value", (options, message) => {
  const before = tf.memory().numTensors;
  const make = () => affine(options as Parameters<typeof affine>[0]);
  expect(make).toThrow(RangeError);
  expect(make).toThrow(message);
  expect(tf.memory().numTensors).toBe(before);
});
