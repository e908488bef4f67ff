import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { inProcessSession } from "../drivers/in-process.ts";
import { openSandboxedSession } from "../drivers/sandboxed.ts";
import type { AnyExercise } from "../exercise.ts";
import { kinds } from "../fixtures/kinds/exercises.ts";
import { gradeExercise } from "../grading/grade-exercise.ts";
import { detectSandbox } from "../sandbox/detect.ts";
import { buildLinearMap } from "./maps.ts";

const file = (exercise: AnyExercise, which: string) =>
  fileURLToPath(new URL(`../fixtures/kinds/${exercise.id}.${which}.ts`, import.meta.url));

const sandbox = await detectSandbox();
const drivers = {
  "in the notebook": async (exercise: AnyExercise, path: string) =>
    inProcessSession(await import(path), exercise.signatures),
  "in the sandbox": (exercise: AnyExercise, path: string) =>
    openSandboxedSession({ source: readFileSync(path, "utf8"), exercise, sandbox }),
};

describe.each(Object.entries(drivers))("%s", (_driver, open) => {
  test.each(kinds.map((exercise) => [exercise.title, exercise] as const))("%s", async (_title, exercise) => {
    const checkPoints = exercise.checks.reduce((sum, check) => sum + check.points, 0);
    const grade = (which: string) =>
      gradeExercise(exercise, () => open(exercise, file(exercise, which)), { seed: "kinds" });

    const right = await grade("right");
    expect(right.checks.map((check) => check.failure)).toEqual(exercise.checks.map(() => undefined));
    expect(right).toMatchObject({ points: checkPoints, status: "passed" });

    const wrong = await grade("wrong");
    expect(wrong).toMatchObject({ points: 0, status: "failed" });
    expect(wrong.checks[0]?.failure?.trouble).toBeUndefined();
  });
});

test("a known wrong answer is explained, and only that one", async () => {
  const [matrices] = kinds;
  const open = async () => inProcessSession(await import(file(matrices!, "wrong")), matrices!.signatures);
  const result = await gradeExercise(matrices!, open, { seed: "s" });
  expect(result.checks[0]?.failure?.misconception?.id).toBe("trace-is-not-the-sum-of-all");
});

/** Answers that try to get points without solving anything, or that no check was written for. */
test.each([
  ["fixed-point", "NaN, which f leaves in place", { fixedPoint: () => Number.NaN }],
  [
    "training",
    "any value for held-out data",
    { train: () => ({ logDensity: (x: number[]) => x.map(() => (x.length === 400 ? 5 : -Math.log(24))) }) },
  ],
  ["figure", "data that are no list", { plotSquare: () => ({ data: [{ y: { length: 5 } }], layout: {} }) }],
  ["figure", "a text for data", { plotSquare: () => ({ data: [{ y: "abcde" }], layout: { title: 1 } }) }],
])("%s: %s", async (id, _what, implementation: Record<string, unknown>) => {
  const exercise = kinds.find((kind) => kind.id === id)!;
  const open = () => inProcessSession(implementation, exercise.signatures);
  const { points } = await gradeExercise(exercise, open, { seed: "s" });
  expect(points).toBe(0);
});

test("a linear map gives as many products as were allowed, of lists of its size", () => {
  const product = buildLinearMap({
    linearMap: [
      [1, 2, 0],
      [0, -1, 3],
    ],
    most: 2,
  });
  expect(product([1, 1, 1])).toEqual([3, 2]);
  expect(() => product([1, 1])).toThrow(
    "expected a list of 3 numbers, one for each dimension; got a list of 2",
  );
  expect(() => product([[1, 2, 3]] as never)).toThrow("got a list of 1 lists");
  expect(product([0, 0, 1])).toEqual([0, 3]);
  expect(() => product([0, 0, 1])).toThrow("asked for a product number 3; 2 are enough here");
});

test("a free text waits for a person with its rubric", async () => {
  const exercise = kinds.find(({ id }) => id === "text")!;
  const open = async () => inProcessSession(await import(file(exercise, "right")), exercise.signatures);
  const result = await gradeExercise(exercise, open, { seed: "s" });
  expect(result).toMatchObject({
    points: 0,
    maxPoints: 3,
    manual: { maxPoints: 3, criteria: [{ points: 2 }, { points: 1 }] },
  });
  expect(result.manual?.answer).toMatch(/^Without an inverse/);
});
