import { expect, test } from "vitest";
import { fitRealNVP } from "../../../solutions/05-coupling/realnvp.ts";
import { inProcessSession } from "../../drivers/in-process.ts";
import { gradeExercise } from "../../grading/grade-exercise.ts";
import { realnvp } from "./realnvp.ts";

test.each([
  ["in reverse", (logs: number[]) => logs.toReversed()],
  ["sorted", (logs: number[]) => logs.toSorted((a, b) => a - b)],
  ["one place further on", (logs: number[]) => [...logs.slice(-1), ...logs.slice(0, -1)]],
])("log-densities %s are rejected, though their mean and their mass are right", async (_what, change) => {
  const provided = {
    fitRealNVP(data: number[][]) {
      const fitted = fitRealNVP(data);
      return { ...fitted, logDensity: (points: number[][]) => change(fitted.logDensity(points)) };
    },
  };
  const open = () => inProcessSession(provided, realnvp.signatures);
  const { checks } = await gradeExercise(realnvp, open, { seed: "order", words: "none" });
  expect(checks.map(({ status }) => status)).toEqual(["passed", "failed", "passed"]);
  // Both numbers are the learner's own: neither of them is what the other should have been.
  const { got, expected } = checks[1]?.failure ?? {};
  expect(expected).toBeUndefined();
  expect(got).toMatch(/^\S+, and logDensity\(\[\[.+\]\]\) gives \S+$/);
});
