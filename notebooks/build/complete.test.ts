/** Exercises, solutions, specifications and notebooks are of the same set: each chapter and each exercise is in all of them. */

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { course } from "../../grader/course.ts";
import { filesAgree } from "../../grader/verify/files.ts";
import { placementFindings } from "../../grader/verify/placement.ts";
import { notebookSlugs } from "./generated.ts";

const root = join(import.meta.dirname, "../..");
const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

test("every exercise has its solution, its stub, its specification and its place in a notebook, and the other way round", () => {
  expect(course.length).toBeGreaterThan(0);
  expect(filesAgree(course, root)).toEqual([]);
  expect(placementFindings(course, root)).toEqual([]);
});

test("every chapter has its script, its notebook and its folders, and there are no others", () => {
  const chapters = sorted(course.map(({ path }) => path.split("/")[0] as string));
  const named = (pattern: string, name: RegExp) =>
    sorted(globSync(pattern, { cwd: root }).map((path) => name.exec(path)?.[1] ?? path));
  expect(sorted(notebookSlugs(root))).toEqual(named("notebooks/[0-9][0-9]-*.ipynb", /([^\\/]+)\.ipynb$/));
  for (const folder of ["solutions", "exercises", "grader/exercises"])
    expect(named(`${folder}/*`, /([^\\/]+)$/), folder).toEqual(chapters);
  // A chapter without exercises has a notebook only.
  for (const chapter of chapters) expect(notebookSlugs(root)).toContain(chapter);
});

test("the notebook that is handed out checks each exercise of its chapter", () => {
  for (const slug of notebookSlugs(root)) {
    const { cells } = JSON.parse(readFileSync(join(root, `notebooks/${slug}.ipynb`), "utf8"));
    const checked = cells.flatMap(
      ({ source, metadata }: { source: string[]; metadata: { flowlab?: { role: string } } }) =>
        metadata.flowlab?.role === "check" ? [/check\("([^"]+)"/.exec([source].flat().join(""))?.[1]] : [],
    );
    const wanted = course.filter(({ path }) => path.startsWith(`${slug}/`)).map(({ id }) => id);
    expect(checked.toSorted()).toEqual(wanted.toSorted());
  }
});
