import { expect, test } from "vitest";
import { solveIncreasing } from "./solve-increasing.ts";

test("an infinite end and a negative slope prove nothing, and are refused", () => {
  const line = (x: number) => ({ value: x, slope: 1 });
  for (const [low, high] of [
    [0, Infinity],
    [-Infinity, 0],
    [-Infinity, Infinity],
  ]) {
    expect(() => solveIncreasing(line, 3, { low, high }, 1)).toThrow(/finite ends of the bracket/);
  }
  expect(() => solveIncreasing(line, 0.3, { low: 0, high: 1 }, -1)).toThrow(/positive; got -1/);
});
