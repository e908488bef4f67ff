import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { course } from "../../grader/course.ts";
import { needing } from "../../setup/testing/needs.ts";
import { buildNotebook, generatedFiles, notebookSlugs } from "./generated.ts";
import { notebookText } from "./nbformat.ts";

const root = join(import.meta.dirname, "../..");
const slugs = notebookSlugs(root);
const scratch = mkdtempSync(join(tmpdir(), "flowlab-build-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const python = [join(root, ".venv/bin/python"), join(root, ".venv/Scripts/python.exe")].find(existsSync);

describe.each(slugs)("%s", (slug) => {
  const stub = buildNotebook(root, slug, "stub");

  test("ids are unique and the same each time", () => {
    const ids = stub.cells.map((cell) => cell.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(buildNotebook(root, slug, "stub")).toEqual(stub);
    for (const id of ids) expect(id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
  });

  test("every exercise of the chapter is placed once, and has its code and its check cell", () => {
    const wanted = course.filter(({ path }) => path.startsWith(`${slug}/`)).map(({ id }) => id);
    const placed = (role: string) =>
      stub.cells
        .map((cell) => cell.metadata.flowlab as { exercise: string; role: string } | undefined)
        .filter((m) => m?.role === role)
        .map((m) => m!.exercise);
    expect(placed("solution").toSorted()).toEqual(wanted.toSorted());
    expect(placed("check")).toEqual(placed("solution"));
  });

  test("no line of a solution is in the learner's notebook", () => {
    const text = notebookText(stub);
    for (const exercise of course) {
      const solution = readFileSync(join(root, `solutions/${exercise.path}.ts`), "utf8");
      const region = solution
        .split("// BEGIN SOLUTION")
        .slice(1)
        .map((part) => part.split("// END SOLUTION")[0].trim());
      for (const body of region) expect(text).not.toContain(JSON.stringify(body).slice(1, -1));
    }
  });

  needing("the course's Python environment", python ? undefined : "no .venv; npm start makes it").test(
    "is valid to Jupyter",
    () => {
      const files = (["stub", "solved", "marked"] as const).map((variant) => {
        const file = join(scratch, `${variant}.ipynb`);
        writeFileSync(file, notebookText(buildNotebook(root, slug, variant)));
        return file;
      });
      // One start of Python for all.
      const code = `import nbformat, sys
for path in sys.argv[1:]:
    notebook = nbformat.read(path, 4)
    nbformat.validate(notebook)
    print(notebook.nbformat, notebook.nbformat_minor)`;
      const said = execFileSync(python!, ["-c", code, ...files], { encoding: "utf8" });
      expect(said.trim().split(/\r?\n/)).toEqual(files.map(() => "4 5"));
    },
  );
});

test("a generated file is told from one in which somebody has written", () => {
  for (const file of generatedFiles(root)) {
    expect(file.isUntouched(file.text), file.path).toBe(true);
    const edited = file.path.endsWith(".ts")
      ? `${file.text}// mine\n`
      : file.text.replace("Not yet solved", "mine");
    if (edited !== file.text) expect(file.isUntouched(edited), file.path).toBe(false);
  }
});

test("outputs alone do not make a notebook somebody's work", () => {
  const notebook = generatedFiles(root).find(({ path }) => path.endsWith(".ipynb"))!;
  const run = JSON.parse(notebook.text) as { cells: { execution_count?: number | null }[] };
  for (const cell of run.cells) if ("execution_count" in cell) cell.execution_count = 1;
  expect(notebook.isUntouched(JSON.stringify(run))).toBe(true);
});
