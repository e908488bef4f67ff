/** Chapters as learners hand them in: executed by the kernel, and saved with what the cells showed. */

import type { AnyExercise } from "../../grader/exercise.ts";
import { predictionById } from "../../grader/predictions/course.ts";
import { formOf } from "../../grader/predictions/guesses/guess.ts";
import type { Prediction } from "../../grader/predictions/prediction.ts";
import { gradeId } from "../build/exercise-cells.ts";
import type { Notebook, NotebookCell } from "../build/nbformat.ts";
import type { CellRun } from "./notebook.ts";

/** What our builder says of a cell. */
export interface CellMark {
  readonly exercise?: string;
  readonly prediction?: string;
  readonly role?: string;
}
export const markOf = (cell: NotebookCell): CellMark => (cell.metadata.flowlab ?? {}) as CellMark;

/** The file that JupyterLab writes after such a run. */
export function saved(notebook: Notebook, cells: readonly CellRun[]): string {
  const runs = new Map(cells.map((run, i) => [run.index, { outputs: run.outputs, execution_count: i + 1 }]));
  return JSON.stringify({
    ...notebook,
    cells: notebook.cells.map((cell, i) => ({ ...cell, ...runs.get(i) })),
  });
}

/** A guess that is taken, as it is written. */
function written(prediction: Prediction): string {
  if (prediction.kind === "choice") return `"${Object.keys(prediction.choices)[0]}"`;
  if (prediction.kind === "sketch") return JSON.stringify(prediction.at);
  return `${Math.min(prediction.most, Math.max(prediction.least, 1))}`;
}

/** @throws Error if a cell that asks has no place for a guess. */
export function withGuesses(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell) => {
    const { prediction: id, role } = markOf(cell);
    if (id === undefined || role !== "guess") return cell;
    const prediction = predictionById(id);
    const source = cell.source.join("");
    // In the place of the remark, as the notebook says.
    const filled = source.replace(`/* your guess: ${formOf(prediction)} */`, written(prediction));
    if (filled === source) throw new Error(`${id}: no place for a guess in ${source}`);
    return { ...cell, source: [filled] };
  });
  return { ...notebook, cells };
}

/** Imports, answers and checks: without the experiments, which no exercise needs. */
export function exercisesOnly(notebook: Notebook): Notebook {
  const first = notebook.cells.find(({ cell_type }) => cell_type === "code");
  const cells = notebook.cells.filter(
    (cell) => cell.cell_type !== "code" || cell === first || markOf(cell).exercise !== undefined,
  );
  return { ...notebook, cells };
}

/** Other code in the cells of some exercises. */
export function withCode(notebook: Notebook, code: (gradeId: string) => string | undefined): Notebook {
  const cells = notebook.cells.map((cell) => {
    const { grade_id = "", solution } = (cell.metadata.nbgrader ?? {}) as {
      grade_id?: string;
      solution?: boolean;
    };
    const other = solution ? code(grade_id) : undefined;
    return other === undefined ? cell : { ...cell, source: [other] };
  });
  return { ...notebook, cells };
}

/** The code of an exercise's cell. */
export function codeOf(notebook: Notebook, { id }: AnyExercise): string {
  const wanted = `ex-${gradeId(id)}`;
  const cell = notebook.cells.find(
    ({ metadata }) => (metadata.nbgrader as { grade_id?: string } | undefined)?.grade_id === wanted,
  );
  if (!cell) throw new Error(`the notebook has no cell ${wanted}`);
  return [cell.source].flat().join("");
}

/** The same functions, all of which return something that is wrong everywhere; it compiles, so that the cells below are run. */
export const alwaysWrong = (code: string): string =>
  code.replace(
    /(\): (?:\{\n[\s\S]*?\n\}|.+) \{\n)[\s\S]*?\n\}/g,
    (_whole, head: string) => `${head}  return Number.NaN as never;\n}`,
  );
