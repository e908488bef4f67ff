import { expect, test } from "vitest";
import type { Pair } from "../grading/answered.ts";
import { relation } from "./relations.ts";

const asked = [0.016, 0.3, 1.5, 2.7, 4.1];
const pairs = (got: (want: number) => number, of: readonly number[] = asked): Pair[] =>
  of.map(
    (want, i): Pair => ({ got: got(want), want, place: `${i}`, at: i, call: { export: "f", inputs: [i] } }),
  );
const observe = (all: Pair[]) => relation(all, [], "Each of your values")?.id;

test("a lost sign is told where signs were lost", () => {
  expect(observe(pairs(Math.abs, [-2, 0.3, -1.5, 2.7, -4.1]))).toBe("size-only");
});

test("an approximation of positive numbers has not lost their sign", () => {
  // As a difference quotient is: off by some billionths, by more in some places than in others.
  expect(observe(pairs((want) => want * (1 + 3e-9 * Math.sin(want))))).toBeUndefined();
});
