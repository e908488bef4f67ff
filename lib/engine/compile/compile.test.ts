import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterEach, beforeEach, expect, test } from "vitest";
import { matrixInverse } from "../../linear-algebra/matrix-operations.ts";
import { random } from "../../random/random.ts";
import { needingBackend } from "../backends.fixture.ts";
import { tf, useBackend } from "../tf.ts";
import { compile } from "./compile.ts";
import { countGraphs } from "./native.ts";
import { isRecording } from "./recording.ts";
import { expectSameNumbers } from "./same-numbers.fixture.ts";

const onTensorflow = needingBackend("tensorflow");

/** Calls often enough to see the recorded run and the graph; returns the graph's numbers. */
function twice<A extends readonly unknown[]>(fn: (...args: A) => tf.Tensor, ...args: A): number[] {
  const compiled = compile(fn);
  const first = Array.from(compiled(...args).dataSync());
  const second = Array.from(compiled(...args).dataSync());
  const plain = Array.from(fn(...args).dataSync());
  expect(compiled.info()).toMatchObject({ mode: "graph" });
  for (const numbers of [first, second]) expectSameNumbers([numbers], [plain]);
  compiled.dispose();
  return second;
}

const column = (...values: number[]) => tf.tensor2d(values, [values.length, 1]);

