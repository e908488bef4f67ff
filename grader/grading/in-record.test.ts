import { expect, test } from "vitest";
import { expectations } from "./expect.ts";
import { type Call, transcript } from "./transcript.ts";

/** The failure of a check that compares these numbers after these answers. */
function failure(answers: readonly unknown[], got: number[], want: number[], reveal = true) {
  const log = transcript();
  for (const value of answers)
    log.calls.push({ target: { export: "fold" }, inputs: [], answer: { value } } as Call);
  const state = expectations(log);
  state.close(got, want, { reveal });
  return state.first?.failure;
}

test("numbers taken out of a record are shown under its names, expected ones too", () => {
  expect(failure([{ mass: 0.5, gap: 1 }], [0.5, 1], [0.5, Math.LN2])).toMatchObject({
    got: "{ mass: 0.5, gap: 1 }",
    expected: "{ mass: 0.5, gap: 0.693147 }",
  });
  expect(failure([{ x: [1, 2], logDet: 3 }, 7], [1, 2, 3], [1, 2, 4])).toMatchObject({
    got: "{ x: [1, 2], logDet: 3 }",
    expected: "{ x: [1, 2], logDet: 4 }",
  });
  expect(failure([{ mass: 0.5, gap: 1 }], [0.5, 1], [0.5, 2], false)?.expected).toBeUndefined();
});

test("other numbers stay a list: of a list, of a part of a record, of another record", () => {
  expect(failure([[0.5, 1]], [0.5, 1], [0.5, 2])?.got).toBe("[0.5, 1]");
  expect(failure([{ x: [1, 2], logDet: 3 }], [1, 2], [1, 4])?.got).toBe("[1, 2]");
  expect(failure([{ mass: 0.5, gap: 1 }], [0.5, 2], [0.5, 1])?.got).toBe("[0.5, 2]");
  expect(failure([{ mass: 0.5, said: "so" }], [0.5], [1])?.got).toBe("[0.5]");
});
