/**
 * Chapters with answers in them: each is executed once by the kernel with every answer right and every question guessed, and what
 * that leaves is looked at from all sides. Untouched chapters are run in JupyterLab: `../browser/chapters.test.ts`.
 */

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { course } from "../../grader/course.ts";
import { type AnyExercise, maxPoints, pointsOfChecks } from "../../grader/exercise.ts";
import type { BatchResult } from "../../grader/grading/result.ts";
import { predictionById, predictions } from "../../grader/predictions/course.ts";
import { rightFile } from "../../grader/verify/part.ts";
import { isWhole, sample } from "../../setup/testing/sample.ts";
import { gradeId } from "../build/exercise-cells.ts";
import { buildNotebook, notebookSlugs } from "../build/generated.ts";
import type { Notebook } from "../build/nbformat.ts";
import { gradeWithNbgrader } from "../kernel/testing/nbgrader.ts";
import { jupyterPython } from "../kernel/testing/python.ts";
import { printDocument } from "../print/document.ts";
import {
  alwaysWrong,
  codeOf,
  exercisesOnly,
  markOf,
  saved,
  withCode,
  withGuesses,
} from "./hand-ins.fixture.ts";
import { type NotebookRun, runNotebook } from "./notebook.ts";

const root = join(import.meta.dirname, "../..");
/** Far from the course: a notebook must not need to lie in it. */
const elsewhere = mkdtempSync(join(tmpdir(), "flowlab-chapters-"));
afterAll(() => rmSync(elsewhere, { recursive: true }));

const exercisesOf = (slug: string) => course.filter(({ path }) => path.startsWith(`${slug}/`));
/** The map of the course has nothing to grade. */
const chapters = notebookSlugs(root).filter((slug) => exercisesOf(slug).length > 0);

/** What two people hand in, and what the course remembers of them. */
const people = { right: join(elsewhere, "right"), partly: join(elsewhere, "partly") };
const memoryOf = (folder: string) => `${folder}-progress`;

/**
 * An answer of each chapter that is right in part, made from the solution: what is changed, and the points that are left. The
 * chapter's first exercise is answered wrongly throughout, the others are left untouched.
 */
const PARTLY: Record<string, readonly [from: string, to: string, points: number]> = {
  // The slope is multiplied by: zeros alone are right.
  "16.1": ["1 / (2 * z)", "2 * z", 1],
  // u is left as it is, also where the flow could not be undone.
  "02.planar": ["((softplus - 1 - product) * w[i])", "(0 * w[i])", 4],
  // Twice the log-determinant.
  "03.plu": ["Math.log(Math.abs(scale))", "Math.log(scale * scale)", 4],
  // Twice the determinant.
  "16.8": ["let product = 1", "let product = 2", 3],
  // The sign of the other direction.
  "05.affine": ["-total(", "total(", 5],
  // The sign of the log-determinant.
  "06.maf": ["/ 2 - alpha[i]", "/ 2 + alpha[i]", 5],
  // The second half moves the other way on the way there.
  "07.irevnet": ["...h2.map((v, i) => v + f2[i])", "...h2.map((v, i) => v - f2[i])", 4],
  // The sign of the constant.
  "08.split": ["v * v + Math.log", "v * v - Math.log", 3],
  // A shift that is not scaled.
  "09.actnorm": ["-mean / Math.sqrt(variance)", "-mean", 3],
};

/** The course's own answers to exercises that are answered by a file; to train them is what a learner does. */
const filesOf = (exercises: readonly AnyExercise[]): string[] =>
  exercises.flatMap(({ path, file }) => (file ? [rightFile({ path, file })] : []));

/** Executes a notebook in somebody's folder and saves it there. */
async function handIn(folder: string, slug: string, notebook: Notebook): Promise<NotebookRun> {
  mkdirSync(folder, { recursive: true });
  const env = { ...process.env, FLOWLAB_PROGRESS: memoryOf(folder) };
  const run = await runNotebook(notebook, { cwd: folder, env, timeoutMs: 240_000 });
  writeFileSync(join(folder, `${slug}.ipynb`), saved(notebook, run.cells));
  return run;
}

/** A check that takes its time shows first what it is doing: it is the result that counts. */
function textOf({ outputs }: NotebookRun["cells"][number]): string {
  const result = outputs.find(({ output_type }) => output_type === "execute_result");
  return result && "data" in result ? String(result.data["text/plain"]) : "no result";
}

