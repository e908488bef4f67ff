import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { AnyExercise } from "../exercise.ts";
import { square } from "../exercises/01-change-of-variables/16-1-square.ts";
import { gradientStep } from "../exercises/01-change-of-variables/gradient-step.ts";
import { type Foresight, foresight } from "../grading/foresight/foresee.ts";
import { gradeExercise } from "../grading/grade-exercise.ts";
import { singleModule } from "../harness/program.ts";
import { DEFAULT_ANSWER } from "../harness/size.ts";
import { eventually, needingSandbox, sandboxProcesses } from "../sandbox/tiers.fixture.ts";
import { isClosed } from "./rooms/closed.ts";
import { openSandboxedSession } from "./sandboxed.ts";

const SUBMISSIONS = join(import.meta.dirname, "../fixtures/submissions");
const LEFTOVERS = join(import.meta.dirname, "../fixtures/leftovers");
const ROOT = join(import.meta.dirname, "../..");
const solution = (path: string) => readFileSync(join(ROOT, `solutions/${path}.ts`), "utf8");

/** They take their time, alone and together. */
const SLOW = /^(allocates|endless|busy|memory|promises|returns-a-huge|returns-a-proxy-that)/;
/** Wrong at any rate; whether it is a value or the memory that is told of depends on when somebody looks, or on which built-in is asked. */
const OTHER_WORDS = ["overwrites-promise.ts", "throws-what-takes-long-to-tell.ts"];
/** Files whose programs are asked ahead. */
const closed = [SUBMISSIONS, LEFTOVERS].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".ts") && !SLOW.test(name))
    .map((name) => ({ name, source: readFileSync(join(folder, name), "utf8") }))
    .filter(({ name, source }) => isClosed(singleModule(name, source))),
);

async function grade(of: AnyExercise, source: string, known?: Foresight) {
  const exercise = { ...of, limits: { seconds: 1, memoryMB: 256 } };
  let opened = 0;
  const open = () => {
    opened += 1;
    return openSandboxedSession({ source, name: "answer.ts", exercise });
  };
  const result = await gradeExercise(exercise, open, { seed: "1", ...(known && { foresight: known }) });
  const checks = result.checks.map(({ milliseconds, ...rest }) => rest);
  return { checks, points: result.points, opened };
}

const sandboxed = await needingSandbox();

sandboxed.describe("asked ahead, everybody gets what they get when asked call by call", () => {
  const known = foresight();

  test("once the right answer has shown what will be asked", async () => {
    for (const exercise of [square, gradientStep]) {
      const { points } = await grade(exercise, solution(exercise.path), known);
      expect(points).toBe(3);
      for (const check of exercise.checks)
        expect(known.of(check as never)?.calls.length, check.name).toBeGreaterThan(40);
    }
  });

  test("there are such programs", () => {
    expect(closed.length).toBeGreaterThan(20);
  });

  test.for(closed)("$name", { timeout: 120_000 }, async ({ name, source }) => {
    const { checks, points } = await grade(square, source, known);
    const alone = await grade(square, source);
    expect(points).toBe(alone.points);
    if (!OTHER_WORDS.includes(name)) expect(checks).toEqual(alone.checks);
  });

  test.for([
    ["one that keeps its last answer", "let last = 0;", "const now = last; last = b; return { a, b: now };"],
    ["one that counts", "let n = 0;", "n += 1; return { a: a + n, b };"],
    [
      "one that fails at its third call",
      "let n = 0;",
      "n += 1; if (n === 3) throw new Error('three'); return { a, b };",
    ],
    ["one that runs away", "", "return { a: 1e3 * a + 1, b: b ** 2 + 1 };"],
    ["one that gives NaN", "", "return { a: NaN, b: -Infinity };"],
  ] as const)("%s", { timeout: 120_000 }, async ([, before, body]) => {
    const source = `${before}\nexport function gradientStep(data: number[], a: number, b: number, rate: number) { ${body} }`;
    const { checks } = await grade(gradientStep, source, known);
    expect(checks).toEqual((await grade(gradientStep, source)).checks);
  });

  test("a call that never ends is told as such, and costs its check alone", {
    timeout: 120_000,
  }, async () => {
    const source = `export function density(x: number): number {
      for (; x > 1; );
      return x > 0 ? 0.5 / Math.sqrt(x) : 0;
    }`;
    const { checks } = await grade(square, source, known);
    expect(checks.map(({ status }) => status)).toEqual(["passed", "failed", "passed"]);
    expect(checks[1]?.failure?.message).toMatch(/^ran longer than 1 s at density\(\d/);
  });

  test("a session that is closed while it is asked ahead leaves nothing behind", {
    timeout: 60_000,
  }, async () => {
    const source = "export const density = (): number => { for (;;); };";
    const session = await openSandboxedSession({ source, name: "answer.ts", exercise: square });
    session.allow({ seconds: 5, answer: DEFAULT_ANSWER, ahead: known.of(square.checks[0] as never) });
    const asked = session.call({ export: "density" }, [0.5]).catch((error) => error);
    await sleep(200);
    await session.close();
    expect(await asked).toMatchObject({ trouble: "exit" });
    expect(await eventually(() => sandboxProcesses().length === 0), `${sandboxProcesses()}`).toBe(true);
  });
});
