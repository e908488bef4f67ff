import { describe, expect, test } from "vitest";
import { exerciseById } from "../course.ts";
import { openSandboxedSession } from "../drivers/sandboxed.ts";
import { gradeExercise } from "../grading/grade-exercise.ts";
import type { Failure } from "../grading/result.ts";
import { singleModule } from "../harness/program.ts";

interface Graded {
  readonly failures: readonly Failure[];
  readonly opened: number;
}

async function graded(id: string, code: string): Promise<Graded> {
  const exercise = { ...exerciseById(id), limits: { seconds: 1 } };
  const program = singleModule("answer.ts", code);
  let opened = 0;
  const { checks } = await gradeExercise(
    exercise,
    () => openSandboxedSession({ source: program, exercise }),
    {
      seed: "repair",
      rerun: {
        program,
        open(source, signatures) {
          opened += 1;
          return openSandboxedSession({ source, exercise: { ...exercise, signatures } });
        },
      },
    },
  );
  return { failures: checks.flatMap(({ failure }) => failure ?? []), opened };
}

const sigmoid = (z: string, density: string) => `export function sigmoidDensity(x: number): number {
  if (x <= 0 || x >= 1) return 0;
  const z = ${z};
  return ${density};
}`;
const logit = "Math.log(x / (1 - x))";
const bell = "Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI)";
const nll = (
  term: string,
  rest = "return sum;",
) => `export function negativeLogLikelihood(data: number[], a: number, b: number): number {
  let sum = 0;
  for (const x of data) {
    const z = (x - b) * Math.exp(-a);
    sum += ${term};
  }
  ${rest}
}`;
const term = "a + z * z / 2 + Math.log(2 * Math.PI) / 2";

describe("a wrong answer that is one change away from a right one", () => {
  test.each([
    [
      "exclusive or for a power",
      "16.2",
      sigmoid(logit, "Math.exp(-(z ^ 2) / 2) / Math.sqrt(2 * Math.PI) / (x * (1 - x))"),
      "another operator than `^` in `z ^ 2` (line 4)",
    ],
    [
      "a sign in the slope",
      "16.2",
      sigmoid(logit, `${bell} / (x * (1 + x))`),
      "another operator than `+` in `1 + x` (line 4)",
    ],
    [
      "a stabiliser",
      "16.2",
      sigmoid("Math.log((x + 1e-4) / (1 - x))", `${bell} / (x * (1 - x))`),
      "`1e-4` in `x + 1e-4` must not be there (line 3)",
    ],
    [
      "a clamped z",
      "1D.nll",
      nll(term).replace("    sum +=", "    z = Math.min(z, 3);\n    sum +=").replace("const z", "let z"),
      "`z = Math.min(z, 3)` must not be there (line 5)",
    ],
    [
      "parentheses forgotten",
      "16.1",
      "export const density = (x: number): number => x > 0 && x <= 1 ? 0.5 * x ** -1 / 2 : 0;",
      "in `0.5 * x ** -1 / 2` the parentheses have to stand elsewhere (line 1)",
    ],
    [
      "two parameters that have changed places",
      "1D.nll",
      nll(term).replace("data: number[], a: number, b: number", "data: number[], b: number, a: number"),
      "`b, a` have changed places",
    ],
    [
      "the same slip twice",
      "1D.nll",
      nll("a + Math.pow(z, 2) / 2 + Math.log10(2) / 2 + Math.log10(Math.PI) / 2"),
      "`Math.log10` has to be another function",
    ],
  ])("%s", { timeout: 60_000 }, async (_name, id, code, says) => {
    const { failures } = await graded(id, code);
    expect(failures[0]?.observation?.text).toContain(says);
  });

  test("of two places that would do, both are named", { timeout: 60_000 }, async () => {
    const code = `export function density(x: number): number {
  if (!(x > 0 && x <= 1)) return 0;
  const z = -Math.sqrt(x);
  return 1 / (2 * z);
}`;
    const { failures } = await graded("16.1", code);
    expect(failures[0]?.observation?.text).toMatch(
      /one small change away.*`1 \/ \(2 \* z\)` has the wrong sign \(line 4\)/,
    );
    expect(failures[0]?.observation?.text).toContain("`-Math.sqrt(x)` has the wrong sign (line 3)");
  });

  test("two slips at once are found together", { timeout: 60_000 }, async () => {
    const { failures } = await graded("1D.nll", nll("a * a - z * z / 2 + Math.log(2 * Math.PI) / 3"));
    expect(failures[0]?.observation).toBeUndefined();
    const two = await graded("1D.nll", nll("a - z * z / 2 + Math.log(2 * Math.PI) / 3"));
    expect(two.failures[0]?.observation?.text).toMatch(
      /Two things in your code .*`3` has to be another number/,
    );
  });
});

test("an answer on another way altogether is not said to be one change away", {
  timeout: 60_000,
}, async () => {
  const { failures } = await graded(
    "16.2",
    "export const sigmoidDensity = (x: number): number => (x > 0 && x < 1 ? 6 * x * (1 - x) : 0);",
  );
  expect(failures.length).toBeGreaterThan(0);
  for (const { observation } of failures) expect(observation?.text ?? "").not.toMatch(/stand|small change/);
});

test("variants run in one process for all checks", { timeout: 60_000 }, async () => {
  const { failures, opened } = await graded("16.2", sigmoid(logit, `${bell} / (x * (1 + x))`));
  expect(failures.length).toBeGreaterThan(1);
  expect(opened).toBe(1);
});

test("code that changes whenever it is asked costs no more than its time", { timeout: 60_000 }, async () => {
  const { failures } = await graded(
    "16.1",
    "let n = 0;\nexport function density(x: number): number { n += 1; while (n % 7 === 0 && x > 0); return Math.sin(x) + 1e-3 * x; }",
  );
  expect(failures.length).toBeGreaterThan(0);
});

test("a text that is too long to be a person's is left alone", { timeout: 60_000 }, async () => {
  const long = `${"// a long story\n".repeat(1000)}${sigmoid(logit, `${bell} / (x * (1 + x))`)}`;
  expect((await graded("16.2", long)).opened).toBe(0);
});
