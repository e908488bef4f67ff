/** An exercise as three notebook cells: what is asked, where to write, and the check. */

import type { AnyExercise } from "../../grader/exercise.ts";
import { askedNames, maxPoints } from "../../grader/exercise.ts";
import { dropMarkers, stripSolution } from "../../grader/put-back/strip-solution.ts";
import { asCell } from "../../grader/put-back/stub.ts";
import type { Cell } from "./nbformat.ts";

/** `stub` for learners; `solved` to run a notebook with every answer in place; `marked` is nbgrader's instructor version. */
export type Variant = "stub" | "solved" | "marked";

/** @param mark Of the kit that it goes into, where its numbers are one learner's own. */
export function exerciseCells(
  exercise: AnyExercise,
  solution: string,
  variant: Variant,
  mark?: string,
): Cell[] {
  const id = gradeId(exercise.id);
  return [
    { type: "markdown", id: `ex-${id}-text`, source: statement(exercise), metadata: {} },
    {
      type: "code",
      id: `ex-${id}-code`,
      source: codeCell(exercise, solution, variant),
      metadata: {
        flowlab: { exercise: exercise.id, role: "solution", ...(mark !== undefined && { kit: mark }) },
        nbgrader: nbgrader({ grade_id: `ex-${id}`, solution: true, grade: false, locked: false }),
      },
    },
    ...trainCell(exercise, id),
    {
      type: "code",
      id: `ex-${id}-check`,
      source: `await check("${exercise.id}", { ${askedNames(exercise).join(", ")} });`,
      metadata: {
        deletable: false,
        editable: false,
        flowlab: { exercise: exercise.id, role: "check" },
        nbgrader: nbgrader({
          grade_id: `check-${id}`,
          solution: false,
          grade: true,
          locked: true,
          points: checkPoints(exercise),
        }),
      },
    },
  ];
}

/** Between the code that makes a file and its check: what runs that code, once. */
function trainCell({ id, file }: AnyExercise, cell: string): Cell[] {
  if (!file) return [];
  const makers = Object.keys(file.makers).join(", ");
  const source = `await check.train("${id}", { ${makers} });`;
  return [{ type: "code", id: `ex-${cell}-train`, source, metadata: {} }];
}

/** nbgrader allows letters, digits, `_` and `-`. */
export const gradeId = (exercise: string): string => exercise.replace(/[^a-zA-Z0-9_-]/g, "-");

const checkPoints = (exercise: AnyExercise): number => maxPoints(exercise) - (exercise.rubric?.points ?? 0);

function statement(exercise: AnyExercise): string {
  const points = maxPoints(exercise);
  const next = exercise.file
    ? "Write your code in the next cell and run it; then run the cell that trains, and the check below that."
    : "Write your answer in the next cell, run it, then run the check below it.";
  return [
    `### ✎ Exercise ${exercise.id}: ${exercise.title}`,
    exercise.statement.trim(),
    `*${exercise.source}. ${points} ${points === 1 ? "point" : "points"}. ${next}*`,
  ].join("\n\n");
}

function codeCell(exercise: AnyExercise, solution: string, variant: Variant): string {
  const file = `solutions/${exercise.path}.ts`;
  const code = {
    stub: () => stripSolution(solution, file),
    solved: () => dropMarkers(solution),
    marked: () => solution,
  };
  return asCell(code[variant]());
}

function nbgrader(fields: {
  grade_id: string;
  solution: boolean;
  grade: boolean;
  locked: boolean;
  points?: number;
}) {
  return { schema_version: 3, task: false, cell_type: "code", ...fields };
}
