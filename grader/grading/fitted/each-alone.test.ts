import { describe, expect, test } from "vitest";
import { expectations } from "../expect.ts";
import { transcript } from "../transcript.ts";
import { judgeEachAlone } from "./each-alone.ts";

async function judged(ask: (points: number[]) => number[]) {
  const state = expectations(transcript());
  await judgeEachAlone(state, {
    list: [3, 1, 2, 1],
    ask: async (points: number[]) => ask(points),
    name: "square",
    answer: "square",
    one: "number",
    several: "numbers",
    text: String,
    tolerance: { absolute: 1e-6, relative: 0 },
  });
  return state.first?.failure;
}
const square = (points: number[]): number[] => points.map((v) => v * v);

test("each answer at its own place has nothing said of it", async () => {
  expect(await judged(square)).toBeUndefined();
});

describe("what does not show in a mean is found:", () => {
  test.each([
    ["in reverse", (list: number[]) => list.toReversed(), "number 1"],
    ["sorted", (list: number[]) => list.toSorted((a, b) => a - b), "number 1"],
    [
      "its mean for each",
      (list: number[]) => list.map(() => list.reduce((a, b) => a + b) / list.length),
      "number 1",
    ],
    ["without what comes twice", (list: number[]) => [...new Set(list)], "of which one comes twice"],
  ])("%s", async (_what, change, where) => {
    const failure = await judged((points) => change(square(points)));
    expect(failure?.input).toContain(where);
  });
});

test("both numbers are said as the learner's own", async () => {
  const failure = await judged((points) => square(points).toReversed());
  expect(failure).toMatchObject({
    message: "a number has another square among others than alone: is the order kept?",
    got: "1, and square([3]) gives 9",
  });
});
