import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Bijection } from "../../bijections/bijection.ts";
import { sigmoid } from "../../bijections/elementwise/sigmoid.ts";
import { tf } from "../../engine/tf.ts";
import { imageGridFigure } from "./image-grid.ts";
import { interpolate, interpolationFigure } from "./interpolation.ts";
import { mosaic } from "./mosaic.ts";

let before = 0;
beforeAll(() => {
  // The backend keeps some constants once it has run.
  tf.tidy(() => tf.add(1, 1));
  before = tf.memory().numTensors;
});
afterAll(() => expect(tf.memory().numTensors).toBe(before));

describe("images", () => {
  test("stand side by side, enlarged without blurring", () => {
    const { width, data } = mosaic([[[[0], [1]]], [[[0.5], [2]]]], { columns: 2 });
    const row = Array.from({ length: width }, (_, x) => data[4 * x]);
    const opacity = Array.from({ length: width }, (_, x) => data[4 * x + 3]);
    const scale = (width - 3) / 4;
    expect(row.slice(0, scale)).toEqual(Array(scale).fill(0));
    expect(row.slice(scale, 2 * scale)).toEqual(Array(scale).fill(255));
    // Between them one sees the paper.
    const gap = Array.from({ length: 3 }, (_, i) => 2 * scale + i);
    expect(opacity.flatMap((value, x) => (value === 255 ? [] : [x]))).toEqual(gap);
    expect(row.slice(2 * scale + 3, 3 * scale + 3)).toEqual(Array(scale).fill(128));
  });

  test("in colour, from a tensor, in any range of values", () => {
    const images = tf.tensor4d([-1, 0, 1], [1, 1, 1, 3]);
    const { data } = mosaic(images, { columns: 3, values: [-1, 1] });
    expect([...data.subarray(0, 3)]).toEqual([0, 128, 255]);
    expect(imageGridFigure({ images, values: [-1, 1] }).toSVG()).toContain("data:image/png;base64,");
    images.dispose();
  });

  test("of bytes, as in files, have their own range; of numbers in neither, it must be said", () => {
    const first = (values: number[]) => mosaic([[values.map((v) => [v])]], { columns: 1 }).data[0];
    expect([first([255, 0]), first([51, 255])]).toEqual([255, 51]);
    // Black and white alone, and what goes a little beyond, are from 0 to 1.
    expect([first([1, 0]), first([0.2, 1.3])]).toEqual([255, 51]);
    expect(() => first([51.5, 200, 0])).toThrow(
      /most are above 2, the largest is 200.*`values`, such as \[0, 255\]/,
    );
    const images = tf.tensor4d([0, 255], [1, 1, 2, 1]);
    const explicit = imageGridFigure({ images, values: [0, 255] });
    expect(imageGridFigure({ images }).data).toEqual(explicit.data);
    images.dispose();
  });

  test("have an outline each, close around its pixels: white ones would run into the paper", () => {
    const images = tf.ones([3, 2, 2, 1]);
    const { layout, data } = imageGridFigure({ images, columns: 2 });
    const [width, height] = data[0]!.imageSize as [number, number];
    const side = 24;
    expect([width, height]).toEqual([2 * side + 3, 2 * side + 3]);
    // The pixels of an image lie around whole numbers: from −0.5 to 23.5.
    expect(layout.shapes?.map(({ x0, x1, y0, y1 }) => [x0, x1, y0, y1])).toEqual([
      [-1, 24, -1, 24],
      [26, 51, -1, 24],
      [-1, 24, 26, 51],
    ]);
    images.dispose();
  });

  test("of a wrong shape are refused", () => {
    const images = tf.zeros([2, 4, 4, 2]);
    expect(() => imageGridFigure({ images })).toThrow(/\[n ≥ 1, height, width, 1 or 3\]; got \[2, 4, 4, 2\]/);
    expect(() => imageGridFigure({ images: [] })).toThrow(/got \[0, 0, 0, 0\]/);
    images.dispose();
  });
});

const justAs: Bijection["forward"] = (z) => {
  expect(z.dtype).toBe("float32");
  return { value: tf.clone(z), logDet: tf.zerosLike(z) };
};

test("an interpolation starts and ends at the given images, and walks through z between", () => {
  const from = tf.fill([1, 2, 2, 1], 0.2);
  const to = tf.fill([1, 2, 2, 1], 0.8);
  const images = interpolate(sigmoid(), from, to, 3);
  const values = Array.from(images.dataSync());
  expect(images.shape).toEqual([3, 2, 2, 1]);
  // logit(0.2) = −logit(0.8): half-way lies z = 0.
  [0, 4, 8].forEach((i, k) => {
    expect(values[i]).toBeCloseTo([0.2, 0.5, 0.8][k] ?? 0, 6);
  });
  expect(interpolationFigure({ bijection: sigmoid(), from, to, steps: 3 }).layout.annotations).toHaveLength(
    3,
  );
  expect(() => interpolate(sigmoid(), from, to, 1)).toThrow(/steps ≥ 2/);
  const [low, high] = [tf.tensor2d([[2]], [1, 1], "int32"), tf.tensor2d([[4]])];
  const identity: Bijection = { ...sigmoid(), inverse: justAs, forward: justAs };
  const whole = interpolate(identity, low, high, 3);
  expect([whole.dtype, ...whole.dataSync()]).toEqual(["float32", 2, 3, 4]);
  tf.dispose([low, high, whole]);
  tf.dispose([from, to, images]);
});
