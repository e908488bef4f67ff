import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { hostKey } from "flowlab/notebook";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { exerciseById } from "../course.ts";
import type { AnyExercise } from "../exercise.ts";
import type { ExerciseResult } from "../grading/result.ts";
import type * as rememberModule from "./remember.ts";
import { exerciseVersion } from "./version.ts";

let folder: string;
let memory: typeof rememberModule;
let kernels = 0;
/** The module as a kernel has it that has just started. */
const started = (): Promise<typeof rememberModule> => import(`./remember.ts?kernel=${kernels++}`);
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "flowlab-memory-"));
  vi.stubEnv("FLOWLAB_PROGRESS", folder);
  memory = await started();
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const square = exerciseById("16.1");
const result = (status: ExerciseResult["status"], points: number) =>
  ({ status, points, maxPoints: 3 }) as ExerciseResult;
const file = () => join(folder, "progress.json");
const remembered = () => memory.recall().entries["16.1"];

test("points, date, version, first pass and failures are kept in a file that the next kernel reads", async () => {
  expect(memory.remember(square, result("unsolved", 0))).toBeUndefined();
  expect(readdirSync(folder)).toEqual([]);
  memory.remember(square, result("failed", 0));
  memory.remember(square, result("partial", 1));
  expect(remembered()).toMatchObject({
    points: 1,
    maxPoints: 3,
    failures: 2,
    version: exerciseVersion(square),
  });
  expect(remembered()?.passed).toBeUndefined();
  memory.remember(square, result("passed", 3));
  const passed = remembered()?.passed;
  expect(Date.now() - Date.parse(passed as string)).toBeLessThan(60_000);
  memory.remember(square, result("partial", 2));
  const next = (await started()).recall().entries["16.1"];
  expect(next).toMatchObject({ points: 2, failures: 3, passed });
  expect(readdirSync(folder).sort()).toEqual(["lock", "progress.json"]);
});

test("an exercise that was put back has no points, and stays passed", () => {
  expect(memory.rememberPutBack(square)).toBeUndefined();
  expect(remembered()).toBeUndefined();
  memory.remember(square, result("passed", 3));
  memory.rememberPutBack(square);
  expect(remembered()).toMatchObject({ points: 0, failures: 0, passed: expect.any(String) });
});

test.each([
  "{ half",
  '{"form":2,"exercises":{}}',
  '{"form":1,"exercises":{"16.1":{"points":"three"}}}',
  "",
  "null",
])("a file that cannot be read is put aside, with what is in it: %s", (text) => {
  writeFileSync(file(), text);
  expect(memory.recall()).toMatchObject({ entries: {}, note: expect.stringContaining("cannot be read") });
  const note = memory.remember(square, result("passed", 3));
  const aside = readdirSync(folder).find((name) => name.startsWith("unreadable-")) as string;
  expect(note).toContain(aside);
  expect(readFileSync(join(folder, aside), "utf8")).toBe(text);
  expect(remembered()).toMatchObject({ points: 3 });
});

test("two unreadable files in one second are both kept", () => {
  for (const text of ["one", "two"]) {
    writeFileSync(file(), text);
    memory.remember(square, result("passed", 3));
  }
  const kept = readdirSync(folder).filter((name) => name.startsWith("unreadable-"));
  expect(kept.map((name) => readFileSync(join(folder, name), "utf8")).sort()).toEqual(["one", "two"]);
});

test("where nothing can be written it is remembered in this kernel, said once, and written when it can be", async () => {
  const blocked = join(folder, "blocked");
  writeFileSync(blocked, "a file, where a folder would have to be");
  vi.stubEnv("FLOWLAB_PROGRESS", join(blocked, "progress"));
  const note = memory.remember(square, result("failed", 0));
  expect(note).toMatch(/remembered only until the kernel ends: .*blocked.* cannot be written/);
  expect(memory.remember(square, result("passed", 3))).toBeUndefined();
  expect(remembered()).toMatchObject({ points: 3, failures: 1 });
  rmSync(blocked);
  mkdirSync(blocked);
  memory.remember(exerciseById("16.2"), result("partial", 1));
  const written = JSON.parse(readFileSync(join(blocked, "progress", "progress.json"), "utf8"));
  expect(Object.keys(written.exercises).sort()).toEqual(["16.1", "16.2"]);
});

test("nbgrader's runs, and programs that are no notebook, write nothing", async () => {
  const { memoryFolder } = await import("./place.ts");
  vi.stubEnv("NBGRADER_EXECUTION", "autograde");
  memory.remember(square, result("passed", 3));
  expect(readdirSync(folder)).toEqual([]);
  expect(memoryFolder({})).toBeUndefined();
  expect(memoryFolder({ FLOWLAB_PROGRESS: "off" })).toBeUndefined();
  // In a notebook of a learner's own it is the course's folder.
  vi.stubGlobal(hostKey as never, {});
  expect(memoryFolder({})).toBe(join(import.meta.dirname, "../../progress"));
  expect(memoryFolder({ NBGRADER_EXECUTION: "validate" })).toBeUndefined();
  vi.unstubAllGlobals();
});

test("several notebooks at once lose nothing of each other's", async () => {
  const script = `
    import { existsSync, writeFileSync } from "node:fs";
    import { remember } from ${JSON.stringify(join(import.meta.dirname, "remember.ts"))};
    import { exerciseById } from ${JSON.stringify(join(import.meta.dirname, "../course.ts"))};
    const [mine, other, ...ids] = process.argv.slice(1);
    // Both begin when both are ready.
    writeFileSync(mine, "");
    while (!existsSync(other)) {}
    for (let i = 0; i < 50; i++) for (const id of ids) {
      const note = remember(exerciseById(id), { status: "partial", points: 1, maxPoints: 3 });
      if (note) throw new Error(note);
    }`;
  const [first, second] = [join(folder, "first"), join(folder, "second")];
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script, ...args], {
      env: { ...process.env, FLOWLAB_PROGRESS: folder },
    });
  await Promise.all([run(first, second, "16.1", "16.2"), run(second, first, "16.1", "1D.nll")]);
  const { entries } = memory.recall();
  expect([entries["16.1"], entries["16.2"], entries["1D.nll"]].map((entry) => entry?.failures)).toEqual([
    100, 50, 50,
  ]);
});

test("the version changes with what is asked and how it is judged, not with hints", () => {
  const version = exerciseVersion(square);
  expect(exerciseVersion({ ...square, hints: ["another", "hint"], title: "Another" })).toBe(version);
  const changed: Partial<AnyExercise>[] = [
    { statement: `${square.statement} And more.` },
    { signatures: { other: square.signatures.density } },
    { checks: square.checks.map((check) => ({ ...check, points: check.points + 1 })) },
  ];
  for (const change of changed) expect(exerciseVersion({ ...square, ...change })).not.toBe(version);
  const copy = join(folder, "grader/exercises/01-change-of-variables");
  mkdirSync(copy, { recursive: true });
  const of = (name: string, text: string) => {
    writeFileSync(join(copy, name), text);
    return exerciseVersion(square, folder);
  };
  const first = of("16-1-square.checks.ts", "a tolerance of 1e-9");
  expect(of("16-1-square.misconceptions.ts", "words")).toBe(first);
  expect(of("16-1-square.ts", "hints")).toBe(first);
  expect(of("16-1-square-root.checks.ts", "another exercise")).toBe(first);
  expect(of("16-1-square.checks.ts", "a tolerance of 1e-6")).not.toBe(first);
});
