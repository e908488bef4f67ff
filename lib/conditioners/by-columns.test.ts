import { beforeAll, expect, test } from "vitest";
import { needingBackend } from "../engine/backends.fixture.ts";
import { compile } from "../engine/compile/compile.ts";
import { tf, useBackend } from "../engine/tf.ts";
import { random } from "../random/random.ts";
import type { Activation } from "./activation.ts";
import { isByColumns } from "./by-columns.ts";
import { dense, type Layer } from "./dense.ts";
import { mlp } from "./mlp.ts";

const onTensorflow = needingBackend("tensorflow");

const numbersOf = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

/** Layers between so many numbers each. */
const widths = (...sizes: number[]): Layer[] =>
  sizes.slice(1).map((outputs, k) => dense({ inputs: sizes[k], outputs, start: "zero" }));

/** The outputs, and the same within a gradient, where they are computed by rows. */
function bothWays(apply: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): [number[], number[]] {
  let byRows: number[] = [];
  tf.grad((input: tf.Tensor) => {
    const outputs = apply(input);
    byRows = numbersOf(outputs);
    return tf.sum(outputs);
  })(x);
  return [numbersOf(apply(x)), byRows];
}

onTensorflow.describe("by columns", () => {
  beforeAll(() => useBackend("tensorflow"));

  const activations: Activation[] = ["relu", "leakyRelu", "elu"];
  test.each(activations)("a network gives the numbers of its rows to the last bit, with %s", (activation) => {
    for (const [rows, inputs, hidden, outputs] of [
      [2, 1, [64, 64], 23],
      [7, 2, [2], 2],
      [256, 4, [64, 64, 64], 2],
      [4999, 1, [64, 64], 48],
      [300, 3, [], 7],
      [100, 2, [200, 130], 30],
    ] as const) {
      const stream = random(`columns ${rows} ${inputs}`);
      const network = mlp({ inputs, hidden, outputs, activation, zeroLast: false, seed: 3 });
      const x = stream.normalTensor([rows, inputs]);
      const layers = widths(inputs, ...hidden, outputs);
      expect(isByColumns(x, layers, { activation, outputs })).toBe(true);
      const [columns, byRows] = bothWays((input) => network.apply(input), x);
      expect(columns).toEqual(byRows);
      const compiled = compile((input: tf.Tensor) => network.apply(input));
      compiled(x);
      expect(numbersOf(compiled(x))).toEqual(byRows);
      compiled.dispose();
    }
  });

  test("neither another batch shape nor a context changes that", () => {
    const network = mlp({ inputs: 1, outputs: 5, context: 2, zeroLast: false });
    const [x, context] = [random(1).normalTensor([3, 4, 1]), random(2).normalTensor([4, 2])];
    const [columns, byRows] = bothWays((input) => network.apply(input, context), x);
    expect(columns).toEqual(byRows);
    expect(network.apply(tf.zeros([0, 1]), context.slice([0], [1])).shape).toEqual([0, 5]);
  });

  test("many numbers, single ones, other activations and gradients go by rows", () => {
    const goesByColumns = (rows: number, sizes: number[], activation: Activation = "relu") =>
      isByColumns(tf.zeros([rows, sizes[0]]), widths(...sizes), {
        activation,
        outputs: sizes.at(-1) as number,
      });
    expect(goesByColumns(10, [4, 64, 48])).toBe(true);
    expect(goesByColumns(10, [5, 64, 48])).toBe(false);
    expect(goesByColumns(10, [4, 64, 49])).toBe(false);
    expect(goesByColumns(10, [4, 64, 48], "tanh")).toBe(false);
    expect(goesByColumns(1, [4, 64, 48])).toBe(false);
    expect(goesByColumns(10, [4, 1, 48])).toBe(false);
    expect(goesByColumns(10, [4, 64, 1])).toBe(false);
    tf.grad((x: tf.Tensor) => {
      expect(goesByColumns(10, [4, 64, 48])).toBe(false);
      return tf.sum(x);
    })(tf.zeros([1]));
  });
});
