import fc from "fast-check";
import { expect, test } from "vitest";
import { type HandedOutCell, sha256 } from "../manifest.ts";
import { mergeNotebook } from "./merge-notebook.ts";
import { type Cell, markOf, type Notebook, notebookText, parseNotebook, sourceOf } from "./notebook-cells.ts";

const text = (source: string): Cell => ({
  cell_type: "markdown",
  id: sha256(`text ${source}`).slice(0, 8),
  metadata: {},
  source: [source],
});
const code = (source: string): Cell => ({
  ...text(`code ${source}`),
  cell_type: "code",
  source: [source],
  outputs: [],
});
const marked = (id: string, role: string, source: string): Cell => ({
  ...code(source),
  id: `ex-${id}-${role}`,
  metadata: { flowlab: { exercise: id, role } },
});
const book = (...cells: Cell[]): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: "k" },
  cells,
});
const handedOut = ({ cells }: Notebook): HandedOutCell[] =>
  cells.map((cell) => ({
    id: cell.id as string,
    type: cell.cell_type as "code",
    source: sha256(sourceOf(cell)),
    ...(/ solution$/.test(markOf(cell) ?? "") && { answers: true as const }),
  }));
const sources = ({ cells }: Notebook) => cells.map(sourceOf);
const merge = (before: Notebook, mine: Notebook, next: Notebook) =>
  mergeNotebook(handedOut(before), mine, next);

const before = book(
  text("one"),
  code("run()"),
  marked("1", "solution", "stub"),
  marked("1", "check", "check(1)"),
  text("two"),
);
const [one, run, answer, check, two] = before.cells as [Cell, Cell, Cell, Cell, Cell];
const solved = { ...answer, source: "mine" };

test("corrections arrive in what is untouched, and answers stay", () => {
  const next = book(text("one, corrected"), run, marked("1", "solution", "stub"), check, code("new()"), two);
  const shown = { ...run, outputs: ["shown"] };
  const { notebook, notes } = merge(before, book(one, shown, solved, check, two), next);
  expect(sources(notebook)).toEqual(["one, corrected", "run()", "mine", "check(1)", "new()", "two"]);
  expect(notebook.cells[1]?.outputs).toEqual(["shown"]);
  expect(notes).toEqual([]);
  const other = book(one, code("run(2)"), answer, check, two);
  const changed = merge(before, book(one, shown, solved, check, two), other);
  expect(changed.notebook.cells[1]).toMatchObject({ source: ["run(2)"], outputs: [] });
});

test("cells of her own stay where they are, and so does what she has moved", () => {
  const note = { ...text("my note"), id: "own" };
  const next = book(text("one, corrected"), run, answer, check, text("between"), two);
  const { notebook } = merge(before, book(two, one, note, solved, check, run), next);
  expect(sources(notebook)).toEqual([
    "two",
    "one, corrected",
    "my note",
    "mine",
    "check(1)",
    "between",
    "run()",
  ]);
});

test("what both have changed is kept twice, and named", () => {
  const next = book(text("one, corrected"), run, marked("1", "solution", "other stub"), check);
  const { notebook, notes } = merge(
    before,
    book({ ...one, source: "one, with my remark" }, run, solved, check, { ...two, source: "two!" }),
    next,
  );
  expect(sources(notebook)).toEqual([
    "one, corrected",
    "one, with my remark",
    "run()",
    "mine",
    "check(1)",
    "two!",
  ]);
  expect(notes).toEqual([
    "the cell “one, with my remark” was changed by you and by the course; yours stands below the new one",
    "the cell of 1 begins in another way now; your answer is kept",
    "the cell “two!” is no longer in the course; yours is kept",
  ]);
});

test("what she has deleted comes back only where the course has changed it; a split cell loses no part", () => {
  const half = { ...solved, id: "half", source: "the other half" };
  const next = book(text("one, corrected"), run, answer, check, two);
  const { notebook } = merge(before, book(solved, half, check), next);
  expect(sources(notebook)).toEqual(["one, corrected", "mine", "the other half", "check(1)"]);
});

test("without ids the cells are known by the course's marks, and by their texts", () => {
  const bare = [one, run, { ...answer, source: "mine" }, check, two].map(
    ({ id: _, ...cell }) => cell as Cell,
  );
  const next = book(text("one, corrected"), run, answer, check, two);
  const { notebook } = merge(before, book(...bare), next);
  expect(sources(notebook)).toEqual(["one, corrected", "run()", "mine", "check(1)", "two"]);
  expect(new Set(notebook.cells.map(({ id }) => id)).size).toBe(5);
});

