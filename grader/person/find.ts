/** Which submissions are one person's: by the roster, or by what their downloads tell. */

import { personOf } from "../anonymous/person.ts";
import { Refused } from "../cli/refused.ts";
import type { Sender } from "../grading/sender.ts";
import { isCalled, keysOfAnybody } from "../roster/anybody.ts";
import { type Matching, type MatchOptions, matchRoster, type Sent } from "../roster/match.ts";
import { displayName, type Learner, learnerKeys, type Roster } from "../roster/roster.ts";

export interface Who {
  /** As somebody names her: a name, a number, a login, an address, or what reports call her submission. */
  readonly text: string;
  /** As the roster has her. */
  readonly learner?: Learner;
  readonly roster?: Roster;
}

export interface Hers {
  /** Among those that were given. */
  readonly at: number;
  readonly submission: string;
  /** What she is called in it, and by the roster. */
  readonly names: readonly string[];
  /** It is others' as well: of a group. */
  readonly shared: boolean;
}

/** @throws Refused if the roster has several of that name. */
export function whoIs(text: string, roster?: Roster): Who {
  const learners = roster?.learners ?? [];
  const keys = keysOfAnybody(text);
  const asShown = learners.filter((one) => displayName(one) === text);
  const found =
    asShown.length > 0
      ? asShown
      : learners.filter((one) => learnerKeys(one).some((key) => keys.includes(key)));
  if (found.length > 1)
    throw new Refused(
      `${text} is ${found.map(({ name, row }) => `${name} (row ${row})`).join(" and ")} of ${roster?.path}; give an id, a login or an e-mail address`,
    );
  const [learner] = found;
  return { text, ...(roster && { roster }), ...(learner && { learner }) };
}

const NOBODY: Pick<Matching, "of" | "unsure"> = { of: [], unsure: new Map() };

/**
 * @param sent Of one run.
 * @throws Refused if they may be several people's.
 */
export function findHers(
  sent: readonly Sent[],
  { text, learner, roster }: Who,
  options: MatchOptions = {},
): Hers[] {
  const { of: owners, unsure } = learner && roster ? matchRoster(sent, roster, options) : NOBODY;
  const why = [...unsure].find(([{ row }]) => row === learner?.row)?.[1];
  if (why !== undefined)
    throw new Refused(`${why}. Or, in place of ${text}, give what reports call her submission`);
  const found = sent.flatMap(({ name, sender }, at): Hers[] => {
    const own = owners[at]?.find(({ row }) => row === learner?.row);
    // What is her number in the roster may be another's on the platform: whose the roster says it is, it is.
    if (!own && (owners[at]?.length ?? 0) > 0) return [];
    const known = (sender?.people ?? []).filter((one) => isCalled(one, text));
    if (!own && known.length === 0 && !isOf(name, text)) return [];
    // Of a group, what others are called is not hers.
    const alone = sender?.people.length === 1;
    const about: Sender | undefined = sender && { ...sender, people: alone ? sender.people : known };
    const person = personOf({ submission: name, ...(about && { sender: about }) }, own ? [own] : []);
    const shared = (sender?.people.length ?? 0) > 1 || (owners[at]?.length ?? 0) > 1;
    return [{ at, submission: name, names: person.names, shared }];
  });
  const exact = found.filter(({ submission }) => submission === text);
  if (exact.length > 0 || learner) return exact.length > 0 && !learner ? exact : found;
  if (areSeveral(found.map(({ at }) => sent[at] as Sent)))
    throw new Refused(
      `${text} may be several people: ${found.map(({ submission }) => submission).join(", ")}. Give one of these names, or --roster FILE and an id`,
    );
  return found;
}

/** A platform numbers people anew in each download: in one of them another number is another person, of the same name. */
function areSeveral(found: readonly Sent[]): boolean {
  const downloads = Map.groupBy(found, ({ name }) => name.replace(LAST_PART, ""));
  const numbersIn = (some: readonly Sent[]) => new Set(some.flatMap(({ sender }) => idsOf(sender)));
  return (
    new Set(found.map(senderKeyOf)).size > 1 ||
    [...downloads.values()].some((some) => numbersIn(some).size > 1)
  );
}

/** Of a group none is hers. */
const idsOf = (sender: Sender | undefined): string[] =>
  sender?.people.length === 1 ? sender.people.flatMap(({ id }) => id ?? []) : [];

const LAST_PART = /(?:[/\\]| › )(?!.*(?:[/\\]| › )).*$/s;

/** By which the submissions of one person in one run are known as hers. */
const senderKeyOf = ({ name, sender }: Sent): string =>
  personOf({ submission: name, ...(sender && { sender }) }).key;

const isOf = (submission: string, text: string): boolean =>
  submission === text || submission.split(/[/\\]| › /).at(-1) === text;
