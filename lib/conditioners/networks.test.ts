import { describe, expect, test } from "vitest";
import { tf } from "../engine/tf.ts";
import { ShapeError } from "../ground/errors.ts";
import type { Activation } from "./activation.ts";
import { mlp } from "./mlp.ts";
import { residualMlp } from "./residual-mlp.ts";

const networks = {
  mlp: mlp({ inputs: 3, outputs: 5, context: 2 }),
  residualMlp: residualMlp({ inputs: 3, outputs: 5, context: 2 }),
};

describe.each(Object.entries(networks))("%s", (name, network) => {
  test("gives zeros at first, for batches of any shape", () => {
    for (const batch of [[], [0], [4], [2, 3]]) {
      const output = network.apply(tf.ones([...batch, 3]), tf.ones([2]));
      expect(output.shape).toEqual([...batch, 5]);
      expect(Array.from(output.dataSync()).every((v) => v === 0)).toBe(true);
    }
  });

  test("refuses inputs and contexts of another size", () => {
    expect(() => network.apply(tf.ones([4, 2]), tf.ones([2]))).toThrow(
      new ShapeError(
        `${name}: expected 3 inputs on the last axis, after any number of batch axes; got shape [4,2]`,
      ),
    );
    expect(() => network.apply(tf.ones([4, 3]))).toThrow(
      "expected a context of shape [...batch, 2]; got none",
    );
    expect(() => network.apply(tf.ones([4, 3]), tf.ones([3, 2]))).toThrow(
      "one that broadcasts to it; got shape [3,2]",
    );
  });
});

test("a residual network with a last layer at 0 in each block is linear at first", () => {
  const network = residualMlp({ inputs: 2, outputs: 1, zeroLast: false });
  const [a, b, both] = [
    [1, 0],
    [0, 1],
    [1, 1],
  ].map((x) => network.apply(tf.tensor1d(x)).dataSync()[0]);
  const origin = network.apply(tf.zeros([2])).dataSync()[0];
  expect(a + b).toBeCloseTo(both + origin, 6);
});

test("activations have their values at 1 and −1", () => {
  const expected: Record<Activation, [number, number]> = {
    relu: [1, 0],
    leakyRelu: [1, -0.2],
    elu: [1, Math.expm1(-1)],
    softplus: [Math.log1p(Math.E), Math.log1p(1 / Math.E)],
    tanh: [Math.tanh(1), -Math.tanh(1)],
    sigmoid: [1 / (1 + Math.exp(-1)), 1 / (1 + Math.E)],
    silu: [1 / (1 + Math.exp(-1)), -1 / (1 + Math.E)],
    gelu: [0.8413447460685429, -0.15865525393145707],
  };
  for (const [name, values] of Object.entries(expected)) {
    const network = mlp({ inputs: 1, outputs: 1, hidden: [1], activation: name as Activation });
    network.variables.forEach((variable, i) => {
      tf.tidy(() => variable.assign(i % 2 === 0 ? tf.onesLike(variable) : tf.zerosLike(variable)));
    });
    const outputs = network.apply(tf.tensor2d([[1], [-1]])).dataSync();
    values.forEach((value, i) => {
      expect(outputs[i], name).toBeCloseTo(value, 6);
    });
  }
  const make = () => mlp({ inputs: 1, outputs: 1, activation: "swash" as Activation });
  expect(make).toThrow('got "swash"');
});
