import { describe, expect, test } from "vitest";
import { decode, encode } from "../harness/encoding.ts";
import {
  boolean,
  derivation,
  figure,
  type Kind,
  matrix,
  number,
  object,
  record,
  tensor,
  text,
  vector,
} from "../harness/kinds.ts";
import { LearnerError } from "./session.ts";
import { validatePlain } from "./validate.ts";

const trouble = (kind: Kind, value: unknown): string | undefined => {
  try {
    validatePlain(kind, value, "the result");
    return undefined;
  } catch (error) {
    if (error instanceof LearnerError) return error.trouble;
    throw error;
  }
};

describe("validatePlain", () => {
  test.for<[string, Kind, unknown]>([
    ["number", number, Number.NaN],
    ["boolean", boolean, false],
    ["text", text, "because"],
    ["vector", vector, [1, -0, Number.POSITIVE_INFINITY]],
    ["empty vector", vector, []],
    [
      "matrix",
      matrix,
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ["derivation", derivation, ["a + b", "b + a"]],
    ["tensor", tensor(2), { shape: [1, 2], values: [3, 4] }],
    ["scalar tensor", tensor(0), { shape: [], values: [3] }],
    ["record", record({ a: number, b: vector }), { a: 1, b: [2] }],
    ["figure", figure, { data: [{ x: [1, null], name: "a" }], layout: { title: { text: "t" } } }],
    ["object", object({}), 3],
  ])("lets a sound %s through, built anew", ([, kind, value]) => {
    const seen = validatePlain(kind, value, "the result");
    expect(seen).toEqual(value);
    if (typeof value === "object") expect(seen).not.toBe(value);
  });

  test.for<[string, Kind, unknown, string]>([
    ["a string for a number", number, "1", "kind"],
    ["nothing for a number", number, null, "kind"],
    ["1 for true", boolean, 1, "kind"],
    ["a text that is too long", text, "x".repeat(100_001), "kind"],
    ["a word in a vector", vector, [1, "2"], "kind"],
    ["the name of a prototype in a vector", vector, ["__proto__"], "kind"],
    ["an object with a length", vector, { length: 1, 0: 1 }, "kind"],
    ["too many numbers", vector, new Array(100_001).fill(0), "kind"],
    ["rows of different lengths", matrix, [[1], [1, 2]], "kind"],
    ["a tensor of another rank", tensor(1), { shape: [1, 1], values: [1] }, "kind"],
    ["a shape that its values do not fill", tensor(1), { shape: [3], values: [1] }, "protocol"],
    ["a negative shape", tensor(2), { shape: [-1, -1], values: [1] }, "protocol"],
    ["a record that lacks a field", record({ a: number }), {}, "kind"],
    ["a field by the prototype", record({ toString: text }), {}, "kind"],
    ["an object that nobody has", object({}), -1, "protocol"],
    ["a place that is no number", object({}), "__proto__", "protocol"],
    ["a figure without data", figure, { layout: {} }, "kind"],
    ["a figure nested without end", figure, { data: [nested(50)], layout: {} }, "kind"],
  ])("refuses %s", ([, kind, value, expected]) => {
    expect(trouble(kind, value)).toBe(expected);
  });

  test("leaves out what was not asked for, and keys that are prototypes", () => {
    expect(validatePlain(record({ a: number }), { a: 1, b: 2 }, "the result")).toEqual({ a: 1 });
    const sent = JSON.parse(
      '{"data": [{"x": [1], "__proto__": {"passed": true}}], "layout": {"__proto__": {"passed": true}}}',
    );
    const seen = validatePlain(figure, sent, "the result") as { data: { passed?: boolean }[] };
    expect(Object.assign({}, seen.data[0]).passed).toBeUndefined();
    expect(JSON.stringify(seen)).not.toContain("passed");
  });
});

describe("the protocol", () => {
  test("carries numbers that JSON cannot", () => {
    const numbers = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1e-320, 0.1];
    expect(validatePlain(vector, decode(encode(numbers)), "the result")).toEqual(numbers);
    expect(validatePlain(text, decode(encode("NaN")), "the result")).toBe("NaN");
  });

  test("says what JSON.stringify says of everything else", () => {
    const message = { a: [1, "two\n\u2028", null, true, { b: undefined, c: {} }], "d e": [] };
    expect(encode(message)).toBe(JSON.stringify(message));
    expect(encode(new Float64Array([1, 2]))).toBe("[1,2]");
  });
});

function nested(depth: number): unknown {
  return depth === 0 ? 1 : { a: nested(depth - 1) };
}
