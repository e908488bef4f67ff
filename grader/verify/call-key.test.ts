import { expect, test } from "vitest";
import { callKey, keyOf } from "./call-key.ts";

const rows = (n: number): number[][] => Array.from({ length: n }, (_, i) => [i, Math.sqrt(i)]);

test("equal calls have one key, and others another one", () => {
  expect(callKey([rows(3), 120, "x"])).toBe(callKey([rows(3), 120, "x"]));
  const keys = [
    [rows(3), 120, "x"],
    [rows(3), 120, "z"],
    [rows(4), 120, "x"],
    [rows(3), 12, "x"],
    [rows(3), "120", "x"],
    [[rows(3), 120], "x"],
  ].map(callKey);
  expect(new Set(keys).size).toBe(keys.length);
});

test("the key of a large argument is short, and still its own", () => {
  const [many, more] = [rows(5000), rows(5000).with(4000, [4000, 0])];
  expect(keyOf(many).length).toBeLessThan(100);
  expect(keyOf(many)).toBe(keyOf(rows(5000)));
  expect(keyOf(many)).not.toBe(keyOf(more));
});
