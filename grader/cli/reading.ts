/** Reads everything that was named on the command line. */

import { resolve } from "node:path";
import { course } from "../course.ts";
import { printableLine } from "../report/printable.ts";
import { type ReadOptions, readOwnCourse, readSubmissions } from "../submissions/read.ts";
import { type Reading, type SeenLayout, type Submission, Unreadable } from "../submissions/submission.ts";
import { ownNumbersOf } from "../variants/of-command.ts";
import type { ClassNumbers } from "../variants/whose.ts";
import type { GradeArguments } from "./arguments.ts";
import { PROJECT } from "./own-work.ts";
import { Refused } from "./refused.ts";
import type { Screen } from "./screen.ts";

export interface Read {
  /** Each once, also where two paths lead to it. */
  readonly submissions: readonly Submission[];
  readonly layouts: readonly SeenLayout[];
  /** Learners' own numbers, with `--variants`. */
  readonly numbers?: ClassNumbers;
}

/**
 * @param paths If there are none, the person's own work in the course's folder.
 * @throws Refused if there is a path at which nothing can be read; it names all such.
 */
export async function readAll(
  paths: readonly string[],
  asked: Pick<GradeArguments, "exercise" | "layout" | "variants" | "roster" | "groups">,
  { err }: Screen,
): Promise<Read> {
  const { exercise: only, layout } = asked;
  const options: ReadOptions = { course, only, ...(layout !== undefined && { layout }) };
  const readings =
    paths.length > 0
      ? paths.map((path) => () => readSubmissions(path, options))
      : [() => readOwnCourse(PROJECT, "exercises and notebooks", options)];
  const wrong: string[] = [];
  const layouts: SeenLayout[] = [];
  const found = new Map<string, Submission>();
  for (const read of readings) {
    try {
      const { submissions, layout }: Reading = await read();
      layouts.push(layout);
      err(`${printableLine(`${layout.path}: ${layout.description} (--layout ${layout.name})`)}\n`);
      for (const submission of submissions) {
        const key = resolve(submission.name);
        if (!found.has(key)) found.set(key, submission);
      }
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      wrong.push(printableLine(error.message));
    }
  }
  if (wrong.length > 0) throw new Refused(wrong.join("\n"));
  const own = await ownNumbersOf([...found.values()], asked);
  for (const note of own.notes) err(`${printableLine(note)}\n`);
  return { submissions: own.submissions, layouts, ...(own.numbers && { numbers: own.numbers }) };
}
