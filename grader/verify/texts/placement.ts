/** Whether every exercise stands in the notebook of its chapter, once. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AnyExercise } from "../../exercise.ts";
import type { Finding } from "../finding.ts";

/** A cell of a percent script that stands for an exercise. */
const CELL = /^\/\/ %%.*\bexercise="([^"]*)"/gm;

export function placementFindings(course: readonly AnyExercise[], root: string): Finding[] {
  const places = new Map<string, string[]>();
  const folder = join(root, "notebooks");
  const scripts = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".ts")) : [];
  for (const script of scripts) {
    for (const [, id] of readFileSync(join(folder, script), "utf8").matchAll(CELL))
      places.set(id as string, [...(places.get(id as string) ?? []), script]);
  }
  return [
    ...course.flatMap((exercise) => findMisplaced(exercise, places.get(exercise.id) ?? [])),
    ...unknown(),
  ];

  function unknown(): Finding[] {
    const known = new Set(course.map(({ id }) => id));
    return [...places]
      .filter(([id]) => !known.has(id))
      .map(([id, [script]]) => ({
        exercise: id,
        file: `notebooks/${script}`,
        problem: "a cell stands for this exercise, which the course does not have",
        remedy: "add it to grader/course.ts, or take the cell out",
      }));
  }
}

function findMisplaced({ id, path }: AnyExercise, scripts: readonly string[]): Finding[] {
  const wanted = `${path.split("/")[0]}.ts`;
  const file = `notebooks/${wanted}`;
  const cell = `\`// %% exercise="${id}"\``;
  if (scripts.length === 0)
    return [
      { exercise: id, file, problem: "it stands in no notebook", remedy: `write ${cell} where it belongs` },
    ];
  if (scripts.length > 1) {
    const problem = `it stands ${scripts.length} times in notebooks: ${scripts.join(", ")}`;
    return [{ exercise: id, file, problem, remedy: `keep one ${cell}: two cells would be graded as one` }];
  }
  if (scripts[0] === wanted) return [];
  const problem = `it stands in ${scripts[0]}, and belongs to the chapter of ${wanted}`;
  return [{ exercise: id, file, problem, remedy: `move ${cell}, or the exercise's files` }];
}
