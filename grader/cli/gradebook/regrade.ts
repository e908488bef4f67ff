/** `--regrade`: which graded answers are graded anew. */

import { submissionsBehind } from "../../anonymous/cover.ts";
import { openPseudonyms } from "../../anonymous/pseudonyms.ts";
import { course } from "../../course.ts";
import type { GradedAnswer, Regrade } from "../../gradebook/enqueue.ts";
import type { ClassFiles } from "../../marks/class-files.ts";
import { findHers, type Who, whoIs } from "../../person/find.ts";
import type { Sent } from "../../roster/match.ts";
import { displayName } from "../../roster/roster.ts";
import type { GradeArguments } from "../arguments.ts";
import { Refused } from "../refused.ts";

type Asked = Pick<GradeArguments, "regrade" | "anonymous" | "pseudonyms" | "html" | "json">;

/** What tells whose a submission is, beside its download. */
interface Whose extends Pick<ClassFiles, "roster" | "groups"> {
  /** The submission behind each pseudonym. */
  readonly pseudonyms: ReadonlyMap<string, string>;
}

/**
 * @param asked `changed`, `all`, exercises' ids, and submissions: by their whole names, the last part, or whose they are.
 * @param sent The submissions of this run.
 * @throws Refused for a name that is nobody's, or that could be several people's.
 */
export async function regradeOf(
  { regrade, anonymous, ...places }: Asked,
  sent: readonly Sent[],
  { roster, groups }: Pick<ClassFiles, "roster" | "groups">,
): Promise<Regrade | undefined> {
  if (regrade.length === 0) return undefined;
  const named = sent.map(({ name, sender }) => ({ submission: name, ...(sender && { sender }) }));
  const pseudonyms = anonymous
    ? submissionsBehind(named, await openPseudonyms(places), roster, groups)
    : new Map<string, string>();
  const tests = regrade.map((what) => testOf(what, sent, { groups, pseudonyms, ...(roster && { roster }) }));
  return {
    text: JSON.stringify([...regrade].sort()),
    has: (answer) => tests.some((test) => test(answer)),
  };
}

function testOf(what: string, sent: readonly Sent[], whose: Whose): (answer: GradedAnswer) => boolean {
  if (what === "all") return () => true;
  if (what === "changed") return ({ stale }) => stale;
  if (course.some(({ id }) => id === what)) return ({ exercise }) => exercise === what;
  const found = new Set(namesOf(what, sent, whose));
  return ({ submission }) => found.has(submission);
}

function namesOf(what: string, sent: readonly Sent[], { roster, groups, pseudonyms }: Whose): string[] {
  if (sent.some(({ name }) => name === what)) return [what];
  const behind = pseudonyms.get(what);
  if (behind !== undefined) return [behind];
  let who: Who;
  let found: string[];
  try {
    who = whoIs(what, roster);
    found = findHers(sent, who, { groups }).map(({ submission }) => submission);
  } catch (error) {
    if (error instanceof Refused) throw new Refused(`--regrade ${what}: ${error.message}`);
    throw error;
  }
  if (found.length > 0) return found;
  if (who.learner)
    throw new Refused(
      `--regrade ${what}: ${displayName(who.learner)} of ${roster?.path} has handed in nothing in this run`,
    );
  const also = roster ? "" : "; what only the roster knows of her needs --roster FILE";
  throw new Refused(
    `--regrade ${what}: expected an exercise, changed, all, or a learner or submission of this run, as its download, report or roster calls it${also}`,
  );
}
