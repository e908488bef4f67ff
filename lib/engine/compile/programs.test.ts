import fc from "fast-check";
import { afterEach, beforeEach, expect } from "vitest";
import { needingBackend } from "../backends.fixture.ts";
import { tf, useBackend } from "../tf.ts";
import { compile } from "./compile.ts";

const onTensorflow = needingBackend("tensorflow");

/** One step of a program: what is done, and to which of the tensors that there are by then. */
interface Instruction {
  readonly name: string;
  readonly first: number;
  readonly second: number;
}

/** A tensor of [3, 2] or narrower as [3, 2]: a product with ones, as gradients of sums have it. */
const spread = (x: tf.Tensor) => tf.mul(x, tf.ones([3, 2]));

/** Each takes tensors that broadcast to [3, 2], and gives one. */
const INSTRUCTIONS: Readonly<Record<string, (x: tf.Tensor, y: tf.Tensor) => tf.Tensor>> = {
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  div: (x, y) => tf.div(x, tf.add(1.5, tf.square(y))),
  neg: tf.neg,
  tanh: tf.tanh,
  relu: tf.relu,
  spread,
  spreadSum: (x, y) => tf.add(spread(x), spread(y)),
  spreadProduct: (x, y) => tf.mul(spread(x), spread(y)),
  ones: (x) => tf.mul(tf.onesLike(x), x),
  sumOfRow: (x) => tf.sum(spread(x), 1, true),
  sumOfColumn: (x) => tf.sum(spread(x), 0, true),
  sumOfAll: (x) => tf.sum(x),
  reshaped: (x) => tf.reshape(tf.reshape(tf.tanh(spread(x)), [6]), [3, 2]),
  cast: (x) => tf.cast(x, "float32"),
  swapped: (x) => tf.concat(tf.split(spread(x), 2, 1).reverse(), 1),
  joined: (x, y) => {
    const both = tf.concat([tf.tanh(spread(x)), spread(y)], 1);
    return tf.sub(...(tf.split(both, [2, 2], 1) as [tf.Tensor, tf.Tensor]));
  },
  layer: (x, y) => {
    const matrix = tf.slice2d(spread(y) as tf.Tensor2D, [0, 0], [2, 2]);
    return tf.relu(tf.add(tf.matMul(spread(x) as tf.Tensor2D, matrix), tf.tensor1d([0.25, -0.5])));
  },
  products: (x, y) => {
    const square = tf.matMul(spread(x) as tf.Tensor2D, spread(y) as tf.Tensor2D, true);
    return tf.matMul(spread(y) as tf.Tensor2D, square as tf.Tensor2D, false, true);
  },
};

const instruction = fc.record({
  name: fc.constantFrom(...Object.keys(INSTRUCTIONS)),
  first: fc.nat(20),
  second: fc.nat(20),
});

/** All that a program computes of its inputs; the places are counted back from the latest tensor. */
function run(program: readonly Instruction[], inputs: readonly tf.Tensor[]): tf.Tensor[] {
  const known = [...inputs];
  for (const { name, first, second } of program) {
    const at = (place: number) => known[known.length - 1 - (place % known.length)];
    known.push(INSTRUCTIONS[name](at(first), at(second)));
  }
  return known.slice(inputs.length);
}

/** The program's last two results, and the gradient of one number that all tensors are part of. */
function withGradients(program: readonly Instruction[]) {
  const total = (...inputs: tf.Tensor[]) => {
    const all = [...inputs, ...run(program, inputs)];
    return tf.sum(tf.addN(all.map((one) => tf.tanh(spread(one)))));
  };
  return (...inputs: tf.Tensor[]) => [...run(program, inputs).slice(-2), ...tf.grads(total)(inputs)];
}

const bitsOf = (tensors: readonly tf.Tensor[]) =>
  tensors.map((one) => [one.shape, Array.from(one.dataSync(), (v) => (Number.isNaN(v) ? "NaN" : v))]);

beforeEach(() => tf.engine().startScope());
afterEach(() => tf.engine().endScope());

onTensorflow.test("a graph gives every bit of what the program gives, whatever it is made of", () => {
  useBackend("tensorflow");
  const inputs = [
    tf.tensor2d([0.1, -0.2, 0.3, 0.4, 0.7, -0.6], [3, 2]),
    tf.tensor2d([1.5, -2.5, 0.25], [3, 1]),
    tf.tensor2d([-0.75, 1.25], [1, 2]),
    tf.scalar(0.8),
  ];
  fc.assert(
    fc.property(fc.array(instruction, { minLength: 2, maxLength: 12 }), (program) => {
      const fn = withGradients(program);
      const compiled = compile(fn);
      compiled(...inputs);
      expect(bitsOf(compiled(...inputs))).toEqual(bitsOf(fn(...inputs)));
      expect(compiled.info()).toMatchObject({ mode: "graph" });
      compiled.dispose();
    }),
    { seed: 20261121, numRuns: 150 },
  );
});
