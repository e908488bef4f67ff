import { expect, test } from "vitest";
import { exercise } from "../exercise.ts";
import type { Answered } from "../grading/answered.ts";
import { fn, number, parameter } from "../harness/kinds.ts";
import { otherInputs } from "./other-inputs.ts";

const asked: number[] = [];
const signature = fn([parameter("rate", number), parameter("steps", number)], number);
const decay = (rate: number, steps: number): number => {
  asked.push(steps);
  return (1 - rate) ** steps;
};
const exponential = exercise({
  id: "decay",
  path: "test/decay",
  title: "Decay",
  source: "a test",
  statement: "",
  signatures: { decay: signature },
  reference: { decay },
  checks: [{ name: "decays", points: 1, hints: [{ text: "no" }], async run() {} }],
  hints: ["a", "b"],
  misconceptions: [],
});

const calls = [0, 1, 2, 5, 40].map((steps, i) => ({ rate: 0.03 + 0.11 * i, steps }));
const answered = (got: (rate: number, steps: number) => number): Answered[] =>
  calls.map(({ rate, steps }) => ({
    export: "decay",
    inputs: [rate, steps],
    got: got(rate, steps),
    want: decay(rate, steps),
  }));
const observe = (got: (rate: number, steps: number) => number) =>
  otherInputs(exponential, signature, answered(got), () => true);

test("values that are right for other arguments are told", async () => {
  expect((await observe((rate, steps) => (1 + rate) ** steps))?.text).toContain("`rate`");
  expect((await observe((rate, steps) => (1 - rate) ** (2 * steps)))?.text).toContain("`steps`");
});

test("the right program is asked for no more turns than it can take: 1/0 or exp(40) steps would never end", async () => {
  asked.length = 0;
  expect(await observe((rate) => rate)).toBeUndefined();
  expect(asked.length).toBeGreaterThan(calls.length);
  expect(
    asked.every((steps) => Math.abs(steps) <= 80),
    `${asked}`,
  ).toBe(true);
});
