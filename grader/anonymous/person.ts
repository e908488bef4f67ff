/** Who a submission is of, across runs, and what she is called anywhere in it. */

import type { Known } from "../grading/sender.ts";
import type { SubmissionSummary } from "../record/summary.ts";
import { spellings } from "../roster/names.ts";
import type { Learner } from "../roster/roster.ts";

export interface Person {
  /** The same in each run in which as much is known of her. */
  readonly key: string;
  /** What nobody else is called: names as a whole, numbers, logins, addresses. Looked for in everybody's texts. */
  readonly names: readonly string[];
  /** Words that may be others' and mean other things, too. Looked for in her own texts only. */
  readonly words: readonly string[];
  /** What an instructor looks her up by. */
  readonly known: { readonly [field: string]: string };
}

/** @param learners Whose it is by the roster; nobody's if there is none, or it does not say. */
export function personOf(
  { submission, sender }: Pick<SubmissionSummary, "submission" | "sender">,
  learners: readonly Learner[] = [],
): Person {
  const people: readonly Known[] = sender?.people ?? [];
  const all: readonly (Known & Partial<Learner>)[] = [...learners, ...people];
  const keys = learners.length > 0 ? learners.map(rosterKey) : people.map(senderKey);
  return {
    key: keys.length > 0 ? keys.toSorted().join("\n") : submission,
    names: unique(
      all
        .flatMap(({ name = "", email, login, id, label }) => [
          ...spellings(name).flatMap(namesOf),
          ...[email, login, id, label],
        ])
        .filter(isTelling),
    ),
    words: unique(
      all
        .flatMap(({ name = "", login, id, email }) => [...spokenWords(name), login, id, email?.split("@")[0]])
        .filter((word) => word !== undefined && word.length > 1 && !/^\d{1,4}$/.test(word)),
    ) as string[],
    known: knownOf(submission, learners.length > 0 ? learners : people),
  };
}

/** @returns The same for somebody in each run with this roster. */
const rosterKey = ({ id, login, email, name }: Learner): string => `roster ${id ?? login ?? email ?? name}`;

/** Moodle numbers people anew in each assignment, so that a number comes last. */
const senderKey = ({ email, login, name, label, id }: Known): string =>
  (email ?? login ?? name ?? label ?? id ?? "").toLowerCase();

/** In the orders and ways in which names are written, also as platforms do without blanks. */
function namesOf(name: string): string[] {
  const words = wordsOf(name);
  if (words.length < 2) return [];
  const turned = words.map((_, i) => [...words.slice(i), ...words.slice(0, i)]);
  return [
    name,
    ...turned.flatMap((order) => [
      order.join(" "),
      `${order[0]}, ${order.slice(1).join(" ")}`,
      ...["", "-", "_", "."].map((sign) => order.join(sign)),
    ]),
  ];
}

/** Also as people write a name in capitals; a shorter one would be a constant's. */
const spokenWords = (name: string): string[] =>
  spellings(name)
    .flatMap(wordsOf)
    .flatMap((word) => (word.length >= 5 ? [word, word.toUpperCase()] : [word]));

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}'’-]{2,}/gu) ?? [];

/** What is as short as a value, or a number as code has them, would be found everywhere. */
const isTelling = (text: string | undefined): text is string =>
  text !== undefined && text.trim().length >= 4 && !/^\d{1,4}$/.test(text);

const unique = <T>(texts: readonly T[]): T[] => [...new Set(texts)];

function knownOf(submission: string, all: readonly Known[]): { readonly [field: string]: string } {
  const fields = ["name", "id", "login", "email"] as const;
  const found = fields.map((field): [string, string] => [
    field,
    unique(all.flatMap((one) => one[field] ?? [])).join(", "),
  ]);
  return Object.fromEntries([...found.filter(([, value]) => value !== ""), ["submission", submission]]);
}
