import { expect, test } from "vitest";
import { shareCalls } from "../domain/shared-calls.ts";
import { jacobianBy, limitOf, squareOf } from "./differences.ts";
import { logAbsDeterminant } from "./matrices.ts";

const logSize = (entries: readonly number[]) => logAbsDeterminant(squareOf(entries, 2));

const quotientOf = (map: (x: number[]) => number[], at: number[]) => ({
  by: async (step: number) => (await jacobianBy(map, at, step)).flat(),
  of: logSize,
});

/** Two couplings of shifts in float32, of which the first bends within some thousandths: log |det| is log 30 everywhere. */
function bending([x, y]: number[]): number[] {
  const up = Math.fround(y - Math.fround(0.5 * Math.tanh(120 * x)));
  return [Math.fround(30 * (x + Math.tanh(3 * up))), up];
}

const STEP = 0.002;

test("the slopes of a map in float32 that bends within the step: one step misses them, the limit does not", async () => {
  const at = [0.006, 0.2];
  const quotient = quotientOf(bending, at);
  expect(Math.abs(logSize(await quotient.by(STEP)) - Math.log(30))).toBeGreaterThan(0.05);
  const limit = await limitOf(quotient, STEP, 0.025);
  expect(Math.abs(logSize(limit ?? []) - Math.log(30))).toBeLessThan(0.02);
});

test("of a map that hardly bends, the first two steps are enough", async () => {
  let asked = 0;
  const map = ([x, y]: number[]) => {
    asked += 1;
    return [2 * x + 0.1 * Math.sin(y), 3 * y];
  };
  const limit = await limitOf(quotientOf(map, [0.3, -0.4]), STEP, 0.025);
  expect(limit?.[1]).toBeCloseTo(0.1 * Math.cos(-0.4), 8);
  expect(asked).toBe(8);
});

test("where no step tells the slope, there is no limit: at a jump, and of a map that answers at random", async () => {
  const jumping = ([x, y]: number[]) => [x > 0.3 ? x + 0.01 : x, y];
  expect(await limitOf(quotientOf(jumping, [0.3, 1]), STEP, 0.025)).toBeUndefined();
  let n = 0;
  const random = ([x, y]: number[]) => {
    n += 1;
    return [x + 0.01 * Math.sin(n ** 2), y];
  };
  expect(await limitOf(quotientOf(random, [0.3, 1]), STEP, 0.025)).toBeUndefined();
});

test("a map without slopes or without numbers is not asked again", async () => {
  for (const map of [() => [1, 2], () => [1]]) {
    let asked = 0;
    const counted = () => {
      asked += 1;
      return map();
    };
    const limit = await limitOf(quotientOf(counted, [0.3, 1]), STEP, 0.025);
    expect(logSize(limit ?? [])).not.toSatisfy(Number.isFinite);
    expect(asked).toBe(4);
  }
});

test("a point that many runs share has the same points beside it each time, so that their answers can be kept", async () => {
  const seen = async (at: number[], step: number) => {
    const asked: number[][] = [];
    const map = (x: number[]) => {
      asked.push(x);
      return x;
    };
    await jacobianBy(map, at, step);
    return asked;
  };
  const at = [0.3, 1];
  const before = await seen(at, STEP);
  expect((await seen(at, STEP)).map((x, i) => x === before[i])).toEqual([false, false, false, false]);
  shareCalls(at);
  const first = await seen(at, STEP);
  expect(first).toEqual(before);
  expect((await seen(at, STEP)).map((x, i) => x === first[i])).toEqual([true, true, true, true]);
  expect((await seen(at, STEP / 2)).some((x, i) => x === first[i])).toBe(false);
  expect((await seen(at, STEP)).map((x, i) => x === first[i])).toEqual([true, true, true, true]);
});
