import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { collectExercises } from "../../grader/batch/run.ts";
import { sandboxedGrading } from "../../grader/batch/sandboxed.ts";
import { course as allExercises, exerciseById } from "../../grader/course.ts";
import { dropMarkers } from "../../grader/put-back/strip-solution.ts";
import { detectSandbox } from "../../grader/sandbox/detect.ts";
import { readSubmissions } from "../../grader/submissions/read.ts";
import type { Submission } from "../../grader/submissions/submission.ts";
import { gradeId } from "../build/exercise-cells.ts";
import { buildNotebook } from "../build/generated.ts";
import { Cells } from "./agreement.fixture.ts";

/** A learner's folder with answers in `exercises/`, in `notebooks/` or in both, as they are handed in. */

const root = join(import.meta.dirname, "../..");
const SLUG = "01-change-of-variables";
const course = allExercises.filter(({ path }) => path.startsWith(`${SLUG}/`));
/** Full marks. */
const POINTS = course.flatMap(({ checks }) => checks).reduce((sum, { points }) => sum + points, 0);
const stub = buildNotebook(root, SLUG, "stub");
const folder = mkdtempSync(join(tmpdir(), "flowlab-places-"));
afterAll(() => rmSync(folder, { recursive: true }));

const inExercises = (path: string) => `exercises/${path}.ts`;
const solution = (path: string) => dropMarkers(readFileSync(join(root, `solutions/${path}.ts`), "utf8"));
const untouched = (path: string) => readFileSync(join(root, inExercises(path)), "utf8");
/** The answer with the stub's line kept, as a comment or below. */
const leftover = (code: string, line: string) => code.replace(/\n\}/g, `\n  ${line}\n}`);
const COMMENT = '// throw new Error("Not yet solved");';
const BELOW = 'throw new Error("Not yet solved");';

function notebook(code: (path: string) => string | undefined): string {
  const cells = new Cells(stub.cells);
  for (const { id, path } of course) {
    const text = code(path);
    if (text !== undefined) cells.set(gradeId(id), text.replace(/^export /gm, ""));
  }
  return JSON.stringify({ ...stub, cells: cells.list });
}

async function grade(name: string, files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true });
    writeFileSync(join(folder, name, path), text);
  }
  const { submissions } = await readSubmissions(join(folder, name), { course });
  expect(submissions).toHaveLength(1);
  const [submission] = submissions as [Submission];
  const gradeOne = sandboxedGrading({ sandbox: await detectSandbox(), seed: "places" });
  let points = 0;
  for (const source of submission.sources)
    points += (await gradeOne(exerciseById(source.exerciseId), source, new AbortController().signal)).points;
  return { points, measured: collectExercises([submission], course).length, submission };
}

const files = (text: (path: string) => string) =>
  Object.fromEntries(course.map(({ path }) => [inExercises(path), text(path)]));
const BOOK = `notebooks/${SLUG}.ipynb`;

test("answers in exercises/, the notebook untouched", { timeout: 120_000 }, async () => {
  const { points } = await grade("files", { ...files(solution), [BOOK]: notebook(() => undefined) });
  expect(points).toBe(POINTS);
});

test("answers in the notebook with the stub's line left as a comment, exercises/ untouched", {
  timeout: 120_000,
}, async () => {
  const book = notebook((path) => leftover(solution(path), COMMENT));
  const { points, measured } = await grade("book", { ...files(untouched), [BOOK]: book });
  expect({ points, measured }).toEqual({ points: POINTS, measured: course.length });
});

test("one answer with the stub's throw below it, all else untouched", { timeout: 120_000 }, async () => {
  const [path] = course.filter(({ id }) => id === "16.1").map((exercise) => exercise.path);
  const one = { [inExercises(path as string)]: leftover(solution(path as string), BELOW) };
  const { points, measured } = await grade("one", {
    ...files(untouched),
    ...one,
    [BOOK]: notebook(() => undefined),
  });
  expect({ points, measured }).toEqual({ points: 3, measured: course.length });
});
