import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { course } from "../course.ts";
import { withoutCourse } from "./course-copy.ts";

test("of a copy of the course only exercises and chapters are somebody's answers", () => {
  const paths = [
    "ada/exercises/01-change-of-variables/16-1-square.ts",
    "ada/notebooks/00-start.ipynb",
    "ada/notebooks/01-change-of-variables.ipynb",
    "ada/notebooks/01-change-of-variables.ts",
    "ada/notebooks/my-own.ipynb",
    "ada/notebooks/09-glow-4200x16x16x1.checkpoint",
    "ada/notebooks/capstone.safetensors",
    "ada/progress/progress.json",
    "ada/backups/2026-03-05-141502/16-1-square.ts",
    "ada/solutions/01-change-of-variables/16-1-square.md",
    "eve/00-start.ipynb",
  ];
  const { files } = withoutCourse(paths, (path) => path, course);
  expect(files).toEqual([paths[0], paths[2], paths[4], paths[6], paths[10]]);
});

test("whatever stands beside the notebooks is the course's own", () => {
  const folder = join(import.meta.dirname, "../../notebooks");
  const beside = readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith(".") && !name.endsWith(".ipynb"))
    .map((entry) => `notebooks/${entry.name}${entry.isDirectory() ? "/some.ts" : ""}`);
  const chapter = "notebooks/01-change-of-variables.ipynb";
  expect(withoutCourse([chapter, ...beside], (path) => path, course).files).toEqual([chapter]);
});
