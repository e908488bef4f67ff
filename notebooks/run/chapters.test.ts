import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { course } from "../../grader/course.ts";
import { maxPoints } from "../../grader/exercise.ts";
import { gradeId } from "../build/exercise-cells.ts";
import { buildNotebook, notebookSlugs } from "../build/generated.ts";
import type { Notebook } from "../build/nbformat.ts";
import { gradeWithNbgrader } from "../kernel/testing/nbgrader.ts";
import { jupyterPython } from "../kernel/testing/python.ts";
import { runNotebook } from "./notebook.ts";

const root = join(import.meta.dirname, "../..");
/** Far from the course: a notebook must not need to lie in it. */
const elsewhere = mkdtempSync(join(tmpdir(), "flowlab-chapters-"));
afterAll(() => rmSync(elsewhere, { recursive: true }));

const exercisesOf = (slug: string) => course.filter(({ path }) => path.startsWith(`${slug}/`));

/** What each check cell showed, as text. */
async function cards(slug: string, variant: "stub" | "solved"): Promise<string[]> {
  const notebook = buildNotebook(root, slug, variant);
  const run = await runNotebook(notebook, { cwd: elsewhere });
  expect(run.cells.filter(({ error }) => error).map(({ error }) => error)).toEqual([]);
  expect(run.ok).toBe(true);
  const stderr = run.cells
    .flatMap(({ outputs }) => outputs)
    .filter((o) => o.output_type === "stream" && o.name === "stderr");
  expect(stderr).toEqual([]);
  return run.cells
    .filter(
      ({ index }) =>
        (notebook.cells[index].metadata.flowlab as { role?: string } | undefined)?.role === "check",
    )
    .map(({ outputs }) => {
      const [result] = outputs;
      return result?.output_type === "execute_result" ? String(result.data["text/plain"]) : "no result";
    });
}

describe.each(notebookSlugs(root))("%s", (slug) => {
  test("untouched: every cell runs, and every exercise is to do", { timeout: 180_000 }, async () => {
    const shown = await cards(slug, "stub");
    expect(shown).toHaveLength(exercisesOf(slug).length);
    for (const card of shown) {
      expect(card).toMatch(/to do/i);
      expect(card).not.toMatch(/^ {2}! /m);
    }
  });

  test("with the solutions in place: every check passes", { timeout: 180_000 }, async () => {
    const shown = await cards(slug, "solved");
    expect(shown).toHaveLength(exercisesOf(slug).length);
    for (const card of shown) {
      expect(card).toMatch(/passed/i);
      // What runs from top to bottom is what is graded: no card warns.
      expect(card).not.toMatch(/^ {2}! /m);
    }
  });

  // The map has nothing to grade.
  if (exercisesOf(slug).length > 0) {
    test("nbgrader autograde: blank and wrong get nothing, right gets everything", {
      timeout: 400_000,
    }, async (context) => {
      const python = await jupyterPython(context);
      const solved = buildNotebook(root, slug, "solved");
      const { released, points } = await gradeWithNbgrader<Notebook>({
        python,
        source: buildNotebook(root, slug, "marked"),
        submissions: [
          { student: "blank", notebook: (given) => given },
          { student: "right", notebook: (given) => withCode(given, (id) => codeOf(solved, id)) },
          { student: "wrong", notebook: (given) => withCode(given, (id) => alwaysNaN(codeOf(solved, id))) },
        ],
        timeoutSeconds: 60,
      });
      // What nbgrader releases is what our own builder gives to learners.
      for (const exercise of exercisesOf(slug)) {
        const id = `ex-${gradeId(exercise.id)}`;
        expect(codeOf(released, id)).toBe(codeOf(buildNotebook(root, slug, "stub"), id));
      }
      for (const exercise of exercisesOf(slug)) {
        const cell = `check-${gradeId(exercise.id)}`;
        expect(points.blank[cell], `${exercise.id}, blank`).toBe(0);
        expect(points.wrong[cell], `${exercise.id}, wrong`).toBe(0);
        expect(points.right[cell], `${exercise.id}, right`).toBe(maxPoints(exercise));
      }
    });
  }
});

const isCode = (cell: Notebook["cells"][number], id: string): boolean =>
  (cell.metadata.nbgrader as { grade_id?: string } | undefined)?.grade_id === id;

function codeOf(notebook: Notebook, id: string): string {
  const cell = notebook.cells.find((one) => isCode(one, id));
  if (!cell) throw new Error(`the notebook has no cell ${id}`);
  return [cell.source].flat().join("");
}

/** A submission: the released notebook with other code in its exercise cells. */
function withCode(released: Notebook, code: (gradeId: string) => string): Notebook {
  const cells = released.cells.map((cell) => {
    const { grade_id = "", solution } = (cell.metadata.nbgrader ?? {}) as {
      grade_id?: string;
      solution?: boolean;
    };
    return solution ? { ...cell, source: [code(grade_id)] } : cell;
  });
  return { ...released, cells };
}

/** The same functions, all of which return something of the right type that is wrong everywhere. */
function alwaysNaN(code: string): string {
  return code.replace(/(\): (.+) \{\n)[\s\S]*?\n\}/g, (_whole, head: string, type: string) => {
    const wrong: Record<string, string> = { number: "Number.NaN", "number[]": "[Number.NaN]" };
    return `${head}  return ${wrong[type] ?? "{ a: Number.NaN, b: Number.NaN }"};\n}`;
  });
}
