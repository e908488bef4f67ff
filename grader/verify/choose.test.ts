import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { AnyExercise } from "../exercise.ts";
import { chooseExercises } from "./choose.ts";

const course = [
  { id: "16.1", path: "01-change-of-variables/16-1-square" },
  { id: "1D.nll", path: "01-change-of-variables/negative-log-likelihood" },
  { id: "16.10", path: "11-matching/16-10-round" },
  { id: "16.3", path: "12-determinants/16-3-cube" },
] as unknown as AnyExercise[];
const ids = (...asked: string[]) => chooseExercises(course, asked).map(({ id }) => id);

test("an exercise is meant by its id, its path, any of its files, or what its path begins with", () => {
  expect(ids()).toEqual(["16.1", "1D.nll", "16.10", "16.3"]);
  expect(ids("16.1")).toEqual(["16.1"]);
  expect(ids("11-matching/16-10-round")).toEqual(["16.10"]);
  expect(ids("grader/exercises/12-determinants/16-3-cube.checks.ts")).toEqual(["16.3"]);
  expect(ids("./solutions/12-determinants/16-3-cube.ts")).toEqual(["16.3"]);
  expect(ids("notebooks/01-change-of-variables.ipynb")).toEqual(["16.1", "1D.nll"]);
  expect(ids("01")).toEqual(["16.1", "1D.nll"]);
  expect(ids("exercises/12-determinants/")).toEqual(["16.3"]);
  expect(ids("12", "16.3", "16.1")).toEqual(["16.1", "16.3"]);
});

test("an unknown one is refused, with those that look like it", () => {
  expect(() => ids("16.1", "16.12")).toThrow(
    'verify: no exercise is called "16.12", and no path begins so; did you mean 16.1 (01-change-of-variables/16-1-square), 16.10 (11-matching/16-10-round)',
  );
  expect(() => ids("12-determinant/16-3-cubes")).toThrow(/did you mean 16\.3 \(12-determinants\/16-3-cube\)/);
  expect(() => ids("1")).toThrow("no exercise");
  expect(() => ids("zzz")).toThrow(
    "expected an id such as 16.1, or a path in 01-change-of-variables, 11-matching, 12-determinants",
  );
});

test("the command says so, and verifies nothing", () => {
  const root = join(import.meta.dirname, "../..");
  const { status, stdout, stderr } = spawnSync(process.execPath, ["grader/cli/verify.ts", "16.91"], {
    cwd: root,
    encoding: "utf8",
  });
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^verify: no exercise is called "16\.91".* did you mean 16\.1 /);
});
