/**
 * What is generated from what, and the file that should be there now.
 *
 *   solutions/<chapter>/<exercise>.ts  →  exercises/<chapter>/<exercise>.ts
 *   notebooks/<chapter>.ts             →  notebooks/<chapter>.ipynb
 */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { course, exerciseById } from "../../grader/course.ts";
import type { AnyExercise } from "../../grader/exercise.ts";
import { stripSolution } from "../../grader/put-back/strip-solution.ts";
import { stubDigest, untouchedStub } from "../../grader/put-back/stub.ts";
import { markLine } from "../../grader/variants/mark.ts";
import { mapCell, withLinks } from "./chapter-links.ts";
import { exerciseCells, type Variant } from "./exercise-cells.ts";
import { withGraderImport } from "./grader-import.ts";
import { type Cell, type Notebook, notebook, notebookText, sourcesDigest } from "./nbformat.ts";
import { parsePercent, type ScriptCell } from "./percent.ts";
import { answeringCell, askingCells, quizCells } from "./prediction-cells.ts";

export interface GeneratedFile {
  /** Relative to the project. */
  readonly path: string;
  readonly text: string;
  /** Whether a text that stands there now is what an earlier build wrote, with nothing of a learner's in it. */
  isUntouched(present: string): boolean;
}

export function generatedFiles(root: string): GeneratedFile[] {
  const notebooks = notebookSlugs(root).map((slug) => ({
    path: `notebooks/${slug}.ipynb`,
    text: notebookText(buildNotebook(root, slug, "stub")),
    isUntouched: isAsGenerated,
  }));
  return [...course.map((exercise) => exerciseFile(root, exercise)), ...notebooks];
}

/** Chapters, in order: `01-change-of-variables`. */
export function notebookSlugs(root: string): string[] {
  return readdirSync(join(root, "notebooks"))
    .filter((name) => /^\d\d-[a-z0-9-]+\.ts$/.test(name))
    .map((name) => name.slice(0, -".ts".length))
    .sort();
}

/** Which notebooks stand beside the one that is built. */
export interface Neighbours {
  /** Their slugs: those it may link. */
  readonly there: readonly string[];
  /** What the map of the course says of other chapters. */
  readonly absent: string;
}

/** An exercise as one learner has it. */
export interface OwnExercise {
  readonly exercise: AnyExercise;
  /** By which her kit is known again. */
  readonly mark: string;
}

/** Those whose numbers are one learner's own, by their ids. */
export type OwnExercises = ReadonlyMap<string, OwnExercise>;

const NONE: OwnExercises = new Map();

/** @throws SyntaxError for a script that cannot be read; RangeError for a directive that names no exercise. */
export function buildNotebook(
  root: string,
  slug: string,
  variant: Variant,
  { there, absent }: Neighbours = { there: notebookSlugs(root), absent: "not written yet" },
  own: OwnExercises = NONE,
): Notebook {
  const file = `notebooks/${slug}.ts`;
  const script = parsePercent(readFileSync(join(root, file), "utf8"), file);
  const cells = script.flatMap((cell) => expand({ root, slug, file, variant, there, absent, own }, cell));
  return notebook(withGraderImport(withLinks(cells, slug, there), file), slug);
}

interface Place extends Neighbours {
  readonly root: string;
  readonly slug: string;
  readonly file: string;
  readonly variant: Variant;
  readonly own: OwnExercises;
}

/** A cell of the script as it is, or what its directive stands for. */
function expand({ root, slug, file, variant, there, absent, own }: Place, cell: ScriptCell): Cell[] {
  const { exercise: id, predict, answer, quiz, chapters, ...metadata } = cell.attributes;
  if (predict !== undefined) return askingCells(String(predict));
  if (answer !== undefined) return [answeringCell(String(answer), cell.source, `${file}:${cell.line}`)];
  if (quiz !== undefined) return quizCells(slug);
  if (chapters !== undefined) return [mapCell(there, absent)];
  if (id === undefined) return [{ type: cell.type, source: cell.source, metadata }];
  const { exercise = exerciseById(String(id)), mark } = own.get(String(id)) ?? {};
  const solution = readFileSync(join(root, `solutions/${exercise.path}.ts`), "utf8");
  return exerciseCells(exercise, solution, variant, mark);
}

/**
 * An exercise as a file to write in.
 *
 * @param mark Of the kit that it goes into, where its numbers are one learner's own.
 */
export function exerciseFile(root: string, exercise: AnyExercise, mark?: string): GeneratedFile {
  const source = `solutions/${exercise.path}.ts`;
  const stub = stripSolution(readFileSync(join(root, source), "utf8"), source);
  const path = `exercises/${exercise.path}.ts`;
  const notebook = `notebooks/${dirname(exercise.path)}.ipynb`;
  const title = `// Exercise ${exercise.id}: ${exercise.title}\n// What it asks for: ${notebook}, exercise ${exercise.id}\n// Check it with: npm run grade -- ${path}\n`;
  return {
    path,
    text: `${title}${mark === undefined ? "" : markLine(mark)}// stub ${stubDigest(stub)}\n\n${stub}`,
    isUntouched: untouchedStub,
  };
}

/** Whether a notebook is as a build wrote it, with nothing of a learner's in it. */
export function isAsGenerated(present: string): boolean {
  try {
    const { cells, metadata } = JSON.parse(present) as Notebook;
    const sources = cells.map((cell) => [cell.source].flat().join(""));
    return (metadata.flowlab as { generated?: string }).generated === sourcesDigest(sources);
  } catch {
    return false;
  }
}
