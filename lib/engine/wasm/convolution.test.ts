import type { Tensor, Tensor4D } from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { everyBackend } from "../backends.fixture.ts";
import { tf, useBackend } from "../tf.ts";

type Pair = [number, number];
type Padding = "same" | "valid" | number | [Pair, Pair, Pair, Pair];

/** A convolution of images [n, 7, 6, channels]. */
interface Case {
  readonly images: number;
  /** Channels of the images and of the output. */
  readonly channels: Pair;
  readonly filter: Pair;
  readonly strides: Pair;
  readonly pad: Padding;
  readonly dilations?: Pair;
}

const [HEIGHT, WIDTH] = [7, 6];

const casesOf = (paddings: readonly Padding[]): Case[] =>
  [
    { images: 1, channels: [4, 3] as Pair },
    { images: 3, channels: [3, 4] as Pair },
  ].flatMap((common) =>
    (
      [
        [1, 1],
        [3, 3],
        [2, 3],
        [5, 1],
      ] as Pair[]
    ).flatMap((filter) =>
      (
        [
          [1, 1],
          [2, 2],
          [1, 3],
          [3, 1],
        ] as Pair[]
      ).flatMap((strides) => paddings.map((pad) => ({ ...common, filter, strides, pad }))),
    ),
  );

/** Paddings for which tfjs-node has no gradient; one number only where the library is right about it. */
const UNUSUAL: readonly Case[] = [
  ...casesOf([
    [
      [0, 0],
      [2, 0],
      [1, 3],
      [0, 0],
    ],
  ]),
  ...[1, 2, 3].map((pad): Case => ({ images: 2, channels: [2, 1], filter: [2, 2], strides: [1, 1], pad })),
];

const DILATED: readonly Case[] = (["same", "valid"] as const).map((pad) => ({
  ...{ images: 2, channels: [3, 4], filter: [3, 2], strides: [1, 1], pad, dilations: [2, 3] },
}));

/** Rows and columns of 0 before the image. */
function before({ filter, strides, pad, dilations = [1, 1] }: Case, output: readonly number[]): number[] {
  return [HEIGHT, WIDTH].map((size, axis) => {
    if (typeof pad === "number") return pad;
    if (pad === "valid") return 0;
    if (pad !== "same") return pad[axis + 1][0];
    const reach = (filter[axis] - 1) * dilations[axis] + 1;
    return Math.floor(Math.max(0, (output[axis] - 1) * strides[axis] + reach - size) / 2);
  });
}

/** Calls back with the places in x, in the filter and in y of all numbers that meet: y += x·w, in double precision. */
function forEachProduct(
  { images, channels: [inputs, outputs], filter, strides, dilations = [1, 1] }: Case,
  output: readonly number[],
  [top, left]: readonly number[],
  visit: (x: number, w: number, y: number) => void,
): void {
  const range = (n: number) => Array.from({ length: n }, (_, i) => i);
  for (const n of range(images))
    for (const r of range(output[0]))
      for (const s of range(output[1]))
        for (const i of range(filter[0]))
          for (const j of range(filter[1])) {
            const [row, column] = [
              r * strides[0] + i * dilations[0] - top,
              s * strides[1] + j * dilations[1] - left,
            ];
            if (row < 0 || row >= HEIGHT || column < 0 || column >= WIDTH) continue;
            for (const c of range(inputs))
              for (const o of range(outputs)) {
                visit(
                  ((n * HEIGHT + row) * WIDTH + column) * inputs + c,
                  ((i * filter[1] + j) * inputs + c) * outputs + o,
                  ((n * output[0] + r) * output[1] + s) * outputs + o,
                );
              }
          }
}

const irregular = (size: number, phase: number) =>
  Float32Array.from({ length: size }, (_, i) => Math.sin(phase + i * i * 0.37));

/** A convolution with its gradients along an irregular direction, by tensors and by sums in double precision. */
function bothWays(one: Case) {
  const [inputs, outputs] = one.channels;
  const [x, w] = [
    irregular(one.images * HEIGHT * WIDTH * inputs, 1),
    irregular(one.filter[0] * one.filter[1] * inputs * outputs, 2),
  ];
  const rounding = typeof one.pad === "string" ? undefined : "floor";
  const convolve = (images: Tensor, filter: Tensor) =>
    tf.conv2d(
      images as Tensor4D,
      filter as Tensor4D,
      ...([one.strides, one.pad as "same", "NHWC", one.dilations ?? 1, rounding] as const),
    );
  const operands = [
    tf.tensor4d(x, [one.images, HEIGHT, WIDTH, inputs]),
    tf.tensor4d(w, [...one.filter, inputs, outputs]),
  ];
  const y = convolve(operands[0], operands[1]);
  const direction = irregular(y.size, 3);
  const gradients = one.dilations
    ? []
    : tf.grads((images, filter) => tf.sum(tf.mul(convolve(images, filter), tf.tensor(direction, y.shape))))(
        operands,
      );
  const output = y.shape.slice(1, 3);
  const expected = [new Float64Array(y.size), new Float64Array(x.length), new Float64Array(w.length)];
  forEachProduct(one, output, before(one, output), (i, j, k) => {
    expected[0][k] += x[i] * w[j];
    expected[1][i] += direction[k] * w[j];
    expected[2][j] += direction[k] * x[i];
  });
  const tensors = [y, ...gradients];
  return {
    actual: tensors.map((tensor) => Array.from(tensor.dataSync())),
    expected: tensors.map((_, i) => Array.from(expected[i])),
  };
}

