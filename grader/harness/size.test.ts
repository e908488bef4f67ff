import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encode } from "./encoding.ts";
import { DEFAULT_ANSWER, excess, LARGEST_ANSWER, sizeText, together } from "./size.ts";

const message = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.double(),
    fc.constantFrom(0, -0, Number.NaN, Number.NEGATIVE_INFINITY),
    fc.string({ unit: "binary" }),
    fc.constantFrom(true, false, null),
    fc.array(tie("value")),
    fc.dictionary(fc.string({ maxLength: 8 }), tie("value")),
  ),
})).value;

test("the sender counts at least what the reader will: who keeps within the measure is never refused", () => {
  fc.assert(
    fc.property(message, (value) => {
      const text = encode(value);
      // Texts emptied, as the reader passes over them.
      const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, '""');
      const count = (marks: RegExp) => [...bare.matchAll(marks)].length;
      const read = { values: 1 + count(/,/g), keys: count(/[[{:]/g), bytes: Buffer.byteLength(text) };
      for (const part of ["values", "keys", "bytes"] as const) {
        if (read[part] === 0) continue;
        const unbounded = { values: 1e9, keys: 1e9, bytes: 1e9 };
        expect(excess(value, { ...unbounded, [part]: read[part] - 1 })).toBe(part);
      }
    }),
    { numRuns: 1000 },
  );
});

describe("honest answers fit", () => {
  const wide = (n: number) => Array.from({ length: n }, (_, i) => -Math.PI * 10 ** (-100 - (i % 100)));

  test.for<[string, unknown]>([
    ["10,000 doubles of all their digits", wide(10_000)],
    ["10,000 times NaN", new Array(10_000).fill(Number.NaN)],
    ["a matrix of 500 by 20", Array.from({ length: 500 }, () => wide(20))],
    ["a page of text", "é\n".repeat(40_000)],
    [
      "a figure of five curves",
      {
        data: Array.from({ length: 5 }, () => ({ x: wide(500), y: wide(500), mode: "lines", name: "f" })),
        layout: { title: { text: "f" }, xaxis: { title: { text: "x" } }, yaxis: {} },
      },
    ],
  ])("%s", ([, value]) => {
    expect(excess(value, DEFAULT_ANSWER)).toBeUndefined();
  });
});

test("an answer beyond the measure is found without being walked through", () => {
  let asked = 0;
  const endless = new Proxy([], {
    get: (_, name) => {
      asked += 1;
      return name === "length" ? 2 ** 31 : 0;
    },
  });
  expect(excess(endless, DEFAULT_ANSWER)).toBe("values");
  expect(asked).toBeLessThan(5);
  expect(excess("x".repeat(1e8), DEFAULT_ANSWER)).toBe("bytes");
});

test("what a check's answers hold together has a bound too", () => {
  expect(together(DEFAULT_ANSWER).bytes).toBe(16 * DEFAULT_ANSWER.bytes);
  expect(together(LARGEST_ANSWER).bytes).toBe(8 * LARGEST_ANSWER.bytes);
});

test("a size as people read it", () => {
  expect(sizeText(DEFAULT_ANSWER)).toBe("20,000 values, 2,000 keys and 256 KB");
  expect(sizeText({ values: 7, keys: 1000, bytes: 5 * 1024 * 1024 })).toBe("7 values, 1,000 keys and 5 MB");
});
