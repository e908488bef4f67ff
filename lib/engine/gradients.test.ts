import { execFileSync } from "node:child_process";
import type { Tensor, Tensor4D } from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { everyBackend } from "./backends.fixture.ts";
import { gradientByDifferences, hessianProductByDifferences } from "./differences.ts";
import { tf, useBackend } from "./tf.ts";

/** One function written twice: with tensors, and with numbers as the reference. */
interface Expression {
  tensor(x: Tensor): Tensor;
  numbers(x: number[]): number[];
  at?: number[];
}

const sigma = (x: number) => 1 / (1 + Math.exp(-x));
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const logSumExp = (x: number[]) => Math.log(sum(x.map(Math.exp)));
const each = (f: (x: number) => number) => (x: number[]) => x.map(f);
const elu = (x: number) => (x > 0 ? x : Math.expm1(x));
const positive = [0.3, 1.7, 0.9, 2.5, 0.6, 1.1];

// No point is nearer to a kink (0, ±1, ties) than the 4e-3 that the differences reach.
const POINTS = [-1.4, -0.35, 0.2, 0.75, 1.6, 2.3];

const EXPRESSIONS: Record<string, Expression> = {
  exp: { tensor: (x) => tf.exp(x), numbers: each(Math.exp) },
  expm1: { tensor: (x) => tf.expm1(x), numbers: each(Math.expm1) },
  log: { tensor: (x) => tf.log(x), numbers: each(Math.log), at: positive },
  log1p: { tensor: (x) => tf.log1p(x), numbers: each(Math.log1p), at: positive },
  sqrt: { tensor: (x) => tf.sqrt(x), numbers: each(Math.sqrt), at: positive },
  rsqrt: { tensor: (x) => tf.rsqrt(x), numbers: each((x) => x ** -0.5), at: positive },
  reciprocal: { tensor: (x) => tf.reciprocal(x), numbers: each((x) => 1 / x), at: positive },
  square: { tensor: (x) => tf.square(x), numbers: each((x) => x * x) },
  tanh: { tensor: (x) => tf.tanh(x), numbers: each(Math.tanh) },
  sigmoid: { tensor: (x) => tf.sigmoid(x), numbers: each(sigma) },
  logSigmoid: { tensor: (x) => tf.logSigmoid(x), numbers: each((x) => Math.log(sigma(x))) },
  softplus: { tensor: (x) => tf.softplus(x), numbers: each((x) => Math.log1p(Math.exp(x))) },
  silu: { tensor: (x) => tf.mul(x, tf.sigmoid(x)), numbers: each((x) => x * sigma(x)) },
  elu: { tensor: (x) => tf.elu(x), numbers: each(elu) },
  selu: {
    tensor: (x) => tf.selu(x),
    numbers: each((x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x))),
  },
  "elu far out": { tensor: (x) => tf.elu(x), numbers: each(elu), at: [-30, -3, 0.5, 3, 95, 200] },
  "relu of a curve": {
    tensor: (x) => tf.relu(tf.sub(tf.mul(x, tf.square(x)), 1)),
    numbers: each((x) => Math.max(0, x ** 3 - 1)),
  },
  leakyRelu: { tensor: (x) => tf.leakyRelu(x, 0.2), numbers: each((x) => (x > 0 ? x : 0.2 * x)) },
  sin: { tensor: (x) => tf.sin(x), numbers: each(Math.sin) },
  atan: { tensor: (x) => tf.atan(x), numbers: each(Math.atan) },
  sinh: { tensor: (x) => tf.sinh(x), numbers: each(Math.sinh) },
  erf: {
    tensor: (x) => tf.erf(x),
    // Σ (−1)ⁿ x²ⁿ⁺¹ / (n!(2n+1)): 60 terms reach double precision for |x| < 3
    numbers: each((x) => {
      let [term, total] = [x, x];
      for (let n = 1; n < 60; n++) {
        term *= (-x * x) / n;
        total += term / (2 * n + 1);
      }
      return (2 / Math.sqrt(Math.PI)) * total;
    }),
  },
  "pow of x": { tensor: (x) => tf.pow(x, 2.5), numbers: each((x) => x ** 2.5), at: positive },
  "pow to the x": { tensor: (x) => tf.pow(1.7, x), numbers: each((x) => 1.7 ** x) },
  "x to the x": { tensor: (x) => tf.pow(x, x), numbers: each((x) => x ** x), at: positive },
  softmax: { tensor: (x) => tf.softmax(x), numbers: (x) => x.map((v) => Math.exp(v - logSumExp(x))) },
  logSoftmax: { tensor: (x) => tf.logSoftmax(x), numbers: (x) => x.map((v) => v - logSumExp(x)) },
  "method logSoftmax": { tensor: (x) => x.logSoftmax(), numbers: (x) => x.map((v) => v - logSumExp(x)) },
  logSumExp: { tensor: (x) => tf.logSumExp(x), numbers: (x) => [logSumExp(x)] },
  "max of squares": {
    tensor: (x) => tf.max(tf.square(x)),
    numbers: (x) => [Math.max(...x.map((v) => v * v))],
  },
  "min of exp": { tensor: (x) => tf.min(tf.exp(x)), numbers: (x) => [Math.min(...x.map(Math.exp))] },
  maximum: {
    tensor: (x) => tf.maximum(tf.exp(x), tf.square(x)),
    numbers: each((x) => Math.max(Math.exp(x), x * x)),
  },
  clip: {
    tensor: (x) => tf.exp(tf.clipByValue(x, -1, 1)),
    numbers: each((x) => Math.exp(Math.min(1, Math.max(-1, x)))),
  },
  "where greater": {
    tensor: (x) => tf.where(tf.greater(x, 0), tf.exp(x), tf.tanh(x)),
    numbers: each((x) => (x > 0 ? Math.exp(x) : Math.tanh(x))),
  },
  "where of logic": {
    tensor: (x) => {
      const inside = tf.logicalAnd(tf.lessEqual(x, 1), tf.logicalNot(tf.less(x, -1)));
      return tf.where(tf.logicalOr(inside, tf.notEqual(x, x)), tf.square(x), tf.sigmoid(x));
    },
    numbers: each((x) => (x <= 1 && x >= -1 ? x * x : sigma(x))),
  },
  "exp of tanh": { tensor: (x) => tf.exp(tf.tanh(x)), numbers: each((x) => Math.exp(Math.tanh(x))) },
  "log-scale of an affine layer": {
    tensor: (x) => tf.mul(x, tf.exp(tf.mul(2, tf.tanh(tf.div(x, 2))))),
    numbers: each((x) => x * Math.exp(2 * Math.tanh(x / 2))),
  },
  cumsum: {
    tensor: (x) => tf.exp(tf.cumsum(tf.mul(x, 0.3))),
    numbers: (x) => x.map((_, i) => Math.exp(0.3 * sum(x.slice(0, i + 1)))),
  },
  cumprod: { tensor: (x) => tf.cumprod(x), numbers: (x) => x.map((_, i) => product(x.slice(0, i + 1))) },
  "cumsum down the columns": {
    tensor: (x) => tf.exp(tf.cumsum(tf.reshape(x, [3, 2]), 0, true)),
    numbers: (x) => [0, 0, x[0], x[1], x[0] + x[2], x[1] + x[3]].map(Math.exp),
  },
  "cumsum along the last axis, counted from the end": {
    tensor: (x) => tf.exp(tf.reshape(x, [2, 3]).cumsum(-1, false, true)),
    numbers: (x) =>
      [x[0] + x[1] + x[2], x[1] + x[2], x[2], x[3] + x[4] + x[5], x[4] + x[5], x[5]].map(Math.exp),
  },
  "cumprod down the columns": {
    tensor: (x) => tf.cumprod(tf.reshape(x, [3, 2]), -2),
    numbers: (x) => [x[0], x[1], x[0] * x[2], x[1] * x[3], x[0] * x[2] * x[4], x[1] * x[3] * x[5]],
  },
  "cumprod with a zero, exclusive": {
    tensor: (x) => tf.cumprod(x, 0, true),
    numbers: (x) => x.map((_, i) => product(x.slice(0, i))),
    at: [0.7, -1.2, 0, 1.4, 0.8, -0.6],
  },
  "cumprod backwards": {
    tensor: (x) => tf.cumprod(x, 0, false, true),
    numbers: (x) => x.map((_, i) => product(x.slice(i))),
  },
  prod: { tensor: (x) => tf.prod(x), numbers: (x) => [product(x)] },
  "gather by a search": {
    // What a spline does: find the bin of x between knots that depend on x too, and take the bin's parameters.
    tensor: (x) => {
      const knots = tf.cumsum(tf.exp(tf.mul(x, 0.1)));
      const bins = tf.searchSorted(knots, tf.abs(x), "right");
      return tf.mul(tf.gather(tf.exp(x), bins), tf.add(x, tf.gather(knots, bins)));
    },
    numbers: (x) => {
      const knots = x.map((_, i) => sum(x.slice(0, i + 1).map((v) => Math.exp(0.1 * v))));
      return x.map((v) => {
        const bin = knots.filter((knot) => knot <= Math.abs(v)).length;
        return Math.exp(x[bin]) * (v + knots[bin]);
      });
    },
  },
  "gather by a rounded position": {
    tensor: (x) => {
      const bin = tf.cast(tf.floor(tf.clipByValue(x, 0, 1.9)), "int32");
      return tf.mul(tf.gather(tf.exp(x), bin), x);
    },
    numbers: (x) => x.map((v) => Math.exp(x[Math.floor(Math.min(1.9, Math.max(0, v)))]) * v),
  },
  "gather rows": {
    tensor: (x) => tf.exp(tf.gather(tf.reshape(x, [3, 2]), [2, 0, 0])),
    numbers: (x) => [x[4], x[5], x[0], x[1], x[0], x[1]].map(Math.exp),
  },
  gatherND: {
    tensor: (x) =>
      tf.exp(
        tf.gatherND(tf.reshape(x, [3, 2]), [
          [2, 1],
          [0, 0],
        ]),
      ),
    numbers: (x) => [Math.exp(x[5]), Math.exp(x[0])],
  },
  scatterND: {
    tensor: (x) => tf.exp(tf.scatterND(tf.tensor2d([[3], [1]], [2, 1], "int32"), tf.slice(x, 1, 2), [5])),
    numbers: (x) => [1, Math.exp(x[2]), 1, Math.exp(x[1]), 1],
  },
  topk: {
    tensor: (x) => tf.exp(tf.topk(x, 2).values),
    numbers: (x) =>
      [...x]
        .sort((a, b) => b - a)
        .slice(0, 2)
        .map(Math.exp),
  },
  stridedSlice: {
    tensor: (x) => tf.exp(tf.stridedSlice(tf.reshape(x, [2, 3]), [0, 2], [2, -4], [1, -2])),
    numbers: (x) => [x[2], x[0], x[5], x[3]].map(Math.exp),
  },
  "unstack of one": { tensor: (x) => tf.exp(tf.unstack(tf.reshape(x, [1, 6]))[0]), numbers: each(Math.exp) },
  "split into one": { tensor: (x) => tf.exp(tf.split(x, 1)[0]), numbers: each(Math.exp) },
  "split in two": {
    tensor: (x) => tf.mul(...(tf.split(tf.exp(x), 2) as [Tensor, Tensor])),
    numbers: (x) => [0, 1, 2].map((i) => Math.exp(x[i] + x[i + 3])),
  },
  depthToSpace: {
    tensor: (x) =>
      tf.exp(tf.depthToSpace(tf.reshape(tf.slice(x, 0, 4), [1, 1, 1, 4]) as Tensor4D, 2, "NHWC")),
    numbers: (x) => x.slice(0, 4).map(Math.exp),
  },
  "matrix product": {
    tensor: (x) => tf.tanh(tf.matMul(tf.reshape(x, [2, 3]), tf.reshape(x, [3, 2]))),
    numbers: (x) =>
      [0, 1].flatMap((i) =>
        [0, 1].map((j) => Math.tanh(sum([0, 1, 2].map((k) => x[3 * i + k] * x[2 * k + j])))),
      ),
  },
  conv2d: {
    // Input and filter both depend on x, so that every gradient of the convolution takes part.
    tensor: (x) => {
      const image = tf.reshape(tf.concat([x, tf.square(x), tf.sin(x)]), [1, 3, 3, 2]) as Tensor4D;
      const filter = tf.reshape(tf.concat([x, tf.mul(x, 0.5)]), [2, 3, 2, 1]) as Tensor4D;
      return tf.mul(tf.conv2d(image, filter, 1, "same"), 0.3);
    },
    numbers: (x) => {
      const image = [...x, ...x.map((v) => v * v), ...x.map(Math.sin)];
      const filter = [...x, ...x.map((v) => v * 0.5)];
      return range(3).flatMap((r) => range(3).map((c) => 0.3 * tap(image, filter, r, c)));
    },
  },
};

