import { expect, test } from "vitest";
import { checkCell, demoCell, exerciseCell, notebook } from "./notebook.fixture.ts";
import { readNotebook } from "./notebook.ts";

const course = [
  { id: "16.1", path: "01/16-1-square" },
  { id: "16.10", path: "01/16-10-ring" },
];
const read = (text: string) => readNotebook(text, "ada.ipynb", course);

test("takes the exercise cells and nothing else", () => {
  const text = notebook([
    demoCell("process.exit()"),
    exerciseCell("16.1", "export const a = 1;\nb"),
    checkCell("16.1"),
  ]);
  const { sources, notes } = read(text);
  expect(notes).toEqual([]);
  expect(sources).toMatchObject([
    { exerciseId: "16.1", code: "export const a = 1;\nb", origin: "ada.ipynb, cell 2" },
  ]);
  expect(sources[0]?.program?.modules).toEqual([
    { path: "ada.ipynb%2C%20cell%202", code: "export const a = 1;\nb" },
  ]);
});

test("knows the check cell without nbgrader's metadata", () => {
  const bare = (role: string) => ({ metadata: { flowlab: { exercise: "16.1", role } } });
  const text = notebook([
    exerciseCell("16.1", "answer", bare("solution")),
    { ...checkCell("16.1"), ...bare("check") },
  ]);
  expect(read(text).sources.map(({ code }) => code)).toEqual(["answer"]);
});

test("falls back to nbgrader's grade_id, and tells 16.1 from 16.10", () => {
  const nbgrader = (grade_id: string) => ({
    metadata: { nbgrader: { solution: true, grade: false, grade_id } },
  });
  const text = notebook([
    exerciseCell("", "ring", nbgrader("p16_10_solution")),
    exerciseCell("", "square", nbgrader("ex-16-1")),
  ]);
  expect(read(text).sources.map(({ exerciseId, code }) => [exerciseId, code])).toEqual([
    ["16.1", "square"],
    ["16.10", "ring"],
  ]);
});

test("says that an answer was changed to a markdown cell", () => {
  const { sources, notes } = read(notebook([exerciseCell("16.1", "x", { cell_type: "markdown" })]));
  expect(sources).toEqual([]);
  expect(notes[0]).toMatch(/cell 1 is the answer to 16\.1, but was changed to a markdown cell/);
});

test("does not read a cell that is longer than a file may be", () => {
  const { sources, notes } = read(notebook([exerciseCell("16.1", "x".repeat(300 * 1024))]));
  expect(sources).toEqual([]);
  expect(notes[0]).toMatch(/cell 1 holds 300 kB of code; at most 256 kB are read/);
});

test("reads nbformat 3", () => {
  const cell = { ...exerciseCell("16.1", ""), input: ["const ", "a = 1"], source: undefined };
  const text = JSON.stringify({ nbformat: 3, worksheets: [{ cells: [cell] }] });
  expect(read(text).sources[0]?.code).toBe("const a = 1");
});

test.each([
  ["no JSON", "{ nbformat", /holds no valid JSON/],
  ["nothing in it", "\n", /not a notebook: the file is empty\. Save it again/],
  ["not a notebook", "[1, 2]", /expected nbformat 4 or 3 with cells; got nbformat undefined/],
  ["a future format", JSON.stringify({ nbformat: 5, cells: [] }), /got nbformat 5/],
  [
    "metadata removed",
    notebook([demoCell("a"), demoCell("b")]),
    /its metadata was removed, or it is another notebook/,
  ],
  [
    "every exercise deleted",
    notebook([demoCell("a"), { ...demoCell("b"), metadata: { flowlab: {} } }]),
    /was it deleted/,
  ],
])("refuses: %s", (_what, text, message) => {
  expect(() => read(text)).toThrow(message);
});

test("says that an exercise was deleted, and measures the notebook by it all the same", () => {
  const { sources, notes, asked } = read(notebook([demoCell("a"), checkCell("16.1")]));
  expect(sources).toEqual([]);
  expect(asked).toEqual(["16.1"]);
  expect(notes).toEqual([
    "ada.ipynb: 16.1 has no answer: its cell is not in the notebook, and no other cell defines what it asks for",
  ]);
});

test("survives cells of any shape", () => {
  const text = JSON.stringify({
    nbformat: 4,
    cells: [null, 7, {}, { metadata: [] }, { cell_type: 1, source: {} }, exerciseCell("16.1", "x")],
  });
  expect(read(text).sources).toHaveLength(1);
});
