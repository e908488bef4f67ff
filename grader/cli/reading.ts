/** Reads everything that was named on the command line. */

import { resolve } from "node:path";
import { course } from "../course.ts";
import { printableLine } from "../report/printable.ts";
import { readSubmissions } from "../submissions/read.ts";
import { type SeenLayout, type Submission, Unreadable } from "../submissions/submission.ts";
import { Refused } from "./refused.ts";
import type { Screen } from "./screen.ts";

export interface Read {
  /** Each once, also where two paths lead to it. */
  readonly submissions: readonly Submission[];
  readonly layouts: readonly SeenLayout[];
}

/** @throws Refused if there is a path at which nothing can be read; it names all such. */
export async function readAll(
  paths: readonly string[],
  only: readonly string[],
  { err }: Screen,
): Promise<Read> {
  const wrong: string[] = [];
  const layouts: SeenLayout[] = [];
  const found = new Map<string, Submission>();
  for (const path of paths) {
    try {
      const { submissions, layout } = await readSubmissions(path, { course, only });
      err(`${printableLine(`${path}: ${layout.description} (${layout.name})`)}\n`);
      layouts.push(layout);
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
  return { submissions: [...found.values()], layouts };
}
