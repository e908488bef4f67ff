/** `--regrade`: which graded answers are graded anew. */

import { course } from "../../course.ts";
import type { GradedAnswer, Regrade } from "../../gradebook/enqueue.ts";
import { Refused } from "../refused.ts";

/**
 * @param wanted `changed`, `all`, exercises' ids, and names: whole, or their last part.
 * @param names Of the submissions of this run.
 * @throws Refused for a name that is nobody's, or that could be several people's.
 */
export function regradeOf(wanted: readonly string[], names: readonly string[]): Regrade | undefined {
  if (wanted.length === 0) return undefined;
  const tests = wanted.map((what) => testOf(what, names));
  return {
    text: JSON.stringify([...wanted].sort()),
    has: (answer) => tests.some((test) => test(answer)),
  };
}

function testOf(what: string, names: readonly string[]): (answer: GradedAnswer) => boolean {
  if (what === "all") return () => true;
  if (what === "changed") return ({ stale }) => stale;
  if (course.some(({ id }) => id === what)) return ({ exercise }) => exercise === what;
  const found = names.includes(what) ? [what] : names.filter((name) => lastPart(name) === what);
  if (found.length === 1) return ({ submission }) => submission === found[0];
  if (found.length > 1)
    throw new Refused(`--regrade ${what} may be any of ${found.join(", ")}; give the whole name`);
  throw new Refused(
    `--regrade ${what}: expected an exercise, the name of a submission of this run, changed or all`,
  );
}

const lastPart = (name: string): string => name.split(/[/\\]| › /).at(-1) ?? name;
