/** One source for each exercise, where a submission holds several. */

import type { Findings, Listed, Source } from "../submission.ts";
import { isAnswered } from "./untouched.ts";

/**
 * An answer counts before an untouched stub, and the last of several answers counts: the one further down a notebook, or later by
 * file name. What was not taken is named in a note.
 */
export function choose(found: readonly Findings[], course: readonly Listed[]): Findings {
  const all = found.flatMap(({ sources }) => sources);
  const notes = found.flatMap((findings) => findings.notes);
  const sources: Source[] = [];
  for (const { id } of course) {
    const candidates = all.filter(({ exerciseId }) => exerciseId === id);
    const answers = candidates.filter(isAnswered);
    const taken = answers.at(-1) ?? candidates.at(-1);
    if (!taken) continue;
    sources.push(taken);
    const others = answers.filter((other) => other.code.trim() !== taken.code.trim());
    if (others.length > 0) {
      notes.push(
        `${id} is answered ${others.length + 1} times; graded: ${taken.origin}; not graded: ${others.map((o) => o.origin).join(", ")}`,
      );
    }
  }
  return { sources, notes };
}