/** "same" padding of a 2×3 filter: nothing above and to the left of the first row's tap, one column on each side. */
function tap(image: number[], filter: number[], row: number, column: number): number {
  let total = 0;
  for (const i of range(2)) {
    for (const j of range(3)) {
      const [r, c] = [row + i, column + j - 1];
      if (r > 2 || c < 0 || c > 2) continue;
      for (const k of range(2)) total += image[(r * 3 + c) * 2 + k] * filter[(i * 3 + j) * 2 + k];
    }
  }
  return total;
}

function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}

function product(values: number[]): number {
  return values.reduce((total, value) => total * value, 1);
}

// Irregular weights and direction: a mistake in one entry cannot cancel against another.
const WEIGHTS = [0.7, -1.1, 0.4, 0.9, -0.6, 1.3, 0.2, -0.8, 0.5];
const DIRECTION = [0.4, -0.9, 0.7, 0.3, -0.5, 0.8];

function reference(expression: Expression): (x: number[]) => number {
  return (x) => sum(expression.numbers(x).map((value, i) => value * WEIGHTS[i]));
}

function weighted(expression: Expression): (x: Tensor) => Tensor {
  return (x) => {
    const y = tf.reshape(expression.tensor(x), [-1]);
    return tf.sum(tf.mul(y, WEIGHTS.slice(0, y.size)));
  };
}

