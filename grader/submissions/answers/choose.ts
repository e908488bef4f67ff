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
  const used: string[] = [];
  for (const { id, file } of course) {
    const every = all.filter(({ exerciseId }) => exerciseId === id);
    const flows = every.filter(({ flow }) => flow !== undefined);
    // Where a saved flow answers, the code that made it is only shown.
    const candidates = flows.length > 0 ? usable(flows) : every;
    const answers = candidates.filter(isAnswered);
    const taken = answers.at(-1) ?? candidates.at(-1);
    if (!taken) continue;
    const maker = file && taken.flow && every.findLast((one) => !one.flow && isAnswered(one));
    if (maker) used.push(maker.origin);
    sources.push(maker ? { ...taken, code: `${taken.code}\n// ${maker.origin}\n${maker.code}` } : taken);
    const others = answers.filter((other) => other.code.trim() !== taken.code.trim());
    if (others.length > 0) {
      notes.push(
        `${id} is answered ${others.length + 1} times; graded: ${taken.origin}; not graded: ${others.map((o) => o.origin).join(", ")}`,
      );
    }
  }
  return { sources, notes, used };
}

/** A file that can be read counts before one that cannot. */
function usable(flows: readonly Source[]): readonly Source[] {
  const readable = flows.filter(({ flow }) => flow && "bytes" in flow);
  return readable.length > 0 ? readable : flows;
}
