/** README.md of a kit: how to work with it, and what the course's own says of the library. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AnyExercise } from "../../grader/exercise.ts";
import { listWords } from "../../grader/listing.ts";

const TEMPLATE = join(import.meta.dirname, "kit-readme.md");

/** Of the course's README, and not of learners: measurements beside other libraries. */
const FOR_MAINTAINERS = /^`npm run bench`.*\n+/gm;

export interface About {
  readonly chapters: readonly string[];
  readonly exercises: readonly AnyExercise[];
  /** Whose it is, and the exercises that have numbers of her own. */
  readonly learner?: string;
  readonly own: ReadonlyMap<string, unknown>;
  /** Checks that stay with the instructor, in all. */
  readonly heldBack: number;
}

/** @throws Error if README.md has no section on the library. */
export function kitReadme(root: string, { chapters, exercises, learner, own, heldBack }: About): string {
  const read = (path: string) => readFileSync(path, "utf8").replaceAll("\r\n", "\n");
  const [library] = /^## The library\n[\s\S]*?(?=\n## )/m.exec(read(join(root, "README.md"))) ?? [];
  if (library === undefined) throw new Error("README.md has no section “The library”, which a kit's takes");
  const first = exercises[0] as AnyExercise;
  const values: Record<string, string> = {
    chapters: chapters.map((slug) => slug.slice(0, 2)).join(", "),
    whose:
      learner === undefined
        ? "a class"
        : `${learner}: the numbers of ${listWords([...own.keys()], "and")} are this copy's own, and what is handed in is graded by them`,
    exercise: first.id,
    path: first.path,
    heldBack: heldBack > 0 ? ", which also asks more than the checks in here do" : "",
    library: library.replace(FOR_MAINTAINERS, "").trim(),
  };
  return read(TEMPLATE).replace(/\{\{(\w+)\}\}/g, (_, name) => values[name] ?? "");
}
