import { expect, test } from "vitest";
import { alternatingMask, channelMask, checkerboardMask, halfMask } from "./masks.ts";

test("a half or parity that is missing or misspelt is refused, and not taken for the other one", () => {
  const wrong = ["First", undefined, null, 1] as unknown as "first"[];
  for (const half of wrong) {
    expect(() => halfMask(4, half)).toThrow(/halfMask: expected the half "first" or "second"; got/);
    expect(() => channelMask(4, half)).toThrow(/channelMask: expected the half/);
    const parity = half as unknown as "even";
    expect(() => alternatingMask(4, parity)).toThrow(/alternatingMask: expected the parity "even" or "odd"/);
    expect(() => checkerboardMask(4, 4, parity)).toThrow(/checkerboardMask: expected the parity/);
  }
});

test("what is divided is counted by a whole number", () => {
  for (const size of [undefined, 0, -1, 2.5, Number.NaN, "4"] as unknown as number[]) {
    expect(() => halfMask(size, "first")).toThrow(/halfMask: expected a whole number ≥ 1 to divide; got/);
    expect(() => checkerboardMask(size, 2, "even")).toThrow(/checkerboardMask: expected a whole number/);
    expect(() => checkerboardMask(2, size, "even")).toThrow(/checkerboardMask: expected a whole number/);
  }
});

test("a chessboard's fields", () => {
  const [even, odd] = [
    [true, false, true],
    [false, true, false],
  ];
  expect(checkerboardMask(3, 3, "even").selected).toEqual([even, odd, even]);
  expect(checkerboardMask(2, 3, "odd").selected).toEqual([odd, even]);
});
