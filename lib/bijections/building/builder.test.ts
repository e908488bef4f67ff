import { describe, expect, test } from "vitest";
import { tf } from "../../engine/tf.ts";
import { NoInverseError, ShapeError } from "../../ground/errors.ts";
import type { Bijection } from "../bijection.ts";
import { type Applied, type BijectionOptions, bijection } from "./builder.ts";

/** Doubles vectors of three numbers; a test gives the log-determinant a form. */
function doubling(logDet: (z: tf.Tensor) => tf.Tensor | undefined, more: Partial<BijectionOptions> = {}) {
  const given = (input: tf.Tensor, value: tf.Tensor): Applied => {
    const own = logDet(input);
    return { value, ...(own && { logDet: own }) };
  };
  return bijection({
    name: "doubling",
    event: [3],
    forward: (z) => given(z, tf.mul(z, 2)),
    inverse: (x) => given(x, tf.mul(x, 0.5)),
    ...more,
  });
}

const plain = () => doubling(() => tf.scalar(3 * Math.LN2));
const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

describe("a bijection from its formulas", () => {
  test("is analytic, without variables and without a context, if nothing else is said", () => {
    const map = plain();
    expect(map).toMatchObject({ name: "doubling", eventRank: 1, inverseKind: "analytic", contextSize: 0 });
    expect(map.variables).toEqual([]);
    const absent: readonly (keyof Bijection)[] = ["state", "trainingInverse", "initialize", "config"];
    expect(absent.filter((key) => key in map)).toEqual([]);
  });

  test.each<[string, (z: tf.Tensor) => tf.Tensor | undefined, number]>([
    ["one number for each event", (z) => tf.fill(z.shape.slice(0, -1), 0.5), 0.5],
    ["a log-slope for each number", (z) => tf.fill(z.shape, 0.5), 1.5],
    ["log-slopes of some of them", (z) => tf.fill([...z.shape.slice(0, -1), 2], 0.5), 1],
    ["one number on an axis of its own", (z) => tf.fill([...z.shape.slice(0, -1), 1], 0.5), 0.5],
    ["a scalar for all events", () => tf.scalar(0.5), 0.5],
    ["nothing, for 0", () => undefined, 0],
  ])("may give as logDet %s", (_, logDet, expected) => {
    for (const batch of [[], [0], [2], [2, 1, 4]]) {
      const { value, logDet: own } = doubling(logDet).forward(tf.ones([...batch, 3]));
      expect([value.shape, own.shape]).toEqual([[...batch, 3], batch]);
      expect(numbers(own)).toEqual(Array(own.size).fill(expected));
    }
  });

  test("gets numbers of any type as float32, and leaves its result behind only", () => {
    const map = doubling(() => tf.scalar(3 * Math.LN2), {
      forward: (z) => ({ value: tf.add(z, z), logDet: tf.scalar(3 * Math.LN2) }),
    });
    const z = tf.tensor2d([[1, 2, 3]], [1, 3], "int32");
    const before = tf.memory().numTensors;
    const { value, logDet } = map.forward(z);
    expect(tf.memory().numTensors).toBe(before + 2);
    expect([value.dtype, numbers(value)]).toEqual(["float32", [2, 4, 6]]);
    expect(numbers(logDet)[0]).toBeCloseTo(3 * Math.LN2, 6);
  });

  test("passes what else a direction gives: how it was solved, and the next state", () => {
    const solution = { iterations: 4, residual: 1e-13, errorBound: 1e-12 };
    const count = tf.variable(tf.scalar(0), false);
    const map = doubling(() => undefined, {
      inverse: (x) => ({ value: tf.mul(x, 0.5), solution }),
      trainingInverse: (x) => ({ value: tf.mul(x, 0.5), state: [tf.add(count, 1)] }),
      state: [count],
    });
    const x = tf.ones([2, 3]);
    expect(map.inverse(x).solution).toEqual(solution);
    const before = tf.memory().numTensors;
    const trained = map.trainingInverse?.(x);
    expect(tf.memory().numTensors).toBe(before + 3);
    expect([numbers(trained?.state[0] as tf.Tensor), trained?.logDet.shape]).toEqual([[1], [2]]);
  });

  test("has its gradient", () => {
    const scale = tf.variable(tf.scalar(3));
    const map = doubling(() => undefined, {
      forward: (z) => ({ value: tf.mul(z, scale), logDet: tf.log(scale) }),
      variables: [scale],
    });
    const { grads } = tf.variableGrads(() => {
      const { value, logDet } = map.forward(tf.ones([2, 3]));
      return tf.add(tf.sum(value), tf.sum(logDet)) as tf.Scalar;
    }, [scale]);
    expect(numbers(grads[scale.name])[0]).toBeCloseTo(6 + 2 / 3, 5);
  });
});