/**
 * float32 rounds each result to 6e-8 of its size; a derivative here is a sum of at most a few hundred products of
 * such results, with values up to the largest entry: 2e-5 of it leaves a factor of ten over what is seen.
 */
function expectClose(actual: number[], expected: number[]): void {
  const size = Math.max(1, ...expected.map(Math.abs));
  const error = Math.max(...actual.map((value, i) => Math.abs(value - expected[i])));
  expect(error, `got ${actual}, expected ${expected}`).toBeLessThan(2e-5 * size);
}

test.each(everyBackend())("a search on %s finds both sides of a tie", (backend) => {
  useBackend(backend);
  const knots = tf.tensor2d([[0, 1, 1, 3]]);
  const search = (side: "left" | "right") =>
    Array.from(tf.searchSorted(knots, tf.tensor2d([[-1, 1, 2, 3, 4]]), side).dataSync());
  expect([search("left"), search("right")]).toEqual([
    [0, 1, 3, 3, 4],
    [0, 3, 3, 4, 4],
  ]);
});

describe.each(everyBackend())("gradients on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test.each(Object.entries(EXPRESSIONS))("first and second derivative of %s", (_name, expression) => {
    const point = expression.at ?? POINTS;
    const loss = weighted(expression);
    const gradient = tf.grad(loss);
    const hessianProduct = tf.grad((x) => tf.sum(tf.mul(gradient(x), DIRECTION)));
    const f = reference(expression);
    const [first, second] = tf.tidy(() => {
      const x = tf.tensor1d(point);
      return [Array.from(gradient(x).dataSync()), Array.from(hessianProduct(x).dataSync())];
    }) as unknown as number[][];
    expectClose(first, gradientByDifferences(f, point));
    expectClose(second, hessianProductByDifferences(f, point, DIRECTION));
  });

  test("a strided convolution's filter gets its gradient", () => {
    const image = range(2 * 5 * 4 * 2).map((i) => Math.sin(1 + i * i));
    const filter = range(3 * 2 * 2 * 3).map((i) => Math.cos(2 + i * i));
    const loss = (w: Tensor) => {
      const x = tf.tensor4d(image, [2, 5, 4, 2]);
      return tf.sum(tf.square(tf.conv2d(x, tf.reshape(w, [3, 2, 2, 3]) as Tensor4D, [2, 1], "valid")));
    };
    const f = (w: number[]) => {
      let total = 0;
      for (const n of range(2))
        for (const r of range(2))
          for (const c of range(3))
            for (const o of range(3)) {
              let value = 0;
              for (const i of range(3))
                for (const j of range(2))
                  for (const k of range(2)) {
                    value +=
                      image[((n * 5 + 2 * r + i) * 4 + c + j) * 2 + k] * w[((i * 2 + j) * 2 + k) * 3 + o];
                  }
              total += value * value;
            }
      return total;
    };
    const gradient = tf.tidy(() => Array.from(tf.grad(loss)(tf.tensor1d(filter)).dataSync()));
    expectClose(gradient, gradientByDifferences(f, filter));
  });

  test("computing gradients leaves no tensor behind", () => {
    const gradient = tf.grad(weighted(EXPRESSIONS.softmax));
    const before = tf.memory().numTensors;
    tf.tidy(() =>
      tf
        .grad((x) => tf.sum(gradient(x)))(tf.tensor1d(POINTS))
        .dataSync(),
    );
    expect(tf.memory().numTensors).toBe(before);
  });
});

test("the library without the repairs gets the second derivative of exp wrong", () => {
  // In a process of its own: the repairs are made once, for the whole process.
  const script = `
    const tf = require("@tensorflow/tfjs");
    tf.setBackend("cpu");
    const slope = tf.grad((x) => tf.mul(x, tf.exp(x)));
    process.stdout.write(String(tf.grad((x) => slope(x))(tf.scalar(1)).dataSync()[0]));`;
  const output = execFileSync(process.execPath, ["-e", script], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  // (x·eˣ)″ = (x + 2)·eˣ
  expect(Math.abs(Number(output) - 3 * Math.E)).toBeGreaterThan(0.5);
});
