import { expect, test } from "vitest";
import * as lib from "../index.ts";
import { plural } from "./plural.ts";

test("one thing is one, and all other numbers are several", () => {
  expect([0, 1, 2].map((count) => plural(count, "event"))).toEqual(["0 events", "1 event", "2 events"]);
  expect(plural(1, "axis", "axes")).toBe("1 axis");
});

test.each<[string, () => unknown]>([
  ["with 1 axis, the base", () => lib.flow(lib.standardNormal(), lib.realNVP({ dimensions: 2 }))],
  [
    "for each of 1 level; got",
    () => lib.glow({ height: 4, width: 4, channels: 1, levels: 1, steps: [1, 2] }),
  ],
  ["be halved 1 time; choose", () => lib.iRevNet({ height: 3, width: 3, channels: 1, levels: 1 })],
  ["expected 1 parameter on", () => lib.additive().forward(lib.tf.zeros([3]), lib.tf.zeros([3, 2]))],
  [
    "of 1 number and 2 numbers",
    () => lib.chain([1, 2].map((context) => lib.maf({ dimensions: 2, context }))),
  ],
  ["got 1 number", () => lib.standardNormal([2]).logProb([2, [1]] as never)],
])("a message says: … %s …", (words, run) => {
  expect(run).toThrow(words);
});
