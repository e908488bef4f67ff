/** Exercises, solutions, specifications and notebooks are of the same set: each chapter and each exercise is in all of them. */

import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { chapters, START } from "../../grader/chapters.ts";
import { course } from "../../grader/course.ts";
import { askedNames } from "../../grader/exercise.ts";
import { factsOf } from "../../grader/program/facts.ts";
import { filesAgree } from "../../grader/verify/files.ts";
import { placementFindings } from "../../grader/verify/texts/placement.ts";
import { notebookSlugs } from "./generated.ts";
import { parsePercent } from "./percent.ts";

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

test("every notebook of a chapter has its line in the list of chapters, from which the map and the links are made", () => {
  const listed = chapters.map(({ slug }) => slug);
  expect([START, ...listed]).toEqual(expect.arrayContaining(notebookSlugs(root)));
  for (const slug of notebookSlugs(root)) {
    const links = [
      ...readFileSync(join(root, `notebooks/${slug}.ipynb`), "utf8").matchAll(/\]\(([^)\s]+\.ipynb)\)/g),
    ];
    for (const [, file] of links)
      expect(existsSync(join(root, "notebooks", file as string)), file).toBe(true);
    expect(links.length).toBeGreaterThan(0);
  }
});

test("a chapter has what a learner calls in cells of her own, and says its time once", () => {
  for (const slug of notebookSlugs(root).filter((one) => one !== START)) {
    const { cells } = JSON.parse(readFileSync(join(root, `notebooks/${slug}.ipynb`), "utf8"));
    const text = cells.map(({ source }: { source: string[] }) => source.join("")).join("\n");
    const imported = /^import \{(.*)\} from "flowlab-grader";$/m.exec(text)?.[1] ?? "";
    // A name that the script has for something else, such as the bar of flowlab/notebook, goes under another one.
    for (const name of ["check", "progress", "reset", "worked"]) expect(imported, slug).toContain(` ${name}`);
    expect(text.match(/\*\*Expected time/g), slug).toHaveLength(1);
  }
});

test("no cell of a chapter takes the name of an exercise's function: the answer would be lost under it", () => {
  for (const slug of notebookSlugs(root)) {
    const names = course.filter(({ path }) => path.startsWith(`${slug}/`)).flatMap(askedNames);
    const file = `notebooks/${slug}.ts`;
    for (const { type, source, attributes } of parsePercent(readFileSync(join(root, file), "utf8"), file)) {
      if (type !== "code" || attributes.exercise !== undefined) continue;
      const declared = factsOf(source)?.declares;
      expect(
        names.filter((name) => declared?.has(name)),
        `${file}: ${source}`,
      ).toEqual([]);
    }
  }
});
