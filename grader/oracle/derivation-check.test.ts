import { expect, test } from "vitest";
import { expectations } from "../grading/expect.ts";
import { transcript } from "../grading/transcript.ts";
import { derivation, fn } from "../harness/kinds.ts";
import { random } from "../random.ts";
import type { DerivationTask } from "./derivation.ts";
import { type AnyDerivationTask, type AsRead, derivationCheck } from "./derivation-check.ts";
import type { MatrixTask } from "./matrix-derivation.ts";
import { column, constant } from "./matrix-values.ts";

const signatures = { steps: fn([], derivation) };
const square: DerivationTask = {
  first: "(a + b)^2",
  last: "a^2 + 2*a*b + b^2",
  variables: { a: (r) => r.normal(), b: (r) => r.normal() },
};
const shift: MatrixTask = {
  first: "A*(z + b)",
  last: "A*b + A*z",
  draw: (r) => ({
    letters: {
      A: constant([[r.normal(), r.normal()]]),
      z: constant(column([r.normal(), r.normal()])),
      b: constant(column([r.normal(), r.normal()])),
    },
  }),
};

async function failureOf(
  lines: string[],
  task: AnyDerivationTask | ((lines: readonly string[]) => AsRead),
  leastLines?: number,
) {
  const check = derivationCheck<typeof signatures>({
    ...{ of: "steps", name: "it holds", points: 1, hint: "One thing in each line.", task },
    ...(leastLines !== undefined && { leastLines }),
  });
  const said = expectations(transcript());
  await check.run({ learner: { steps: async () => lines }, random: random("lines"), expect: said });
  expect(said.tries).toBeGreaterThan(0);
  return said.first?.failure;
}

const squareLines = ["(a + b)^2", "(a + b)*(a + b)", "a^2 + 2*a*b + b^2"];
const shiftLines = ["A*(z + b)", "A*z + A*b", "A*b + A*z"];

test("a derivation that holds passes, in numbers and in matrices", async () => {
  expect(await failureOf(squareLines, square)).toBeUndefined();
  expect(await failureOf(shiftLines, shift)).toBeUndefined();
});

test("the line at fault is shown, in numbers and in matrices", async () => {
  expect(await failureOf(squareLines.with(1, "a^2 + b^2"), square)).toMatchObject({
    message: expect.stringContaining("step 2 is not equal to the one before"),
    got: "a^2 + b^2",
  });
  expect(await failureOf(shiftLines.with(1, "A*z + b"), shift)).toMatchObject({
    message: expect.stringContaining("line 2 makes no sense"),
    got: "A*z + b",
  });
});

test("fewer lines than are asked for are too few, though each holds", async () => {
  expect(await failureOf(squareLines, square, 4)).toMatchObject({
    message: "between the ends at least 2 lines are asked for, so that one can follow",
  });
  expect(await failureOf(squareLines.toSpliced(2, 0, "a^2 + b^2 + 2*a*b"), square, 4)).toBeUndefined();
});

test("the task may depend on the lines, and the verdict says how they were read", async () => {
  const task = ([first = ""]: readonly string[]): AsRead =>
    first.includes("A") ? { task: shift, readAs: "in matrices" } : { task: square, readAs: "in numbers" };
  expect(await failureOf(shiftLines, task)).toBeUndefined();
  expect(await failureOf(squareLines, task)).toBeUndefined();
  expect((await failureOf(squareLines.slice(1), task))?.message).toMatch(/\(in numbers\)$/);
});