onTensorflow.describe("compile on tensorflow", () => {
  beforeEach(() => {
    useBackend("tensorflow");
    tf.engine().startScope();
  });
  afterEach(() => tf.engine().endScope());

  const x = () => tf.tensor2d([0.3, -1.2, 2.5, 0.7, -0.1, 1.9], [3, 2]);
  const positive = () => tf.abs(x());
  const FUNCTIONS: Record<string, (x: tf.Tensor) => tf.Tensor> = {
    arithmetic: (x) => tf.div(tf.sub(tf.mul(tf.add(x, 1), x), 0.5), tf.add(tf.square(x), 2)),
    "elementwise functions": (x) =>
      tf.addN([
        tf.exp(x),
        tf.tanh(x),
        tf.sigmoid(x),
        tf.softplus(x),
        tf.elu(x),
        tf.erf(x),
        tf.log1p(tf.abs(x)),
      ]),
    "more of them": (x) =>
      tf.addN([tf.relu(x), tf.leakyRelu(x), tf.selu(x), tf.sin(x), tf.atan(x), tf.floor(x), tf.sign(x)]),
    reductions: (x) => tf.stack([tf.sum(x), tf.mean(x), tf.max(x), tf.min(x), tf.prod(x), tf.logSumExp(x)]),
    "softmax and logSoftmax": (x) => tf.add(tf.softmax(x), tf.logSoftmax(x)),
    "a choice": (x) => tf.where(tf.logicalAnd(tf.greater(x, 0), tf.lessEqual(x, 1)), tf.exp(x), tf.neg(x)),
    "shapes and slices": (x) =>
      tf.concat([
        tf.slice(tf.transpose(x), [0, 1], [1, 2]),
        tf.reshape(tf.tile(tf.expandDims(x, 1), [1, 1, 1]), [3, 2]),
      ]),
    "split, stack, reverse, pad": (x) => {
      const [a, b] = tf.split(x, 2, 1);
      return tf.pad(
        tf.reverse(tf.stack([a, b]), 0),
        [
          [0, 0],
          [1, 0],
          [0, 0],
        ],
        0.5,
      );
    },
    "gather and one-hot": (x) =>
      tf.add(tf.gather(x, tf.tensor1d([2, 0], "int32")), tf.oneHot(tf.tensor1d([0, 1], "int32"), 2)),
    "indices that are computed": (x) =>
      tf.gather(tf.reshape(x, [-1]), tf.cast(tf.greater(tf.sum(x, 1), 1), "int32")),
    cumsum: (x) => tf.cumsum(x, 1),
    searchSorted: (x) =>
      tf.cast(
        tf.searchSorted(
          tf.tensor2d([
            [-1, 0, 1],
            [-1, 0, 1],
            [-1, 0, 1],
          ]),
          x,
          "right",
        ),
        "float32",
      ),
    "matrix products": (x) => tf.matMul(tf.matMul(x, x, false, true), tf.ones([3, 3])),
    convolution: (x) =>
      tf.conv2d(
        tf.reshape(x, [1, 3, 2, 1]) as tf.Tensor4D,
        tf.fill([3, 3, 1, 2], 0.3) as tf.Tensor4D,
        1,
        "same",
      ),
    "strided slices": (x) => tf.stridedSlice(x, [0, 0], [3, 2], [2, 1]),
    gradients: (x) => tf.grad((v) => tf.sum(tf.mul(tf.exp(tf.mul(v, -0.5)), tf.tanh(v))))(x),
    "second gradients": (x) =>
      tf.grad((v) => tf.sum(tf.square(tf.grad((w) => tf.sum(tf.exp(tf.tanh(w))))(v))))(x),
    "its argument": (x) => x,
    "a constant": () => tf.range(0, 5),
  };

  test.each(Object.entries(FUNCTIONS))("gives the same numbers to the last bit: %s", (_name, fn) => {
    twice(fn, x());
    twice((x: tf.Tensor) => fn(x), positive());
  });

  test("computes with the numbers of each call, and with variables as they are then", () => {
    const scale = tf.variable(tf.scalar(2));
    const shift = tf.tensor1d([10]);
    const compiled = compile((x: tf.Tensor) => tf.add(tf.mul(x, scale), shift));
    const at = (value: number) => compiled(column(value)).dataSync()[0];
    expect([at(1), at(2)]).toEqual([12, 14]);
    scale.assign(tf.scalar(-1));
    expect([at(1), at(2)]).toEqual([9, 8]);
    expect(compiled.info().mode).toBe("graph");
    scale.dispose();
    expect(() => at(1)).toThrow(/variable.*disposed/);
    compiled.dispose();
  });

  test("tells variables apart that share their numbers, from each other and from arguments", () => {
    const start = tf.scalar(1);
    const [a, b] = [tf.variable(start), tf.variable(start)];
    const compiled = compile((x: tf.Tensor, y: tf.Tensor) => tf.stack([a, b, x, y, start]));
    compiled(start, start);
    a.assign(tf.scalar(2));
    b.assign(tf.scalar(3));
    expect(Array.from(compiled(tf.scalar(4), a).dataSync())).toEqual([2, 3, 4, 2, 1]);
    tf.dispose([a, b]);
    compiled.dispose();
  });

  test("records anew for other shapes, types and plain arguments, and only then", () => {
    let runs = 0;
    const compiled = compile((x: tf.Tensor, options: { power: number }) => {
      runs += 1;
      return { [`to the ${options.power}`]: [tf.pow(tf.cast(x, "float32"), options.power)], size: x.size };
    });
    const call = (x: tf.Tensor, power: number) => {
      const result = compiled(x, { power }) as Record<string, tf.Tensor[]>;
      return Array.from(result[`to the ${power}`][0].dataSync());
    };
    for (let i = 0; i < 3; i++) {
      expect(call(tf.tensor1d([1, 2]), 2)).toEqual([1, 4]);
      expect(call(tf.tensor1d([1, 2, 3]), 2)).toEqual([1, 4, 9]);
      expect(call(tf.tensor1d([1, 2], "int32"), 2)).toEqual([1, 4]);
      expect(call(tf.tensor1d([1, 2]), 3)).toEqual([1, 8]);
    }
    expect(runs).toBe(4);
    expect(compiled(tf.tensor1d([1, 2]), { power: 2 }).size).toBe(2);
    compiled.dispose();
  });

  test("the same function gives the same compiled one", () => {
    const fn = (x: tf.Tensor) => tf.exp(x);
    expect(compile(fn)).toBe(compile(fn));
  });

  test("waits for so many calls as it is told to", () => {
    const compiled = compile((x: tf.Tensor) => tf.exp(x), { after: 2 });
    const modes = [1, 2, 3, 4].map((value) => {
      compiled(tf.scalar(value));
      return compiled.info().mode;
    });
    expect(modes).toEqual(["eager", "eager", "graph", "graph"]);
    compiled.dispose();
  });

  const variable = () => tf.variable(tf.scalar(1));
  const REFUSED: Record<string, [() => (x: tf.Tensor) => tf.Tensor, RegExp]> = {
    "reads a result": [() => (x) => tf.mul(x, tf.sum(x).dataSync()[0]), /reads the result of Sum/],
    "reads an argument": [() => (x) => tf.mul(x, Number(x.arraySync())), /reads the numbers of an argument/],
    "reads a variable": [
      () => {
        const v = variable();
        return (x) => tf.mul(x, v.dataSync()[0]);
      },
      /reads the numbers of a variable/,
    ],
    "draws random numbers": [() => (x) => tf.mul(x, random(1).normalTensor([])), /draws random numbers/],
    "draws TensorFlow's": [() => (x) => tf.mul(x, tf.randomNormal([])), /draws random numbers/],
    "changes a variable": [
      () => {
        const v = variable();
        return (x) => {
          v.assign(tf.add(v, 1));
          return tf.mul(x, v);
        };
      },
      /changes the variable/,
    ],
  };

  test.each(Object.entries(REFUSED))(
    "stays eager, with a reason, for a function that %s",
    (_name, [make, reason]) => {
      const [plain, compiled] = [make(), compile(make())];
      for (let i = 0; i < 3; i++) {
        const [expected, actual] = [plain(tf.scalar(i)), compiled(tf.scalar(i))].map((t) => t.dataSync()[0]);
        // Random numbers of TensorFlow's own have no seed here.
        if (!reason.source.includes("draws")) expect(actual).toBe(expected);
        expect(compiled.info()).toMatchObject({ mode: "eager", reason: expect.stringMatching(reason) });
      }
    },
  );

  test("stays eager, with a reason, for a function that returns no tensor", () => {
    const compiled = compile((x: tf.Tensor) => ({ size: x.size, rank: x.rank }));
    const [x, y] = [tf.ones([2, 3]), tf.zeros([2, 3])];
    for (const input of [x, y, x]) {
      expect(compiled(input)).toEqual({ size: 6, rank: 2 });
      expect(compiled.info()).toMatchObject({ mode: "eager", reason: "the function returns no tensor" });
    }
    compiled.dispose();
  });

  test("an operation that fails in the graph leaves the function to say why, and the graph goes on", () => {
    const compiled = compile((x: tf.Tensor) => {
      if (!isRecording() && x.dataSync()[0] === 0) throw new RangeError("a matrix of one 0");
      return matrixInverse(x);
    });
    const at = (value: number) => compiled(tf.tensor2d([[value]])).dataSync()[0];
    expect([at(2), at(4)]).toEqual([0.5, 0.25]);
    const before = tf.memory().numTensors;
    const zero = tf.tensor2d([[0]]);
    expect(() => compiled(zero)).toThrow(new RangeError("a matrix of one 0"));
    zero.dispose();
    expect(tf.memory().numTensors).toBe(before);
    expect(compiled.info()).toMatchObject({ mode: "eager", reason: expect.stringMatching(/not invertible/) });
    expect(at(8)).toBe(0.125);
    expect(compiled.info().mode).toBe("graph");
    compiled.dispose();
  });

  test("stays eager within a gradient and within another recording, which both see its operations", () => {
    const inner = compile((x: tf.Tensor) => tf.square(x));
    inner(tf.scalar(1));
    expect(
      tf
        .grad((x) => inner(x))(tf.scalar(3))
        .dataSync()[0],
    ).toBe(6);
    expect(inner.info().reason).toMatch(/gradient/);
    expect(twice((x: tf.Tensor) => tf.add(inner(x), 1), tf.scalar(3))).toEqual([10]);
    inner.dispose();
  });

  test("an error of the function comes through, and spoils nothing", () => {
    const compiled = compile((x: tf.Tensor) => {
      expect(isRecording()).toBe(true);
      return tf.matMul(x as tf.Tensor2D, x as tf.Tensor2D);
    });
    expect(() => compiled(column(1, 2))).toThrow(/size-incompatible/);
    expect(isRecording()).toBe(false);
    expect(compiled(column(3)).dataSync()[0]).toBe(9);
    expect(() => compile(() => new Map())()).toThrow(/got Map/);
    compiled.dispose();
  });

  test("an index that is out of range is an error in the graph too", () => {
    const compiled = compile((x: tf.Tensor, i: tf.Tensor) => tf.gather(x, i as tf.Tensor1D));
    const [numbers, index] = [tf.tensor1d([1, 2, 3]), (i: number) => tf.tensor1d([i], "int32")];
    expect([compiled(numbers, index(2)), compiled(numbers, index(0))].map((t) => t.dataSync()[0])).toEqual([
      3, 1,
    ]);
    expect(() => compiled(numbers, index(3))).toThrow(/not in \[0, 3\)/);
    expect(() => tf.gather(numbers, index(3))).toThrow(/not in \[0, 3\)/);
    compiled.dispose();
  });

  test("leaves no tensor, no file and, once disposed, no graph behind", () => {
    const files = () => readdirSync(tmpdir()).filter((name) => name.startsWith("flowlab-graph-"));
    const [graphs, before] = [countGraphs(), files()];
    const compiled = compile((x: tf.Tensor) => ({ y: tf.exp(tf.add(x, tf.ones([2]))) }));
    const input = tf.tensor1d([1, 2]);
    const tensors = tf.memory().numTensors;
    const handles = (tf.backend() as unknown as { getNumOfTFTensors(): number }).getNumOfTFTensors();
    for (let i = 0; i < 100; i++) compiled(input).y.dispose();
    expect(tf.memory().numTensors).toBe(tensors);
    // The input itself reaches libtensorflow at its first use.
    const after = (tf.backend() as unknown as { getNumOfTFTensors(): number }).getNumOfTFTensors();
    expect(after - handles).toBeLessThanOrEqual(1);
    expect(countGraphs()).toBe(graphs + 1);
    expect(files()).toEqual(before);
    for (let length = 1; length < 30; length++) compiled(tf.ones([length, 2]));
    expect(countGraphs()).toBeLessThanOrEqual(graphs + 16);
    compiled.dispose();
    expect(countGraphs()).toBe(graphs);
  });
});

test("on another backend it stays eager and says so", () => {
  useBackend("cpu");
  const compiled = compile((x: tf.Tensor) => tf.exp(x));
  expect(compiled(tf.scalar(0)).dataSync()[0]).toBe(1);
  expect(compiled.info()).toMatchObject({
    mode: "eager",
    reason: "the backend is cpu; graphs need tensorflow",
  });
});
