import type { Tensor2D } from "@tensorflow/tfjs";
import { beforeEach, expect, test } from "vitest";
import { random } from "../../random/random.ts";
import { needingBackend } from "../backends.fixture.ts";
import { compile } from "../compile/compile.ts";
import { tf, useBackend } from "../tf.ts";
import { operationsOf } from "./operation-names.fixture.ts";

const onTensorflow = needingBackend("tensorflow");

/** Sums over the rows in double precision, of the numbers and of their sizes. */
function sumsOf(values: ArrayLike<number>, columns: number): { sums: number[]; sizes: number[] } {
  const [sums, sizes] = [new Array<number>(columns).fill(0), new Array<number>(columns).fill(0)];
  for (let i = 0; i < values.length; i++) {
    sums[i % columns] += values[i];
    sizes[i % columns] += Math.abs(values[i]);
  }
  return { sums, sizes };
}

/** Whether each number differs from the sum by its rounding error at most: some 2⁻²⁴ of the terms' sizes, as a tree has it. */
function expectSums(actual: ArrayLike<number>, values: ArrayLike<number>, rows: number): void {
  const { sums, sizes } = sumsOf(values, actual.length);
  const roundings = 4 + Math.log2(rows);
  sums.forEach((sum, column) => {
    expect(Math.abs(actual[column] - sum) / sizes[column]).toBeLessThanOrEqual(roundings * 2 ** -24);
  });
}

onTensorflow.describe("shorter kernels", () => {
  beforeEach(() => void useBackend("tensorflow"));

  test("sum over the rows of a matrix with the error of rounding, eager and in a graph", () => {
    for (const [rows, columns] of [
      [256, 64],
      [1, 32],
      [2, 33],
      [1000, 40],
      [4099, 65],
      [256, 512],
    ]) {
      const x = random(rows).normalTensor([rows, columns]);
      let sum = tf.zeros([0]);
      expect(
        operationsOf(() => {
          sum = tf.sum(x, 0);
        }),
      ).toEqual(["BiasAddGrad"]);
      expect(sum.shape).toEqual([columns]);
      expectSums(sum.dataSync(), x.dataSync(), rows);
      const compiled = compile((given) => tf.sum(given as Tensor2D, -2));
      compiled(x);
      expect(compiled(x).dataSync()).toEqual(sum.dataSync());
      compiled.dispose();
    }
  });

  test("the gradient in biases is the sum of the gradients in the rows", () => {
    const [x, w, b] = [[300, 5], [5, 48], [48]].map((shape, i) => random(i).normalTensor(shape));
    const rows = (b: tf.Tensor) => tf.tanh(tf.add(tf.matMul(x as Tensor2D, w as Tensor2D), b));
    const names = operationsOf(() => {
      const [gradient] = tf.grads((b: tf.Tensor) => tf.sum(rows(b)))([b]);
      const slopes = tf.sub(1, tf.square(rows(b)));
      expectSums(gradient.dataSync(), slopes.dataSync(), 300);
    });
    expect(names).toContain("BiasAddGrad");
  });

  test("other sums stay as they were", () => {
    const matrix = tf.ones([40, 40]);
    for (const [run, expected] of [
      [() => tf.sum(matrix, 1), 40],
      [() => tf.sum(matrix, 0, true), 40],
      [() => tf.sum(matrix), 1600],
      [() => tf.sum(tf.ones([40, 31]), 0), 40],
      [() => tf.sum(tf.ones([3, 40, 40]), 0), 3],
      [() => tf.sum(tf.ones([40, 40], "int32"), 0), 40],
      [() => tf.sum(tf.ones([0, 40]), 0), 0],
    ] as const) {
      let sum = tf.zeros([0]);
      const names = operationsOf(() => {
        sum = run();
      });
      expect(names).toContain("Sum");
      expect(new Set(sum.dataSync())).toEqual(new Set([expected]));
    }
    expect(tf.sum(tf.tensor2d([Number.NaN, ...new Array(63).fill(1)], [2, 32]), 0).dataSync()[0]).toBeNaN();
  });

  test("numbers are moved between two bounds by one operation, and what is none stays so", () => {
    const x = tf.tensor1d([Number.NaN, -Infinity, Infinity, -3, 3, 0.5, -0]);
    const clipped = () => tf.clipByValue(x, -2, 2);
    expect(operationsOf(() => void clipped())).toEqual(["ClipByValue"]);
    expect([...clipped().dataSync()]).toEqual([Number.NaN, -2, 2, -2, 2, 0.5, -0]);
    expect([...tf.clipByValue(tf.tensor1d([-3, 1, 5], "int32"), -2, 2).dataSync()]).toEqual([-2, 1, 2]);
    expect(tf.clipByValue(tf.zeros([0, 2]), -1, 1).shape).toEqual([0, 2]);
    expect([...tf.clipByValue([7], -Infinity, Infinity).dataSync()]).toEqual([7]);
  });

  test("a product goes to oneDNN where a matrix is transposed", () => {
    const oneDnn = process.platform === "linux" && process.arch === "x64" ? "_MklMatMul" : "BatchMatMulV2";
    const flags = [
      [true, false],
      [false, true],
      [true, true],
    ];
    for (const [rows, inputs, columns] of [
      [256, 64, 23],
      [5, 1, 2],
      [3, 700, 1],
    ]) {
      const [a, b] = [
        [rows, inputs],
        [inputs, columns],
      ].map((shape, i) => random(i).normalTensor(shape) as Tensor2D);
      const expected = tf.matMul(a, b).dataSync();
      for (const [first, second] of flags) {
        const [left, right] = [first ? tf.transpose(a) : a, second ? tf.transpose(b) : b];
        const product = () => tf.matMul(left, right, first, second);
        product();
        expect(operationsOf(() => void product())).toContain(oneDnn);
        product()
          .dataSync()
          .forEach((number, i) => {
            // Sums of products of standard normal numbers: their size is about √inputs.
            expect(Math.abs(number - expected[i])).toBeLessThan(16 * inputs * 2 ** -24);
          });
      }
    }
  });
});
