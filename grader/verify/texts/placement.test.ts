import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { AnyExercise } from "../../exercise.ts";
import { placementFindings } from "./placement.ts";

const root = mkdtempSync(join(tmpdir(), "flowlab-placement-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
mkdirSync(join(root, "notebooks"));
const write = (name: string, ...ids: string[]) =>
  writeFileSync(
    join(root, "notebooks", name),
    ids.map((id) => `// %% exercise="${id}"\n`).join("\n// %%\n1;\n"),
  );
const course = [
  { id: "1", path: "01-a/one" },
  { id: "2", path: "02-b/two" },
] as unknown as AnyExercise[];
const problems = () =>
  placementFindings(course, root).map(({ exercise, problem }) => `${exercise}: ${problem}`);

test("an exercise stands in its chapter's notebook, and once", () => {
  write("01-a.ts", "1");
  write("02-b.ts", "2");
  expect(problems()).toEqual([]);
});

test("finds one that stands nowhere, twice, in another chapter, or that the course does not have", () => {
  write("02-b.ts");
  expect(problems()).toEqual(["2: it stands in no notebook"]);
  write("02-b.ts", "2", "2");
  expect(problems()).toEqual(["2: it stands 2 times in notebooks: 02-b.ts, 02-b.ts"]);
  write("01-a.ts", "1", "2");
  write("02-b.ts");
  expect(problems()).toEqual(["2: it stands in 01-a.ts, and belongs to the chapter of 02-b.ts"]);
  write("02-b.ts", "2", "3");
  write("01-a.ts", "1");
  expect(problems()).toEqual(["3: a cell stands for this exercise, which the course does not have"]);
});
