import { describe, expect, test } from "vitest";
import { expectations, within } from "./expect.ts";
import { transcript } from "./transcript.ts";

const failure = (got: unknown, want: number | number[], tolerance = {}) => {
  const state = expectations(transcript());
  state.close(got as number, want, tolerance);
  return state.first?.failure;
};

describe("close", () => {
  test("takes negative zero for zero, and an infinity only for itself", () => {
    expect(failure(-0, 0)).toBeUndefined();
    expect(failure(-Infinity, -Infinity)).toBeUndefined();
    expect(failure(Infinity, -Infinity)).toBeDefined();
    expect(failure(1e300, Infinity)).toBeDefined();
  });

  test("NaN is never right, also where the check itself comes to NaN", () => {
    expect(within(Number.NaN, Number.NaN)).toBe(false);
    expect(failure(Number.NaN, 1)).toMatchObject({ got: "NaN", expected: "1" });
  });

  test.each([
    ["null", null, 0],
    ["a numeric string", "1", 1],
    ["an object with a length", { length: 1 }, [0]],
    ["a string for a list", "1", [1]],
    ["entries that are no numbers", [null, "1"], [0, 1]],
    ["a hole", new Array(1), [0]],
  ])("%s out of a figure's JSON is wrong, and no defect of the check", (_what, got, want) => {
    expect(failure(got, want)).toBeDefined();
  });

  test("shows as many digits as it takes to see the difference", () => {
    expect(failure(1.0000001, 1.2)).toMatchObject({ got: "1", expected: "1.2" });
    expect(failure([1, 2.00001234], [1, 2.00001239], { absolute: 1e-9, relative: 0 })).toMatchObject({
      got: "[1, 2.00001234]",
      expected: "[1, 2.00001239]",
    });
  });

  test("shows what is the learner's own as that, and as what nobody expected", () => {
    const beside = () => "logDensity([0.5]) gives";
    expect(failure(1.2, 1.5, { beside })).toMatchObject({ got: "1.2, and logDensity([0.5]) gives 1.5" });
    expect(failure(1.2, 1.5, { beside })).not.toHaveProperty("expected");
    expect(failure(1.2, 1.2, { beside })).toBeUndefined();
  });
});

test("counts what is alike by its words, whatever numbers stand in them; conditions before it are others", () => {
  const state = expectations(transcript());
  state.that(true, "it has to be a list");
  for (const bits of [3.5, -4.25, 1e-7])
    state.that(bits < 0, `it takes ${bits} bits, at most 0 was asked for`);
  expect([state.tries, state.failures, state.alike]).toEqual([4, 2, 3]);
  const once = expectations(transcript());
  once.that(true, "it has to be a list");
  once.close(1, 2);
  expect([once.tries, once.alike]).toEqual([2, 1]);
});
