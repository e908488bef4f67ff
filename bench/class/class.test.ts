import { expect, test } from "vitest";
import { needingSandbox } from "../../grader/sandbox/tiers.fixture.ts";
import { gradeClass } from "./measure.ts";
import { classTable, hoursFor, marginal } from "./table.ts";

const sandboxed = await needingSandbox();

sandboxed.test(
  "a class of two gets full marks, and what it took is counted",
  { timeout: 300_000 },
  async () => {
    const cost = await gradeClass("01-change-of-variables", 2, 2);
    expect(cost).toMatchObject({ learners: 2, failed: 0 });
    expect(cost.exercises).toBeGreaterThanOrEqual(7);
    expect(cost.processorSeconds).toBeGreaterThan(0);
    expect(cost.peakBytes).toBeGreaterThan(50e6);
  },
);

test("one more submission costs what a class costs beyond the smallest", () => {
  const one = {
    ...{ learners: 1, exercises: 9, failed: 0 },
    ...{ seconds: 2, processorSeconds: 2, everything: true, peakBytes: 2 ** 28 },
  };
  const six = { ...one, learners: 6, processorSeconds: 2.5 };
  expect(marginal(one, six)).toBeCloseTo(0.1);
  const node = { seconds: 0.03, processorSeconds: 0.025, everything: true, peakBytes: 4e7 };
  expect(classTable([one, six], node).split("\n").slice(2, 4)).toEqual([
    "| 1 | 9 | 0 | 2.00 s | 2.00 s | – | – | 256 MB |",
    "| 6 | 9 | 0 | 2.00 s | 2.50 s | 100 ms | 4.0× | 256 MB |",
  ]);
  expect(classTable([one, six], node)).not.toContain("not counted");
  expect(classTable([one, { ...six, everything: false }], node)).toContain("not counted");
  expect(hoursFor(100_000, 0.1, 4, 2)).toBeCloseTo(0.347, 3);
});
