/** One person's findings as one submission: what is graded, what is said about the rest. */

import { basename } from "node:path";
import { choose } from "./choose.ts";
import type { Findings, Listed, Stray, Submission } from "./submission.ts";

export interface ReadOptions {
  readonly course: readonly Listed[];
  /** Only these exercises. If it is one, the only `.ts` file, if it does not say which exercise it answers, is taken for it. */
  readonly only?: readonly string[];
}

export function submission(
  name: string,
  found: readonly Findings[],
  { course, only = [] }: ReadOptions,
): Submission {
  const files = found.flatMap((findings) => findings.files ?? []);
  const { sources, notes: chosen } = choose(found, course);
  const strays = found.flatMap((findings) => findings.strays ?? []);
  const [single] = only;
  if (only.length === 1 && single !== undefined && sources.length === 0 && strays.length === 1) {
    return { name, sources: strays.map((stray) => ({ ...stray, exerciseId: single })), notes: chosen, files };
  }
  const notes = [...chosen, ...strayNotes(strays, sources.length > 0)];
  const wanted = only.length > 0 ? sources.filter(({ exerciseId }) => only.includes(exerciseId)) : sources;
  if (wanted.length > 0) return { name, sources: wanted, notes, files };
  if (sources.length > 0) {
    const answers = sources.map(({ exerciseId }) => exerciseId).join(", ");
    return {
      name,
      sources: [],
      notes,
      files,
      problem: `${basename(name)} has no answer to ${only.join(", ")}; it answers ${answers}`,
    };
  }
  const [first, ...rest] = notes;
  const none = `nothing to grade: no .ts file and no notebook in ${basename(name)}`;
  return { name, sources: [], notes: rest, files, problem: first ?? none };
}

function strayNotes(strays: readonly Stray[], harmless: boolean): string[] {
  if (strays.length === 0) return [];
  const names = strays.map(({ origin }) => origin);
  if (harmless && names.length > 4)
    return [`left out ${names.length} .ts files that are not exercises of this course`];
  const named =
    names.length > 4 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
  if (harmless) return [`left out, because not an exercise of this course: ${named}`];
  const remedy =
    "name it like the exercise's file, begin it with a line such as // exercise: 16.1, or pass --exercise";
  return [`${named}: nothing says which exercise this answers; ${remedy}`];
}
