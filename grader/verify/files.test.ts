import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { AnyExercise } from "../exercise.ts";
import { filesAgree } from "./files.ts";

const root = mkdtempSync(join(tmpdir(), "flowlab-files-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const write = (path: string, text = "") => {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
};
const course = [{ id: "1", path: "01-a/one" }] as unknown as AnyExercise[];
const problems = () => filesAgree(course, root).map(({ problem }) => problem);

test("a part of an exercise belongs to it if it is imported, and a file that nobody knows is found", () => {
  for (const folder of ["solutions", "exercises"]) write(`${folder}/01-a/one.ts`);
  write("solutions/01-a/one.md");
  write("grader/exercises/01-a/one.ts", 'import { b } from "./one.parts.ts";\n');
  write("grader/exercises/01-a/one.parts.ts", 'import type { C } from "./one.checks.ts";\n');
  write("grader/exercises/01-a/one.checks.ts");
  expect(problems()).toEqual([]);
  write("grader/exercises/01-a/two.parts.ts");
  // They know each other, and no exercise knows them.
  write("grader/exercises/01-a/three.parts.ts", 'import "./three.checks.ts";\n');
  write("grader/exercises/01-a/three.checks.ts", 'import "./three.parts.ts";\n');
  write("solutions/01-a/one.old.ts");
  write("exercises/01-a/three.ts");
  const unknown = [
    "exercises/01-a/three.ts",
    "grader/exercises/01-a/three.checks.ts",
    "grader/exercises/01-a/three.parts.ts",
    "grader/exercises/01-a/two.parts.ts",
    "solutions/01-a/one.old.ts",
  ];
  expect(problems().sort()).toEqual(
    unknown.map((file) => `${file} belongs to no exercise in grader/course.ts`),
  );
});

test("a part that is not there is found, with the file that wants it", () => {
  rmSync(join(root, "solutions/01-a/one.old.ts"));
  write("solutions/01-a/one.ts", 'import { a } from "./one.gone.ts";\n');
  expect(problems()).toContain("solutions/01-a/one.gone.ts does not exist; solutions/01-a/one.ts imports it");
});

test("a worked solution that is missing is found, and one without an exercise", () => {
  write("solutions/01-a/one.ts");
  write("solutions/01-a/other.md");
  rmSync(join(root, "solutions/01-a/one.md"));
  expect(problems()).toContain("solutions/01-a/one.md is missing");
  expect(problems()).toContain("solutions/01-a/other.md belongs to no exercise in grader/course.ts");
});

test("a text that a person judges has words for her, and nothing else has", () => {
  const judged = [{ id: "1", path: "01-a/one", rubric: {} }] as unknown as AnyExercise[];
  const found = () => filesAgree(judged, root).map(({ problem }) => problem);
  expect(found()).toContain("solutions/01-a/one.rubric.md is missing");
  write("solutions/01-a/one.rubric.md");
  expect(found()).not.toContain("solutions/01-a/one.rubric.md is missing");
  expect(problems()).toContain("solutions/01-a/one.rubric.md belongs to no exercise in grader/course.ts");
});