describe.each(chapters)("%s with every answer right", (slug) => {
  const notebook = withGuesses(buildNotebook(root, slug, "solved"));
  let run: NotebookRun;
  beforeAll(async () => {
    mkdirSync(people.right, { recursive: true });
    for (const file of filesOf(exercisesOf(slug))) copyFileSync(file, join(people.right, basename(file)));
    run = await handIn(people.right, slug, notebook);
  }, 480_000);
  const shown = (role: string) =>
    run.cells.filter(({ index }) => markOf(notebook.cells[index]!).role === role);

  test("runs from top to bottom, and complains of nothing", () => {
    expect(run.cells.filter(({ error }) => error).map(({ error }) => error)).toEqual([]);
    expect(run.ok).toBe(true);
    const outputs = run.cells.flatMap(({ outputs }) => outputs);
    expect(outputs.filter((o) => o.output_type === "stream" && o.name === "stderr")).toEqual([]);
  });

  test("every check passes, and warns of nothing: what runs from top to bottom is what is graded", () => {
    const cards = shown("check").map(textOf);
    expect(cards).toHaveLength(exercisesOf(slug).length);
    for (const card of cards) {
      expect(card).toMatch(/passed/i);
      expect(card).not.toMatch(/^ {2}! /m);
    }
  });

  test("every guess is kept, compared with what the cells showed, and explained", () => {
    const asked = predictions[slug] ?? [];
    const cards = ["guess", "answer"].flatMap((role) =>
      shown(role).map((cell) => ({
        id: markOf(notebook.cells[cell.index]!).prediction!,
        role,
        text: textOf(cell),
      })),
    );
    expect(cards).toHaveLength(asked.length + asked.filter(({ quiz }) => !quiz).length);
    for (const { id, role, text } of cards) {
      const answered = role === "answer" || predictionById(id).quiz;
      expect(text, id).toMatch(
        answered ? /predicted \(|^(✓ Right|≈ Nearly|✗ Not so) \(/ : /^◆ Your guess: [\s\S]*It is kept/,
      );
    }
  });

  test("as it was saved, it can be printed: every formula, every figure", () => {
    const { cells } = JSON.parse(readFileSync(join(people.right, `${slug}.ipynb`), "utf8")) as Notebook;
    const { html } = printDocument(cells as never, slug);
    const figures = run.cells.flatMap(({ outputs }) =>
      outputs.filter((output) => "data" in output && "image/svg+xml" in output.data),
    );
    expect(figures.length).toBeGreaterThan(5);
    expect(html.match(/<img[^>]*src="data:image\/svg\+xml;base64,/g)?.length).toBeGreaterThanOrEqual(
      figures.length,
    );
    expect(html).toContain('class="katex');
    expect(html).not.toContain("katex-error");
    // No formula is left as it was typed.
    expect(html.replace(/<pre[\s\S]*?<\/pre>/g, "")).not.toContain("$$");
  });
});

/** Those of which somebody answers only a part. */
const begun = sample(chapters, 3);

describe.each(begun)("%s with answers right in part, wrong and untouched", (slug) => {
  test("is executed, and its checks say so", { timeout: 240_000 }, async () => {
    const solved = buildNotebook(root, slug, "solved");
    const [partly] = exercisesOf(slug).filter(({ id }) => id in PARTLY);
    const [wrong] = exercisesOf(slug).filter((exercise) => exercise !== partly);
    if (partly === undefined || wrong === undefined)
      throw new Error(`${slug}: PARTLY names none of its exercises`);
    const [from, to, points] = PARTLY[partly.id]!;
    const answer = codeOf(solved, partly);
    expect(answer).toContain(from);
    const code: Record<string, string> = {
      [`ex-${gradeId(partly.id)}`]: answer.replace(from, to),
      [`ex-${gradeId(wrong.id)}`]: alwaysWrong(codeOf(solved, wrong)),
    };
    const notebook = withCode(exercisesOnly(buildNotebook(root, slug, "stub")), (id) => code[id]);
    const run = await handIn(people.partly, slug, notebook);
    const cards = run.cells
      .filter(({ index }) => markOf(notebook.cells[index]!).role === "check")
      .map(textOf);
    expect(cards).toHaveLength(exercisesOf(slug).length);
    expect(cards.filter((card) => card.includes(`, ${points} of ${maxPoints(partly)} points`))).toHaveLength(
      1,
    );
    expect(cards.filter((card) => /to do/i.test(card))).toHaveLength(exercisesOf(slug).length - 2);
  });
});

describe("npm run grade of the executed notebooks", () => {
  let graded: BatchResult;
  beforeAll(() => {
    const json = join(elsewhere, "grades.json");
    const args = [join(root, "grader/cli/grade.ts"), people.right, people.partly, "--json", json];
    const { status, stderr } = spawnSync(
      process.execPath,
      [...args, "--record", join(elsewhere, "record.jsonl")],
      {
        cwd: elsewhere,
        encoding: "utf8",
      },
    );
    expect(status, stderr).toBe(0);
    graded = JSON.parse(readFileSync(json, "utf8"));
  }, 600_000);

  const of = (person: keyof typeof people) => {
    const found = graded.submissions.filter(({ submission }) => submission.includes(person));
    expect(found).toHaveLength(1);
    return found[0]!;
  };
  const pointsOf = (person: keyof typeof people) =>
    Object.fromEntries(of(person).exercises.map(({ exercise, points }) => [exercise, points]));
  /** What progress() shows. */
  const remembered = (person: keyof typeof people): Record<string, number> =>
    Object.fromEntries(
      Object.entries(
        JSON.parse(readFileSync(join(memoryOf(people[person]), "progress.json"), "utf8")).exercises as Record<
          string,
          { points: number }
        >,
      ).map(([id, { points }]) => [id, points]),
    );

  test("right answers have full points, in the grades and in what the course remembers", () => {
    // What a person reads is worth points, too, but not yet.
    const full = Object.fromEntries(course.map((exercise) => [exercise.id, pointsOfChecks(exercise)]));
    expect(pointsOf("right")).toEqual(full);
    expect(remembered("right")).toEqual(full);
  });

  test("others have the points of what is right in them, and the course remembers the same", () => {
    const asked = begun.flatMap(exercisesOf);
    const points = Object.fromEntries(asked.map(({ id }) => [id, PARTLY[id]?.[2] ?? 0]));
    expect(pointsOf("partly")).toEqual(points);
    const memory = remembered("partly");
    for (const { id } of course) expect(memory[id] ?? 0, id).toBe(points[id] ?? 0);
  });
});

describe("chapters in nbgrader", () => {
  const solved = Object.fromEntries(chapters.map((slug) => [slug, buildNotebook(root, slug, "solved")]));
  /** The code of each exercise's cell, by the cell. */
  const answers = new Map<string, string>(
    chapters.flatMap((slug) =>
      exercisesOf(slug).map((one) => [`ex-${gradeId(one.id)}`, codeOf(solved[slug]!, one)] as const),
    ),
  );

  /** All are released. What nbgrader adds to what is seen above of each chapter, a kernel that it starts, is the same for any. */
  const handedIn = isWhole ? chapters : [chapters[0]!, chapters.at(-1)!];
  /** Every other exercise of a chapter is left as it is given, the others are answered wrongly: another student costs a kernel per chapter. */
  const isLeft = (id: string) => [...answers.keys()].indexOf(id) % 2 === 0;

  test("autograde: what is blank or wrong gets nothing, what is right everything", {
    timeout: 400_000 * chapters.length,
  }, async (context) => {
    const { released, points, log } = await gradeWithNbgrader<Notebook>({
      python: await jupyterPython(context),
      sources: Object.fromEntries(chapters.map((slug) => [slug, buildNotebook(root, slug, "marked")])),
      submissions: [
        {
          student: "right",
          only: handedIn,
          notebook: (given) => withCode(exercisesOnly(given), (id) => answers.get(id)),
          files: filesOf(course),
        },
        {
          student: "neither",
          only: handedIn,
          notebook: (given) =>
            withCode(exercisesOnly(given), (id) =>
              isLeft(id) ? undefined : alwaysWrong(answers.get(id) ?? ""),
            ),
        },
      ],
      timeoutSeconds: 120,
    });
    expect(answers.size).toBe(course.length);
    for (const slug of chapters) {
      const stub = buildNotebook(root, slug, "stub");
      const isHandedIn = handedIn.includes(slug);
      for (const exercise of exercisesOf(slug)) {
        // What nbgrader releases is what our own builder gives to learners.
        expect(codeOf(released[slug]!, exercise)).toBe(codeOf(stub, exercise));
        const cell = `check-${gradeId(exercise.id)}`;
        const of = (student: string) => points[student]?.[slug]?.[cell];
        // What is not handed in has nothing either.
        expect(of("neither"), `${exercise.id}, blank or wrong: ${log}`).toBe(0);
        const full = isHandedIn ? pointsOfChecks(exercise) : 0;
        expect(of("right"), `${exercise.id}, right: ${log}`).toBe(full);
      }
    }
  });
});
