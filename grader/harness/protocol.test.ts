import fc from "fast-check";
import { expect, test } from "vitest";
import { decode, encode } from "./protocol.ts";

/** Everything that crosses the channel: numbers of every sort, texts, lists and records of them. */
const message = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.double(),
    fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, 2 ** 53),
    fc.string({ unit: "binary" }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value")),
    fc.dictionary(fc.string({ maxLength: 8 }), tie("value")),
  ),
})).value;

test("what is encoded decodes to the same, to the last bit, on one line", () => {
  fc.assert(
    fc.property(message, (sent) => {
      const line = encode(sent);
      expect(line).not.toMatch(/[\n\r]/);
      expect(decode(line)).toEqual(sent);
    }),
    { numRuns: 500 },
  );
});

test("a record that looks like a special number, but is none, stays what it is", () => {
  for (const record of [
    { number: "toString" },
    { number: "__proto__" },
    { number: "1" },
    { number: "NaN", more: 1 },
  ]) {
    expect(decode(JSON.stringify(record))).toEqual(record);
  }
});
