/** What says TODO is not finished: `npm run new` marks so what has to be written. */

import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AnyExercise } from "../exercise.ts";
import type { Finding } from "./finding.ts";

export function unfinishedFindings(course: readonly AnyExercise[], root: string): Finding[] {
  const ofExercises = course.flatMap(({ id, path }) =>
    [`solutions/${path}.ts`, `solutions/${path}.md`, ...partsOf(path, root)].flatMap((file) =>
      todosIn(id, file, root),
    ),
  );
  const chapters = [...globSync("notebooks/*.ts", { cwd: root }).sort(), "grader/chapters.ts"];
  return [...ofExercises, ...chapters.flatMap((file) => todosIn("–", file.replaceAll("\\", "/"), root))];
}

function partsOf(path: string, root: string): string[] {
  const [main, ...parts] = [".ts", ".*.ts"].flatMap((ending) =>
    globSync(`grader/exercises/${path}${ending}`, { cwd: root }),
  );
  return [main, ...parts.sort()].flatMap((file) => (file ? [file.replaceAll("\\", "/")] : []));
}

function todosIn(exercise: string, file: string, root: string): Finding[] {
  if (!existsSync(join(root, file))) return [];
  return readFileSync(join(root, file), "utf8")
    .split("\n")
    .flatMap((line, i) =>
      // Up to the end of the string, the comment or the bold text in which it stands.
      [...line.matchAll(/\bTODO\b:?\s*(.*?)\s*(?=["`]|\*[*/]|$)/g)].map(([, todo]) => ({
        exercise,
        file: `${file}:${i + 1}`,
        problem: `still to be written: ${todo || "this line"}`,
      })),
    );
}
