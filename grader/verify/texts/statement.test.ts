import { expect, test } from "vitest";
import { course } from "../../course.ts";
import type { AnyExercise } from "../../exercise.ts";
import { fn, map, number, parameter, record, vector } from "../../harness/kinds.ts";
import { statementProblems } from "./statement.ts";

const signatures = {
  step: fn([parameter("data", vector), parameter("rate", number)], record({ a: number, b: number })),
  invert: fn([parameter("forward", map), parameter("x", number)], number),
};
const problems = (statement: string) =>
  statementProblems({ statement, signatures } as unknown as AnyExercise);

test.each([
  "Write `step(data, rate)` and return `{ a, b }`.",
  "`forward` is increasing: `forward(z)` $= x$. Call `invert(forward, 0.5)`; keep `data` in a `Float64Array`.",
  "Formulas such as $f(z) = rate$ and plain words (step, size) are no code.",
])("takes what the signatures have: %s", (statement) => {
  expect(problems(statement)).toEqual([]);
});

test.each([
  ["a name that nobody declares", "Write `steps`.", /names `steps`/],
  [
    "another order",
    "Write `step(rate, data)`.",
    /writes `step\(rate, data\)`; the signature is `step\(data, rate\)`/,
  ],
  ["a parameter too few", "Write `step(data)`.", /the signature is `step\(data, rate\)`/],
  ["another parameter's name", "Write `invert(forward, y)`.", /the signature is `invert\(forward, x\)`/],
  ["a field that is not returned", "Return `{ a, c }`.", /names `c`/],
  ["a function of another exercise", "Use `density(x)`.", /names `density`/],
])("finds %s", (_what, statement, problem) => {
  expect(problems(statement).join("\n")).toMatch(problem);
});

test("the course's statements are sound", () => {
  expect(course.flatMap(statementProblems)).toEqual([]);
});
