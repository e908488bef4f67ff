import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeText, fromJson, toJson, unescapeText } from "./json-values.ts";

const there = (value: unknown) => fromJson(JSON.parse(toJson(value)));

test("gives back what JSON and PostgreSQL would change or refuse", () => {
  const values = [
    ...["\0", "a\ud800", "\udc00b", "😀", "\u001a", "\u001a0000", "\u001a#-0", "#-0", ""],
    ...[-0, 0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324],
    ...[[-0, [Number.NaN]], { "\0": { "\ud800": "\0" } }, JSON.parse('{"__proto__": 1}'), null, true],
  ];
  expect(values.map(there)).toStrictEqual(values);
});

test("any value comes back, in a text without NUL and half pairs, with its keys in their order", () => {
  const unit = fc.oneof(
    fc.constantFrom("\0", "\u001a", "\ud800", "\udfff", "#", "0", "a"),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  );
  const text = fc.array(unit).map((units) => units.join(""));
  const value = fc.anything({ values: [text, fc.double(), fc.boolean(), fc.constant(null)], key: text });
  fc.assert(
    fc.property(value, (given) => {
      const json = toJson(given ?? null);
      expect(json.isWellFormed()).toBe(true);
      expect(json).not.toMatch(/\\u0000|\\ud[89a-f]/);
      expect(fromJson(JSON.parse(json))).toEqual(given ?? null);
      expect(JSON.stringify(fromJson(JSON.parse(json)))).toBe(JSON.stringify(given ?? null));
    }),
  );
  fc.assert(
    fc.property(text, (given) => {
      expect(escapeText(given)).not.toContain("\0");
      expect(unescapeText(escapeText(given))).toBe(given);
    }),
  );
});

test("refuses what JSON cannot say", () => {
  expect(() => toJson(undefined)).toThrow("JSON cannot say undefined");
});
