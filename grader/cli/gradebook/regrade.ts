/** `--regrade`: which graded answers are graded anew. */

import { course } from "../../course.ts";
import type { GradedAnswer, Regrade } from "../../gradebook/enqueue.ts";
import { isCalled } from "../../roster/anybody.ts";
import type { Sent } from "../../roster/match.ts";
import { Refused } from "../refused.ts";

/**
 * @param wanted `changed`, `all`, exercises' ids, and submissions: by their whole names, the last part, or whose they are.
 * @param sent The submissions of this run.
 * @throws Refused for a name that is nobody's, or that could be several people's.
 */
export function regradeOf(wanted: readonly string[], sent: readonly Sent[]): Regrade | undefined {
  if (wanted.length === 0) return undefined;
  const tests = wanted.map((what) => testOf(what, sent));
  return {
    text: JSON.stringify([...wanted].sort()),
    has: (answer) => tests.some((test) => test(answer)),
  };
}

function testOf(what: string, sent: readonly Sent[]): (answer: GradedAnswer) => boolean {
  if (what === "all") return () => true;
  if (what === "changed") return ({ stale }) => stale;
  if (course.some(({ id }) => id === what)) return ({ exercise }) => exercise === what;
  const found = namesOf(what, sent);
  if (found.length === 1) return ({ submission }) => submission === found[0];
  if (found.length > 1)
    throw new Refused(`--regrade ${what} may be any of ${found.join(", ")}; give the whole name`);
  throw new Refused(
    `--regrade ${what}: expected an exercise, changed, all, or a learner or submission of this run, as its download or report calls it`,
  );
}

function namesOf(what: string, sent: readonly Sent[]): string[] {
  const names = sent.map(({ name }) => name);
  if (names.includes(what)) return [what];
  const last = names.filter((name) => lastPart(name) === what);
  if (last.length > 0) return last;
  return sent
    .filter(({ sender }) => sender?.people.some((one) => isCalled(one, what)))
    .map(({ name }) => name);
}

const lastPart = (name: string): string => name.split(/[/\\]| › /).at(-1) ?? name;