const named = (one: Case) =>
  [
    `${one.images} images, channels ${one.channels}, ${one.filter.join("×")}, strides ${one.strides}, padding ${one.pad}`,
    one,
  ] as const;

describe.each(everyBackend())("conv2d on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test.each([...casesOf(["same", "valid"]), ...DILATED].map(named))("and its gradients: %s", (_, one) => {
    tf.tidy(() => compare(one));
  });
});

describe("conv2d on wasm", () => {
  beforeAll(() => useBackend("wasm"));

  test.each(UNUSUAL.map(named))("and its gradients: %s", (_, one) => {
    tf.tidy(() => compare(one));
  });

  // The library makes room for an output as wide as a square filter would give, and XNNPACK wrote beyond it.
  test("computes no more than there is room for", () => {
    const x = tf.tensor4d(irregular(7 * 6 * 3, 1), [1, 7, 6, 3]);
    const convolve = (pad: Padding) =>
      tf.conv2d(x, tf.ones([3, 1, 3, 1]), 1, pad as "same", "NHWC", 1, "floor");
    expect(convolve(1).shape).toEqual([1, 7, 6, 1]);
    const wide = tf.slice(
      convolve([
        [0, 0],
        [1, 1],
        [1, 1],
        [0, 0],
      ]),
      [0, 0, 0, 0],
      [1, 7, 6, 1],
    );
    expect(Array.from(convolve(1).dataSync())).toEqual(Array.from(wide.dataSync()));
  });

  // Which are too many numbers to be gathered at a time.
  test("has the sum of its images' gradients as the gradient of large images", () => {
    const shape = [2, 40, 40, 16] as const;
    const image = irregular(2 * 40 * 40 * 16, 1);
    const gradient = (...parts: readonly number[]) =>
      tf.grad((w) => {
        const x = tf.gather(tf.tensor4d(image, [...shape]), [...parts]) as Tensor4D;
        return tf.sum(tf.square(tf.conv2d(x, w as Tensor4D, 1, "same")));
      })(tf.tensor4d(irregular(9 * 16 * 17, 2), [3, 3, 16, 17]));
    tf.tidy(() => {
      const [whole, sum] = [gradient(0, 1), tf.add(gradient(0), gradient(1))];
      const error = tf.max(tf.abs(tf.sub(whole, sum))).dataSync()[0];
      expect(error).toBeLessThan(1e-5 * tf.max(tf.abs(sum)).dataSync()[0]);
    });
  });

  test("leaves no tensor and no memory behind", () => {
    const [x, w] = [tf.ones([2, 6, 6, 3]), tf.ones([3, 3, 3, 2])];
    const last = tf.ones([3, 1, 2, 2]) as Tensor4D;
    const run = () => {
      tf.dispose(
        tf.grads((images, filter) => {
          const hidden = tf.conv2d(images as Tensor4D, filter as Tensor4D, 1, "same");
          // Strides; and one number as padding, for which the image is cut off.
          const strided = tf.conv2d(hidden, last, 2, "valid");
          const cut = tf.conv2d(hidden, last, 1, 1, "NHWC", 1, "floor");
          return tf.add(tf.sum(tf.square(strided)), tf.sum(tf.square(cut)));
        })([x, w]),
      );
      return [tf.memory().numTensors, tf.backend().numDataIds()];
    };
    expect(run()).toEqual(run());
  });

  test("images of which there are none have no gradient and say no word", () => {
    const [dx, dw] = tf.grads((x, w) => tf.sum(tf.conv2d(x as Tensor4D, w as Tensor4D, 1, "same")))([
      tf.zeros([0, 4, 4, 2]),
      tf.ones([3, 3, 2, 1]),
    ]);
    expect(dx.shape).toEqual([0, 4, 4, 2]);
    expect(Array.from(dw.dataSync())).toEqual(Array(18).fill(0));
  });
});

function compare(one: Case): void {
  const { actual, expected } = bothWays(one);
  for (const [k, numbers] of actual.entries()) {
    const size = Math.max(1, ...expected[k].map(Math.abs));
    const error = Math.max(...numbers.map((value, i) => Math.abs(value - expected[k][i])));
    // A sum of up to 500 products, each rounded to 6e-8 of its size.
    expect(error, ["output", "gradient of the images", "gradient of the filter"][k]).toBeLessThan(
      5e-6 * size,
    );
  }
}
