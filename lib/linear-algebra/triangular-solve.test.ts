import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { everyBackend } from "../engine/backends.fixture.ts";
import { gradientByDifferences, hessianProductByDifferences } from "../engine/differences.ts";
import { tf, useBackend } from "../engine/tf.ts";
import { random } from "../random/random.ts";
import { triangularSolve } from "./triangular-solve.ts";

const N = 4;
const COLUMNS = 3;
const noise = random(11);
/** Full matrices: the half that does not count must not count. */
const A = noise.normal(N * N).map((v, k) => Math.fround(k % (N + 1) === 0 ? 2 + Math.abs(v) : v));
const B = noise.normal(N * COLUMNS).map(Math.fround);

describe.each(everyBackend())("on %s", (backend) => {
  beforeAll(() => useBackend(backend));
  beforeEach(() => tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  describe.each(["lower", "upper"] as const)("%s", (half) => {
    test.each([false, true])("solves the equation, transposed: %s, and has its gradient", (transposed) => {
      const solve = (a: tf.Tensor, b: tf.Tensor) => triangularSolve(a, b, { half, transposed });
      const [a, b] = [tf.tensor2d(A, [N, N]), tf.tensor2d(B, [N, COLUMNS])];
      const x = Array.from(solve(a, b).dataSync());
      expect(x).toEqual(reference(A, B, half, transposed).map((v) => expect.closeTo(v, 5)));
      const weights = random(3).normal(B.length);
      const loss = (p: tf.Tensor, q: tf.Tensor) =>
        tf.sum(tf.mul(tf.square(solve(p, q)), tf.tensor2d(weights, [N, COLUMNS])));
      const exact = (p: number[], q: number[]) =>
        reference(p, q, half, transposed).reduce((total, v, k) => total + weights[k] * v * v, 0);
      const [inA, inB] = tf
        .grads(loss)([a, b])
        .map((gradient) => Array.from(gradient.dataSync()));
      expect(inA).toEqual(gradientByDifferences((p) => exact(p, B), A).map((v) => expect.closeTo(v, 4)));
      expect(inB).toEqual(gradientByDifferences((q) => exact(A, q), B).map((v) => expect.closeTo(v, 4)));
    });
  });

  test("has a second derivative", () => {
    const direction = random(6)
      .normal(N * N)
      .map(Math.fround);
    const solve = (a: tf.Tensor) => triangularSolve(a, tf.tensor2d(B, [N, COLUMNS]), { half: "lower" });
    const loss = (a: tf.Tensor) => tf.sum(tf.square(solve(a)));
    const slope = (a: tf.Tensor) => tf.sum(tf.mul(tf.grad(loss)(a), tf.tensor2d(direction, [N, N])));
    const product = Array.from(
      tf
        .grad(slope)(tf.tensor2d(A, [N, N]))
        .dataSync(),
    );
    const exact = (a: number[]) => reference(a, B, "lower", false).reduce((total, v) => total + v * v, 0);
    const expected = hessianProductByDifferences(exact, A, direction);
    expect(product).toEqual(expected.map((v) => expect.closeTo(v, 3)));
  });

  test("takes no column at all, and refuses shapes that do not fit", () => {
    expect(triangularSolve(tf.eye(3), tf.zeros([3, 0]), { half: "lower" }).shape).toEqual([3, 0]);
    const wrong = () => triangularSolve(tf.eye(3), tf.zeros([2, 5]), { half: "lower" });
    expect(wrong).toThrow(/got \[3,3\] and \[2,5\]/);
  });
});

/** Solves by substitution for each column, with A spelled out. */
function reference(a: number[], b: number[], half: "lower" | "upper", transposed: boolean): number[] {
  const entry = (i: number, j: number) => ((half === "lower" ? j <= i : j >= i) ? a[i * N + j] : 0);
  const matrix = (i: number, j: number) => (transposed ? entry(j, i) : entry(i, j));
  const rows = Array.from({ length: N }, (_, i) => i);
  const order = (half === "lower") !== transposed ? rows : [...rows].reverse();
  const x = new Array<number>(N * COLUMNS).fill(0);
  for (let column = 0; column < COLUMNS; column++) {
    for (const i of order) {
      const known = rows.reduce((sum, j) => sum + (j === i ? 0 : matrix(i, j) * x[j * COLUMNS + column]), 0);
      x[i * COLUMNS + column] = (b[i * COLUMNS + column] - known) / matrix(i, i);
    }
  }
  return x;
}

test("no tensor, no options and a half that is misspelt are named", () => {
  const [a, b] = [tf.eye(2), tf.ones([2, 1])];
  const call = triangularSolve as (...given: unknown[]) => tf.Tensor;
  expect(() => call([[1]], [[1]], { half: "lower" })).toThrow(
    /triangularSolve: expected tensors, e.g. .*an array/,
  );
  expect(() => call(a, null, { half: "lower" })).toThrow(
    /triangularSolve: expected tensors, e.g. .*got null/,
  );
  expect(() => call(a, b)).toThrow(/triangularSolve: expected options, e.g. triangularSolve\(/);
  // It was taken for the upper one.
  expect(() => call(a, b, { half: "Lower" })).toThrow(/expected the half "lower" or "upper"; got "Lower"/);
  tf.dispose([a, b]);
});
