/** What says TODO is not finished: `npm run new` marks so what has to be written. */

import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AnyExercise } from "../../exercise.ts";
import type { Finding } from "../finding.ts";

export function unfinishedFindings(course: readonly AnyExercise[], root: string): Finding[] {
  const ofExercises = course.flatMap(({ id, path }) =>
    [`solutions/${path}.ts`, `solutions/${path}.md`, ...partsOf(path, root)].flatMap((file) =>
      todosIn(id, file, root),
    ),
  );
  const chapters = [
    ...globSync(["notebooks/*.ts", "grader/predictions/[0-9][0-9]-*.ts"], { cwd: root }).sort(),
    "grader/chapters.ts",
  ];
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
      [...line.matchAll(/\bTODO\b:?\s*/g)].map(({ 0: { length }, index }) => ({
        exercise,
        file: `${file}:${i + 1}`,
        problem: `still to be written: ${cutAtEnd(line.slice(0, index), line.slice(index + length)) || "this line"}`,
      })),
    );
}

/** Up to the end of the string, the comment or the bold text in which it stands; what it quotes belongs to it. */
function cutAtEnd(before: string, after: string): string {
  const isString = (before.match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1;
  const text = isString ? /^(?:\\.|(?!"|\*\*).)*/ : /^(?:\\.|`(?:[^`\\]|\\[^`])*`|(?!`|\*[*/]).)*/;
  return (text.exec(after)?.[0] ?? "").replace(/\\(["`])/g, "$1").trim();
}