test("what is no notebook is none", () => {
  for (const no of ["", "[]", "{}", `{"cells": 1}`, `{"cells": [1]}`])
    expect(parseNotebook(no)).toBeUndefined();
});

/** Any edit that a notebook's page makes: its cells moved, copied, split, joined, deleted, written in, and new ones. */
type Edit = {
  readonly kind: "move" | "delete" | "write" | "split" | "copy" | "add";
  readonly at: number;
  readonly to: number;
};
const edits = fc.array(
  fc.record<Edit>({
    kind: fc.constantFrom("move", "delete", "write", "split", "copy", "add"),
    at: fc.nat(20),
    to: fc.nat(20),
  }),
  { maxLength: 8 },
);

function edit(cells: readonly Cell[], { kind, at, to }: Edit, n: number): Cell[] {
  const result = [...cells];
  const i = result.length === 0 ? 0 : at % result.length;
  const cell = result[i];
  if (kind === "add" || !cell)
    result.splice(to % (result.length + 1), 0, { ...code(`own ${n}`), id: `own-${n}` });
  else if (kind === "move") result.splice(to % result.length, 0, ...result.splice(i, 1));
  else if (kind === "delete") result.splice(i, 1);
  else if (kind === "write") result[i] = { ...cell, source: `hers ${n}\n${sourceOf(cell)}` };
  else if (kind === "copy") result.splice(i, 0, { ...cell, id: `copy-${n}`, source: `copy ${n}` });
  else
    result.splice(
      i,
      1,
      { ...cell, source: `left ${n}` },
      { ...cell, id: `split-${n}`, source: `right ${n}` },
    );
  return result;
}

/** A later state of the course: texts corrected, added and dropped. */
const corrections = fc.array(fc.constantFrom("keep", "correct", "drop", "add"), {
  minLength: 12,
  maxLength: 12,
});
const course = book(
  ...[1, 2, 3].flatMap((n) => [
    text(`text ${n}`),
    code(`run(${n})`),
    marked(`${n}`, "solution", `stub ${n}`),
    marked(`${n}`, "check", `check(${n})`),
  ]),
);
const correct = (how: readonly string[]): Notebook =>
  book(
    ...course.cells.flatMap((cell, i) => {
      const isExercise = markOf(cell) !== undefined;
      if (how[i] === "correct")
        return [
          isExercise
            ? { ...cell, source: [`${sourceOf(cell)} corrected`] }
            : { ...text(`corrected ${i}`), cell_type: cell.cell_type },
        ];
      if (how[i] === "drop" && !isExercise) return [];
      return how[i] === "add" ? [cell, text(`added ${i}`)] : [cell];
    }),
  );

test("whatever she has done, nothing of hers is lost, corrections arrive, and a second time changes nothing", () => {
  fc.assert(
    fc.property(edits, corrections, (hers, how) => {
      const next = correct(how);
      const mine = book(...hers.reduce(edit, course.cells as Cell[]));
      const { notebook } = merge(course, mine, next);
      const was = new Set(sources(course));
      const written = sources(mine).filter((source) => !was.has(source));
      for (const source of written) expect(sources(notebook)).toContain(source);
      // In the order in which she has them.
      expect(sources(notebook).filter((source) => written.includes(source))).toEqual(written);
      for (const cell of next.cells)
        if (!was.has(sourceOf(cell)) && !(/ solution$/.test(markOf(cell) ?? "") && hers.length > 0))
          expect(sources(notebook)).toContain(sourceOf(cell));
      expect(new Set(notebook.cells.map(({ id }) => id)).size).toBe(notebook.cells.length);
      const again = merge(course, notebook, next).notebook;
      expect(notebookText(again)).toBe(notebookText(notebook));
      // And as seen from the new kit, too.
      expect(notebookText(merge(next, notebook, next).notebook)).toBe(notebookText(notebook));
    }),
    { numRuns: 600 },
  );
});

test("who has not touched it gets the new notebook, whatever has changed", () => {
  fc.assert(
    fc.property(corrections, (how) => {
      const next = correct(how);
      expect(sources(merge(course, course, next).notebook)).toEqual(sources(next));
    }),
    { numRuns: 300 },
  );
});
