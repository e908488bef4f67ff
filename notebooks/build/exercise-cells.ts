/** An exercise as three notebook cells: what is asked, where to write, and the check. */

import type { AnyExercise } from "../../grader/exercise.ts";
import { maxPoints } from "../../grader/exercise.ts";
import { dropMarkers, stripSolution } from "../../grader/put-back/strip-solution.ts";
import { asCell } from "../../grader/put-back/stub.ts";
import type { Cell } from "./nbformat.ts";

/** `stub` for learners; `solved` to run a notebook with every answer in place; `marked` is nbgrader's instructor version. */
export type Variant = "stub" | "solved" | "marked";

export function exerciseCells(exercise: AnyExercise, solution: string, variant: Variant): Cell[] {
  const id = gradeId(exercise.id);
  return [
    { type: "markdown", id: `ex-${id}-text`, source: statement(exercise), metadata: {} },
    {
      type: "code",
      id: `ex-${id}-code`,
      source: codeCell(exercise, solution, variant),
      metadata: {
        flowlab: { exercise: exercise.id, role: "solution" },
        nbgrader: nbgrader({ grade_id: `ex-${id}`, solution: true, grade: false, locked: false }),
      },
    },
    {
      type: "code",
      id: `ex-${id}-check`,
      source: `await check("${exercise.id}", { ${Object.keys(exercise.signatures).join(", ")} });`,
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

/** nbgrader allows letters, digits, `_` and `-`. */
export const gradeId = (exercise: string): string => exercise.replace(/[^a-zA-Z0-9_-]/g, "-");

const checkPoints = (exercise: AnyExercise): number => maxPoints(exercise) - (exercise.rubric?.points ?? 0);

function statement(exercise: AnyExercise): string {
  const points = maxPoints(exercise);
  return [
    `### ✎ Exercise ${exercise.id}: ${exercise.title}`,
    exercise.statement.trim(),
    `*${exercise.source}. ${points} ${points === 1 ? "point" : "points"}. Write your answer in the next cell, run it, then run the check below it.*`,
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