describe("what does not fit is refused by name, shape and remedy", () => {
  const stateful = (event: BijectionOptions["event"]) =>
    doubling(() => undefined, {
      event,
      trainingInverse: (x) => ({ value: x, state: [] }),
      initialize: () => {},
    });

  test.each<[BijectionOptions["event"], number[], string]>([
    [[3], [2, 4], "[3]"],
    [[3], [], "[3]"],
    [[2, 3], [3], "[2, 3]"],
    [["height", "width", 2], [5, 5, 3], "[height, width, 2]"],
    [["height", "width", 2], [5, 2], "[height, width, 2]"],
    [["any", 3], [4, 5, 2], "[any, 3]"],
  ])("an event of shape %j given [%s]", (event, shape, wanted) => {
    const map = stateful(event);
    const message = `doubling: expected events of shape ${wanted} after the batch axes; got shape [${shape}]`;
    for (const direction of ["forward", "inverse", "trainingInverse", "initialize"] as const) {
      expect(() => map[direction]?.(tf.zeros(shape)), direction).toThrow(new ShapeError(message));
    }
  });

  test("a context, where none is taken; where one is, and where that is unknown, the functions see it", () => {
    const [input, context] = [tf.ones([2, 3]), tf.fill([2, 1], 5)];
    for (const direction of ["forward", "inverse", "trainingInverse", "initialize"] as const) {
      expect(() => stateful([3])[direction]?.(input, context), direction).toThrow(
        /^doubling: expected no context.*shape \[2,1\]/,
      );
    }
    for (const contextSize of [1, "unknown"] as const) {
      const shifting = doubling(() => undefined, {
        contextSize,
        forward: (z, shift) => ({ value: shift ? tf.add(z, shift) : z }),
      });
      expect(numbers(shifting.forward(input, context).value)).toEqual(Array(6).fill(6));
      expect(shifting.contextSize).toBe(contextSize === 1 ? 1 : undefined);
    }
  });

  test.each<[string, number[]]>([
    ["of another batch", [3]],
    ["with the batch axes last", [3, 2]],
    ["with an axis too many", [2, 3, 1]],
  ])("a logDet %s, by its author's function", (_, shape) => {
    const map = doubling(() => tf.zeros(shape));
    const message =
      /^doubling, inverse of shape \[2,3\]: expected its function to give a logDet of shape \[2\], one number for each event; got \[.*\]: sum over the axes of an event, or /;
    expect(() => map.inverse(tf.zeros([2, 3]))).toThrow(ShapeError);
    expect(() => map.inverse(tf.zeros([2, 3]))).toThrow(message);
  });

  test.each<[string, (z: tf.Tensor) => tf.Tensor]>([
    ["without its batch axes", (z) => tf.sum(z, 0)],
    ["of another event", (z) => tf.concat([z, z], -1)],
    ["of which the event is summed", (z) => tf.sum(z, -1)],
  ])("a value %s", (_, forward) => {
    const map = doubling(() => undefined, { forward: (z) => ({ value: forward(z) }) });
    expect(() => map.forward(tf.zeros([2, 3]))).toThrow(
      /^doubling, forward of shape \[2,3\]: expected its function to give a value of shape \[2, 3\]; got \[.*\]: keep/,
    );
  });

  test("a part that is missing", () => {
    const { inverse: _none, ...half } = { name: "half", event: [], forward: () => {}, inverse: () => {} };
    for (const given of [undefined, 3, half]) {
      expect(() => bijection(given as unknown as BijectionOptions)).toThrow(
        /^bijection: expected a name, an event and the two directions, e\.g\. .*; got (undefined|3|.* without inverse)$/,
      );
    }
  });

  test("an error of the author's function passes as it is", () => {
    const failing = doubling(() => undefined, {
      inverse: () => {
        throw new NoInverseError("flat here");
      },
    });
    expect(() => failing.inverse(tf.zeros([3]))).toThrow(new NoInverseError("flat here"));
  });
});
