import { tf } from "flowlab";
import { expect, test } from "vitest";
import type { FunctionKind } from "../harness/kinds.ts";
import {
  derivation,
  figure,
  fn,
  matrix,
  number,
  object,
  parameter,
  record,
  tensor,
  text,
  vector,
} from "../harness/kinds.ts";
import { type AnyFunction, guard, YourCodeError } from "./guard.ts";

const of = (kind: FunctionKind, hers: unknown, fallback: AnyFunction = () => 0) =>
  guard({ id: "9.9", name: "mine", kind, hers: hers as AnyFunction, fallback, waits: false }) as (
    ...inputs: unknown[]
  ) => unknown;
const gives = (returns: FunctionKind["returns"], value: unknown, fallback?: AnyFunction) =>
  of(fn([parameter("x", number)], returns), () => value, fallback)(1);

test.each([
  ["a number", number, 0.5],
  ["infinity", number, Number.NEGATIVE_INFINITY],
  ["a text", text, "because"],
  ["a list", vector, [1, 2]],
  ["a typed array", vector, new Float32Array([1, 2])],
  ["a matrix", matrix, [[1], [2]]],
  ["a tensor", tensor(1), tf.tensor([1, 2])],
  ["a record", record({ a: number, b: vector }), { a: 1, b: [2] }],
  ["a figure", figure, { data: [], layout: {} }],
  ["a derivation", derivation, ["x", "x + 0"]],
])("%s passes as it is", (_, kind, value) => {
  expect(gives(kind, value)).toBe(value);
});

test.each([
  ["nothing", vector, undefined, "mine returned nothing (undefined)"],
  ["a hole in a list", vector, [1, undefined], "mine returned [1, undefined]"],
  ["a row that is no list", matrix, [[1], 2], "entry 1 is 2"],
  ["another rank", tensor(1), tf.tensor([[1]]), "mine returned a tensor of shape [1,1]; expected rank 1"],
  ["numbers in place of a tensor", tensor(1), [1], "mine returned [1]"],
  ["a field too few", record({ a: number, b: number }), { a: 1 }, "the field b is missing"],
  [
    "a NaN deep inside",
    record({ a: number, b: vector }),
    { a: 1, b: [Number.NaN] },
    "where the course's gives no NaN",
  ],
  ["a method too few", object({ forward: fn([], number) }), {}, "without the method forward"],
])("%s is said to be hers", (_, kind, value, told) => {
  expect(() => gives(kind, value)).toThrow(YourCodeError);
  expect(() => gives(kind, value)).toThrow(told);
  expect(() => gives(kind, value)).toThrow("Your own mine, from exercise 9.9");
});

test("tensors in place of numbers become the numbers that later cells compute with", () => {
  const given = { value: tf.tensor1d([1, 2]), logDet: 3 };
  expect(gives(record({ value: vector, logDet: number }), given)).toEqual({ value: [1, 2], logDet: 3 });
  expect(gives(vector, [tf.scalar(1), 2])).toEqual([1, 2]);
});

test("the numbers of a tensor are not read: an experiment may be recorded as a graph", () => {
  const value = tf.tensor([Number.NaN]);
  let reads = 0;
  const watched = new Proxy(value, {
    get: (target, key) => {
      if (key === "dataSync" || key === "data") reads += 1;
      return Reflect.get(target, key);
    },
  });
  expect(gives(tensor(1), watched)).toBe(watched);
  // It was looked whether they can be had, no more.
  expect(reads).toBe(1);
});

class Layer {
  #scale = 2;
  readonly variables = ["w"];
  forward(x: number): number {
    if (x < 0) throw new RangeError("below");
    return this.#scale * x;
  }
  twice(): number {
    return this.forward(2);
  }
}

test("an object's methods are hers, too: with their private fields, and with what they throw", () => {
  const kind = fn([], object({ forward: fn([parameter("x", number)], number) }));
  const hers = of(kind, () => new Layer())() as Layer;
  expect([hers.forward(3), hers.twice(), hers.variables, hers instanceof Layer]).toEqual([6, 4, ["w"], true]);
  expect(() => hers.forward(-1)).toThrow("Your own mine(…).forward, from exercise 9.9");
  expect(() => hers.forward(-1)).toThrow("threw RangeError: below");
});

test("of two functions that call each other the inner one says it", () => {
  const inner = of(fn([parameter("x", number)], number), () => {
    throw new Error("inside");
  });
  const outer = guard({
    ...{ id: "9.8", name: "outer", kind: fn([parameter("x", number)], number) },
    hers: ((x: number) => inner(x)) as AnyFunction,
    fallback: () => 0,
    waits: false,
  });
  expect(() => (outer as (x: number) => number)(1)).toThrow(/^Your own mine, from exercise 9\.9/);
});
