import { expect, test } from "vitest";
import { identify } from "./identify.ts";

const course = [
  { id: "16.1", path: "01-change-of-variables/16-1-square" },
  { id: "16.10", path: "01-change-of-variables/16-10-ring" },
  { id: "density", path: "01-change-of-variables/density" },
  { id: "coupling.density", path: "05-coupling/density" },
];

test.each([
  ["by place", "ada/01-change-of-variables/16-1-square.ts", "", "16.1"],
  ["by name alone", "x/16-1-square.ts", "", "16.1"],
  ["by the chapter where two have the name", "05-coupling/density.ts", "", "coupling.density"],
  ["a browser's second copy", "16-1-square (2).ts", "", "16.1"],
  ["a resubmission on Canvas", "16-1-square-3.ts", "", "16.1"],
  ["by number", "16-1.ts", "", "16.1"],
  ["by number with words", "p16_1 final version.ts", "", "16.1"],
  ["the longer number", "16.10.ts", "", "16.10"],
  ["by declaration", "answer.ts", "\n// exercise: density\n", "density"],
  [
    "by the header of the file that was handed out",
    "a.ts",
    "// Exercise 16.10: A ring\n// Check it with: npm run grade",
    "16.10",
  ],
  ["by number after a person's name", "ada_16-1.ts", "", "16.1"],
  ["by name after a person's name", "learner-02_16-1-square.ts", "", "16.1"],
  ["by kind and number, with words", "exercise_16_1_final.ts", "", "16.1"],
  ["by kind and number, with a version", "problem_16_10_v2.ts", "", "16.10"],
  [
    "by name where a comment mentions another",
    "16-1-square.ts",
    "// exercise 16.10 was harder than this one",
    "16.1",
  ],
  ["by declaration in a block comment", "a.ts", "/* Exercise 16.10 */", "16.10"],
])("finds the exercise %s", (_how, path, code, id) => {
  expect(identify(path, code, course)).toEqual({ id });
});

test("does not guess where two chapters have the name", () => {
  expect(identify("density.ts", "", course)).toEqual({ id: "density" });
  expect(identify("elsewhere/density-of-states.ts", "", course)).toEqual(undefined);
});

test.each([
  ["a heading above the code", "// Exercise\nexport const density = 1"],
  ["words", "// Exercise: my own solution"],
])("takes %s for no declaration where the name says more", (_what, code) => {
  expect(identify("16-1-square.ts", code, course)).toEqual({ id: "16.1" });
});

test("a declaration against the file's own name does not count, and is noted", () => {
  expect(identify("16-1-square.ts", "// exercise: 16.10", course)).toEqual({
    id: "16.1",
    note: "16-1-square.ts says that it is exercise 16.10, but is named as 16.1, and was taken for that",
  });
});

test("a comment that only mentions an exercise declares none", () => {
  expect(identify("a.ts", "// exercise 16.1 was harder than this one", course)).toBeUndefined();
  expect(identify("a.ts", "// Exercise 16.1: harder than the others", course)).toBeUndefined();
});

test("names a declared exercise that does not exist", () => {
  expect(identify("a.ts", "// exercise: 99.9", course)).toEqual({ unknown: "99.9" });
});

test("does not search beyond the first lines", () => {
  expect(identify("notes.ts", `${"\n".repeat(9)}// exercise: 16.1`, course)).toBeUndefined();
});

test.each([
  ["a line of blanks", "a.ts", `// exercise${" ".repeat(250_000)}!`],
  ["line separators", "a.ts", "\u2028".repeat(80_000)],
  ["a name of blanks", `a${" ".repeat(60_000)}!.ts`, ""],
])("is not slowed down by %s", (_what, path, code) => {
  // The thread's own time: a busy machine adds nothing to it.
  const before = process.threadCpuUsage();
  expect(identify(path, code, course)).toBeUndefined();
  expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(500);
});
