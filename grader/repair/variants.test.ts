import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { course, exerciseById } from "../course.ts";
import { openSandboxedSession } from "../drivers/sandboxed.ts";
import type { AnyExercise } from "../exercise.ts";
import { gradeExercise } from "../grading/grade-exercise.ts";
import { fn, number, parameter, type Signatures } from "../harness/kinds.ts";
import { type Program, singleModule } from "../harness/program.ts";
import { parseTree } from "../program/syntax.ts";
import { editsOf } from "./edits/edits.ts";
import { CHOOSE, chooseVariant, ENDLESS, variantProgram } from "./variants.ts";

const root = join(import.meta.dirname, "../..");
const ANSWERS = join(root, "grader/fixtures/answers/01-change-of-variables");
/** How the names of the right answers there begin, and the exercise of each. */
const EXERCISE: Record<string, string> = {
  square: "16.1",
  sigmoid: "16.2",
  density: "1D.density",
  inverse: "1D.inverse",
  nll: "1D.nll",
  step: "1D.step",
  slopes: "1D.slopes",
  train: "1D.train",
  sampling: "1D.sampling",
};

const rightAnswers = readdirSync(ANSWERS)
  .filter((name) =>
    /^right-.*(class|curried|generator|recursive|default|arguments|async|labels|switch|destructur)/.test(
      name,
    ),
  )
  .map(
    (name) =>
      [
        name,
        exerciseById(EXERCISE[name.split("-")[1] as string] as string),
        readFileSync(join(ANSWERS, name), "utf8"),
      ] as const,
  );
/** But for those that are answered by a file: of a file there are no variants. */
const solutions = course
  .filter(({ file }) => !file)
  .map(
    (exercise) =>
      [
        exercise.path,
        exercise,
        readFileSync(join(root, "solutions", `${exercise.path}.ts`), "utf8"),
      ] as const,
  );

async function variantsOf(code: string) {
  const program = singleModule("answer.ts", code);
  const [module] = program.modules;
  const tree = parseTree(code);
  if (!module || !tree) throw new Error("the answer cannot be read");
  const edits = await editsOf(code, tree);
  return { edits, program: variantProgram(program, [{ module, tree, edits }]) };
}

/** The answer as it is, however many turns it takes: an answer that trains takes more than a variant is given. */
async function openUnchanged(exercise: AnyExercise, program: Program) {
  const signatures = { ...exercise.signatures, [CHOOSE]: chooseVariant };
  const session = await openSandboxedSession({ source: program, exercise: { ...exercise, signatures } });
  await session.call({ export: CHOOSE }, [-1, -1, 1e15]);
  return session;
}

/** A derivation is text, in which nothing is varied; only code that writes it is. */
const asksForTextOnly = ({ signatures }: AnyExercise) =>
  Object.values(signatures as Signatures).every(({ returns }) => returns.kind === "derivation");

describe.each([...solutions, ...rightAnswers])("%s", (name, exercise: AnyExercise, code) => {
  test("gives its own answers while no variant is chosen", { timeout: 120_000 }, async () => {
    const { edits, program } = await variantsOf(code);
    if (name === exercise.path && asksForTextOnly(exercise)) expect(edits).toEqual([]);
    else expect(edits.length).toBeGreaterThan(20);
    const result = await gradeExercise(exercise, () => openUnchanged(exercise, program), {
      seed: "variants",
    });
    expect(result.checks.map(({ failure }) => failure?.message)).toEqual(result.checks.map(() => undefined));
  });
});

const signatures = { f: fn([parameter("x", number)], number), [CHOOSE]: chooseVariant };

/** What each variant of f gives at x, and what the edits were. */
async function tried(code: string, x: number) {
  const { edits, program } = await variantsOf(code);
  const session = await openSandboxedSession({
    source: program,
    exercise: { path: "00-test/answer", signatures },
  });
  const values = new Map<string, unknown>();
  try {
    for (const [i, { kind, places }] of edits.entries()) {
      await session.call({ export: CHOOSE }, [i, -1, 1000]);
      const value = await session.call({ export: "f" }, [x]).catch((error: Error) => error.message);
      values.set(`${kind} ${places.map(({ text }) => text).join("; ")}`, value);
    }
  } finally {
    await session.close();
  }
  return values;
}

test("a variant changes what it says, and only that", async () => {
  const values = await tried(
    "export const f = (x: number): number => {\n  const y = x / 2 * 3\n  return y - 1;\n};",
    8,
  );
  expect(values.get("operator (x / 2) + (3)")).toBe(6);
  expect(values.get("parentheses x / (2 * (3))")).toBeCloseTo(8 / 6 - 1);
  expect(values.get("without (y)")).toBe(12);
  expect(values.get("order (1) - (y)")).toBe(-11);
  expect(values.get("name x")).toBe(7);
  expect(values.get("sign -(x / 2 * 3)")).toBe(-13);
});

test("a loop or a recursion that an edit makes endless comes to an end, and the next variant is tried", async () => {
  const code = `export function f(x: number): number {
  let n = 0;
  while (n < x) n += 1;
  for (let i = 0; i < 3; i += 1) n += half(i);
  return n;
}
function half(n: number): number { return n < 1 ? n : n / 2; }`;
  const values = await tried(code, 5);
  expect([...values.values()].filter((value) => String(value).includes(ENDLESS)).length).toBeGreaterThan(2);
  expect(values.get("number 10")).toBeDefined();
  expect(values.get("comparison (n) <= (x)")).toBe(7.5);
});

test("two edits hold together", async () => {
  const { edits, program } = await variantsOf("export const f = (x: number): number => x * 2 + 1;");
  const session = await openSandboxedSession({
    source: program,
    exercise: { path: "00-test/answer", signatures },
  });
  const place = (text: string) =>
    edits.findIndex(({ places }) => places[0]?.text === text && places.length === 1);
  await session.call({ export: CHOOSE }, [place("-(x)"), place("-1"), 1000]);
  expect(await session.call({ export: "f" }, [5])).toBe(-11);
  await session.close();
});
