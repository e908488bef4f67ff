import fc from "fast-check";
import { expect, test } from "vitest";
import { decode, encode, numberOf } from "./encoding.ts";

/** Everything that crosses the channel: numbers of every sort, texts, lists and records of them. */
const message = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((x) => !Object.is(x, -0)),
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

test("every number arrives to the last bit where a number belongs", () => {
  const special = fc.constantFrom(-0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324);
  fc.assert(
    fc.property(fc.oneof(fc.double(), special), (sent) => {
      expect(numberOf(decode(encode(sent)))).toBe(sent);
    }),
    { numRuns: 500 },
  );
});

test.for(["toString", "__proto__", "1", "", "infinity", null, true, [], ["NaN"], { number: "NaN" }])(
  "%o is no number",
  (other) => {
    expect(numberOf(other)).toBeUndefined();
  },
);
