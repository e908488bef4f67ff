import { afterEach, beforeEach, expect, test } from "vitest";
import { fastBackends, needingBackend } from "../../backends.fixture.ts";
import { offTape } from "../../tape/off-tape.ts";
import { tf, useBackend } from "../../tf.ts";
import { compile } from "../compile.ts";
import { expectSameNumbers } from "../same-numbers.fixture.ts";
import { repeatWhile } from "./repeat.ts";

beforeEach(() => tf.engine().startScope());
afterEach(() => tf.engine().endScope());

/** √a by Heron’s rule until a round changes no number by more than 1e-3 of it, and how many rounds that took. */
function heron(a: tf.Tensor): { root: tf.Tensor; rounds: tf.Tensor } {
  const [root, rounds] = repeatWhile([tf.ones(a.shape), tf.scalar(0)], ([x, count]) => {
    const next = tf.mul(0.5, tf.add(x, tf.div(a, x)));
    const change = tf.max(tf.abs(tf.div(tf.sub(next, x), next)));
    return { state: [next, tf.add(count, 1)], goesOn: tf.greater(change, 1e-3) };
  });
  return { root, rounds };
}

/** The same in double precision, number by number. */
function heronRounds(a: readonly number[]): number {
  let x = a.map(() => 1);
  for (let rounds = 1; ; rounds++) {
    const next = x.map((v, i) => (v + a[i] / v) / 2);
    if (next.every((v, i) => Math.abs(v - x[i]) <= 1e-3 * v)) return rounds;
    x = next;
  }
}

test.each(fastBackends())("on %s a loop ends when its own numbers say so", (backend) => {
  useBackend(backend);
  for (const a of [
    [4, 1],
    [1e4, 2],
  ]) {
    const { root, rounds } = heron(tf.tensor1d(a));
    expect(Array.from(root.dataSync())).toEqual(a.map((v) => expect.closeTo(Math.sqrt(v), 4)));
    expect(rounds.dataSync()[0]).toBe(heronRounds(a));
  }
});

needingBackend("tensorflow").describe("as a graph", () => {
  beforeEach(() => useBackend("tensorflow"));

  test("a loop takes as many rounds as each run's numbers ask for, with the same bits", () => {
    const own = (a: tf.Tensor) => heron(a);
    const compiled = compile(own);
    compiled(tf.tensor1d([4, 1]));
    expect(compiled.info().mode).toBe("graph");
    for (const a of [
      [1, 1],
      [1e4, 2],
      [1e-3, 7],
    ]) {
      const [expected, actual] = [heron, compiled].map((run) => {
        const { root, rounds } = run(tf.tensor1d(a));
        return [Array.from(root.dataSync()), rounds.dataSync()[0]];
      });
      expectSameNumbers([actual[0]], [expected[0]]);
      expect([actual[1], expected[1]]).toEqual([heronRounds(a), heronRounds(a)]);
    }
    expect(compiled.info().mode).toBe("graph");
  });

  test("loops follow each other, see variables as they are, and what does not change stands before them", () => {
    const factor = tf.variable(tf.scalar(2));
    const twice = (a: tf.Tensor) => {
      const { root } = heron(tf.mul(a, factor));
      return heron(root);
    };
    const compiled = compile(twice);
    for (const value of [2, 3, 50]) {
      factor.assign(tf.scalar(value));
      const { root } = compiled(tf.tensor1d([8, 16]));
      expect(Array.from(root.dataSync())).toEqual(Array.from(twice(tf.tensor1d([8, 16])).root.dataSync()));
      expect(root.dataSync()[1]).toBeCloseTo((16 * value) ** 0.25, 4);
    }
    expect(compiled.info().mode).toBe("graph");
    factor.dispose();
  });

  test("a tensor that a round only passes on, or replaces by what never changes, is what it should be", () => {
    const run = (a: tf.Tensor) =>
      repeatWhile([a, tf.scalar(0), a], ([same, count]) => {
        const next = tf.add(count, 1);
        return { state: [same, next, tf.neg(a)], goesOn: tf.less(next, 3) };
      });
    const compiled = compile(run);
    for (const v of [5, 7]) {
      const numbers = compiled(tf.scalar(v)).map((tensor) => tensor.dataSync()[0]);
      expect(numbers).toEqual([v, 3, -v]);
    }
  });

  test("a loop within a loop stays eager, with the right numbers, and says why", () => {
    const nested = (a: tf.Tensor) =>
      repeatWhile([a], ([x]) => {
        const { root } = heron(x);
        return { state: [root], goesOn: tf.greater(tf.max(root), 1.9) };
      })[0];
    const compiled = compile(nested);
    for (let i = 0; i < 2; i++) {
      expect(compiled(tf.tensor1d([256])).dataSync()[0]).toBeCloseTo(Math.SQRT2, 4);
      expect(compiled.info()).toMatchObject({ mode: "eager", reason: "a loop is part of another one" });
    }
  });

  test("a loop off the tape counts as a constant for a gradient that is compiled around it", () => {
    const slope = (a: tf.Tensor) =>
      tf.grad((x: tf.Tensor) =>
        tf.mul(
          x,
          offTape(() => heron(x).root),
        ),
      )(a);
    const compiled = compile(slope);
    for (const v of [4, 9]) expect(compiled(tf.tensor1d([v])).dataSync()[0]).toBeCloseTo(Math.sqrt(v), 5);
    expect(compiled.info().mode).toBe("graph");
  });
});

test("leaves its result behind and nothing else", () => {
  const before = tf.memory().numTensors;
  const a = tf.tensor1d([4, 1]);
  const [root] = repeatWhile([a], ([x]) => {
    const next = tf.mul(0.5, tf.add(x, tf.div(a, x)));
    return { state: [next], goesOn: tf.greater(tf.max(tf.abs(tf.sub(next, x))), 1e-3) };
  });
  tf.dispose([a, root]);
  expect(tf.memory().numTensors).toBe(before);
});
