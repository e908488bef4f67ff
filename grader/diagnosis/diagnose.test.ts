import { expect, test } from "vitest";
import { type AnyExercise, exercise } from "../exercise.ts";
import type { Answered } from "../grading/answered.ts";
import { fn, matrix, number, parameter, vector } from "../harness/kinds.ts";
import { diagnosis } from "./diagnose.ts";

/** What is told of values of a function of one argument, beside the right ones. */
async function observe(
  kind: "number" | "matrix",
  right: (input: unknown) => unknown,
  wrong: (input: unknown) => unknown,
  inputs: readonly unknown[],
) {
  const about = exercise({
    id: "told",
    path: "test/told",
    title: "Told",
    source: "a test",
    statement: "",
    signatures: {
      f: kind === "number" ? fn([parameter("x", number)], vector) : fn([parameter("A", matrix)], number),
    } as AnyExercise["signatures"],
    checks: [{ name: "is told", points: 1, hints: [{ text: "no" }], async run() {} }],
    hints: ["a", "b"],
    misconceptions: [],
  }) as AnyExercise;
  const answers = inputs.map((input) => ({
    export: "f",
    inputs: [input],
    got: wrong(input),
    want: right(input),
  })) as unknown as Answered[];
  const shown = diagnosis(about, answers, "f", () => true);
  return (await shown.exactly()) ?? shown.roughly();
}

const places = [0, 1, 2, 3, 4, 5, 6, 7];
/** Ones below x, for x from 0 to 7. */
const mask = (input: unknown): number[] => places.map((k) => Number(k < (input as number)));

test("of some wrong zeros and ones, that they are 1 minus the right ones is not told", async () => {
  const slip = (input: unknown) =>
    mask(input).map((v, k) => (((input as number) * 5 + k * 3) % 7 === 0 ? 1 - v : v));
  expect((await observe("number", mask, slip, places))?.id).not.toBe("complement");
});

test("if all of them are, it is told", async () => {
  const turned = (input: unknown) => mask(input).map((v) => 1 - v);
  expect((await observe("number", mask, turned, places))?.id).toBe("complement");
});

test("what grows with a matrix is said to grow with its rows", async () => {
  const square = (n: number) =>
    Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => i - j));
  const size = (A: unknown): number => 1 / (1 + (A as number[][]).length);
  const off = (A: unknown): number => size(A) + 0.7 * (A as number[][]).length;
  const told = await observe("matrix", size, off, [2, 3, 4, 5, 6, 7].map(square));
  expect(told?.text).toContain("$n$ is the number of rows of `A`");
});
