/** In which of an exercise's files a mistake is to be mended. */

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { AnyExercise, FileAnswer } from "../exercise.ts";

export type Part = "domain" | "checks" | "misconceptions" | "solution" | "variants";

const root = join(import.meta.dirname, "../..");

/** Relative to the course's folder. What an exercise has no file of its own for stands in its main one. */
export function fileOf({ path }: Pick<AnyExercise, "path">, part?: Part): string {
  if (part === "solution") return `solutions/${path}.ts`;
  if (part === "variants") return `solutions/${path}.variants.ts`;
  const own = `grader/exercises/${path}.${part}.ts`;
  return part !== undefined && existsSync(join(root, own)) ? own : `grader/exercises/${path}.ts`;
}

/** The course's own answer to an exercise that is answered by a saved flow: it lies beside the solution that trains it. */
export const rightFile = (
  { path, file }: { readonly path: string; readonly file: Pick<FileAnswer, "name"> },
  course: string = root,
): string => join(course, "solutions", dirname(path), file.name);
