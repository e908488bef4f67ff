import { beforeAll, expect, test } from "vitest";
import { needingBackend } from "../engine/backends.fixture.ts";
import { compile } from "../engine/compile/compile.ts";
import { record } from "../engine/compile/record.ts";
import { tf, useBackend } from "../engine/tf.ts";
import { random } from "../random/random.ts";
import type { Activation } from "./activation.ts";
import { endsInColumns, isByColumns } from "./by-columns.ts";
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

  test("within a gradient, the last layer's columns give the numbers of its rows, and the gradients of those", () => {
    for (const [rows, inputs, outputs] of [
      [256, 1, 23],
      [2, 4, 48],
      [301, 3, 9],
    ]) {
      const network = mlp({ inputs, hidden: [64, 64], outputs, zeroLast: false, seed: 5 });
      const stream = random(`last layer ${rows}`);
      const [x, target] = [stream.normalTensor([rows, inputs]), stream.normalTensor([rows, outputs])];
      const byRows = (x: tf.Tensor) => {
        const [w0, b0, w1, b1, w2, b2] = network.variables as readonly tf.Tensor[] as tf.Tensor2D[];
        const hidden = tf.relu(tf.add(tf.matMul(x as tf.Tensor2D, w0), b0)) as tf.Tensor2D;
        return tf.add(tf.matMul(tf.relu(tf.add(tf.matMul(hidden, w1), b1)) as tf.Tensor2D, w2), b2);
      };
      const [own, expected] = [(x: tf.Tensor) => network.apply(x), byRows].map((apply) => {
        let numbers: number[] = [];
        const { grads } = tf.variableGrads(() => {
          const result = apply(x);
          numbers = numbersOf(result);
          return tf.mean(tf.square(tf.sub(result, target))) as tf.Scalar;
        }, network.variables as tf.Variable[]);
        return { numbers, gradients: network.variables.map(({ name }) => numbersOf(grads[name])) };
      });
      expect(own.numbers).toEqual(expected.numbers);
      own.gradients.forEach((gradient, i) => {
        // The biases' gradients are sums over the rows in another order.
        gradient.forEach((number, k) => void expect(number).toBeCloseTo(expected.gradients[i][k], 6));
      });
    }
  });

  test("a graph changes no axes for columns that are read as such, nor for their gradient", () => {
    const network = mlp({ inputs: 1, outputs: 23, hidden: [8] });
    const x = random(8).normalTensor([10, 1]);
    const slopes = (input: tf.Tensor) =>
      tf.variableGrads(
        () => tf.sum(tf.exp(tf.transpose(network.apply(input)))) as tf.Scalar,
        network.variables as tf.Variable[],
      ).grads;
    const { nodes, outputs } = record(() => Object.values(slopes(x)), [x]);
    const found = new Set<number>();
    const visit = (index: number) => {
      const node = nodes[index];
      if (node.kind !== "operation" || found.has(index)) return;
      found.add(index);
      for (const source of node.inputs) visit(source.node);
    };
    for (const source of outputs) visit(source.node);
    const names = [...found].map((index) => (nodes[index] as { name: string }).name);
    expect(names).toContain("Exp");
    expect(names).not.toContain("Transpose");
  });

  test("a gradient ends in columns where each input has many outputs", () => {
    const ends = (rows: number, inputs: number, outputs: number) => {
      let result = false;
      tf.grad((x: tf.Tensor) => {
        result = endsInColumns(tf.zeros([rows, inputs]), outputs);
        return tf.sum(x);
      })(tf.zeros([1]));
      return result;
    };
    expect([ends(2, 1, 23), ends(256, 4, 48), ends(256, 1, 9)]).toEqual([true, true, true]);
    expect([ends(1, 1, 23), ends(256, 5, 23), ends(256, 1, 49), ends(256, 4, 8)]).not.toContain(true);
    expect(endsInColumns(tf.zeros([256, 1]), 23)).toBe(false);
  });
});
