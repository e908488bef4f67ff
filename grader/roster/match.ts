/** Whose each submission is. What two people could be, or nobody, is listed and never guessed. */

import type { Known, Sender } from "../grading/sender.ts";
import { nameKeys } from "./names.ts";
import { keyOf, type Learner, learnerKeys, type Roster } from "./roster.ts";

export interface Sent {
  /** As reports call it. */
  readonly name: string;
  readonly sender?: Sender;
}

export interface Unmatched {
  /** Of the submission. */
  readonly index: number;
  readonly name: string;
  /** Why nobody's, and what to do. */
  readonly why: string;
}

export interface Matching {
  /** Whose each submission is, in their order; several where a group handed in. */
  readonly of: readonly (readonly Learner[])[];
  readonly unmatched: readonly Unmatched[];
  /** Who has handed in nothing. */
  readonly absent: readonly Learner[];
  /** Who has nothing that is hers for certain, though one that is nobody's may be: no absence, and no zero. Each with the reason. */
  readonly unsure: ReadonlyMap<Learner, string>;
}

type Found =
  | { readonly learner: Learner; readonly numbers?: Numbers }
  | { readonly why: string; readonly may?: ReadonlySet<Learner> };

/** What a platform calls somebody, from her files' names: its own lists call her so, too. */
type Numbers = Pick<Learner, "canvas" | "moodle">;

export interface MatchOptions {
  /** What one member of a group handed in is everybody's of it who handed in nothing. */
  readonly groups?: boolean;
}

export function matchRoster(
  submissions: readonly Sent[],
  { learners, path }: Roster,
  { groups = false }: MatchOptions = {},
): Matching {
  const by = new Map<string, Set<Learner>>();
  for (const learner of learners)
    for (const key of learnerKeys(learner)) by.set(key, (by.get(key) ?? new Set()).add(learner));
  const unmatched: Unmatched[] = [];
  const candidates = new Map<Learner, string>();
  const numbers = new Map<Learner, Numbers>();
  const of = submissions.map(({ name, sender }, index) => {
    const found = findSenders(sender, by, learners);
    const missing = found.flatMap((one) => ("why" in one ? [one.why] : []));
    for (const why of missing) unmatched.push({ index, name, why });
    for (const one of found)
      if ("why" in one)
        for (const learner of one.may ?? []) candidates.set(learner, `${name} may be hers: ${one.why}`);
    if (found.length === 0) unmatched.push({ index, name, why: `nothing says whose it is${remedy(path)}` });
    for (const one of found) if ("learner" in one && one.numbers) numbers.set(one.learner, one.numbers);
    return [...new Set(found.flatMap((one) => ("learner" in one ? [one.learner] : [])))];
  });
  const certain = new Set(of.flat());
  const unsure = new Map([...candidates].filter(([learner]) => !certain.has(learner)));
  if (groups)
    shareInGroups(
      of,
      learners.filter((learner) => !unsure.has(learner)),
    );
  const present = new Set([...of.flat(), ...unsure.keys()]);
  const numbered = new Map([...numbers].map(([learner, own]) => [learner, { ...own, ...learner }]));
  return {
    of: of.map((owners) => owners.map((learner) => numbered.get(learner) ?? learner)),
    unmatched,
    absent: learners.filter((learner) => !present.has(learner)),
    unsure,
  };
}

const remedy = (path: string): string => `; add what it is called to ${path}, as id, login, email or name`;

function findSenders(
  sender: Sender | undefined,
  by: ReadonlyMap<string, ReadonlySet<Learner>>,
  learners: readonly Learner[],
): Found[] {
  if (!sender) return [];
  return sender.people.flatMap((known): Found[] => {
    const found = findOne(known, sender.layout, by);
    if (found) return [found];
    const members = membersOf(known.name ?? known.label, learners);
    if (members.length > 0) return members.map((learner) => ({ learner }));
    return [{ why: `${describe(known)} is not in the roster` }];
  });
}

/** Everything that is known has to agree: a number that is one person's beside another's name is nobody's. */
function findOne(
  known: Known,
  layout: string,
  by: ReadonlyMap<string, ReadonlySet<Learner>>,
): Found | undefined {
  const hits = clues(known, layout).flatMap(({ what, keys }) => {
    const found = new Set(keys.flatMap((key) => [...(by.get(key) ?? [])]));
    return found.size > 0 ? [{ what, found }] : [];
  });
  const [first, ...rest] = hits;
  if (!first) return undefined;
  const left = rest.reduce((some, { found }) => some.intersection(found), first.found);
  const [learner, other] = left;
  if (learner && !other) return { learner, ...numbersIn(known, layout) };
  if (learner && other) {
    const why = `${describe(known)} may be ${list([...left])}: give the roster ${whatTellsApart(known, layout)}`;
    return { why, may: left };
  }
  const each = hits.map(({ what, found }) => `by its ${what} ${list([...found])}`).join(", ");
  const may = new Set(hits.flatMap(({ found }) => [...found]));
  return { why: `${describe(known)} is several people's: ${each}; correct the roster`, may };
}

/** Moodle and Canvas name files by numbers of their own, which no list of a university has. */
function whatTellsApart({ id }: Known, layout: string): string {
  if (id !== undefined && layout === "moodle")
    return `a column Identifier with Moodle's numbers (here ${id}), as its grading worksheet has them`;
  if (id !== undefined && layout === "canvas")
    return `a column Canvas ID with Canvas's numbers (here ${id}), as the ID of its gradebook`;
  return "what tells them apart";
}

function numbersIn({ id }: Known, layout: string): { readonly numbers?: Numbers } {
  return id !== undefined && (layout === "canvas" || layout === "moodle")
    ? { numbers: { [layout]: id } }
    : {};
}

interface Clue {
  readonly what: string;
  readonly keys: readonly string[];
}

/** A platform's own number is compared with numbers of that platform only: another's may be somebody else's. */
function clues({ name, id, login, email, label }: Known, layout: string): Clue[] {
  const found: Clue[] = [];
  const kind = { canvas: "canvas", moodle: "moodle" }[layout] ?? "id";
  if (id !== undefined) found.push({ what: "number", keys: [keyOf(kind, id)] });
  if (email !== undefined)
    found.push({ what: "e-mail address", keys: [keyOf("email", email), keyOf("login", email)] });
  if (login !== undefined)
    found.push({ what: "login", keys: ["login", "id", "email", "mailbox"].map((one) => keyOf(one, login)) });
  if (name !== undefined) found.push({ what: "name", keys: nameKeys(name).map((key) => keyOf("name", key)) });
  if (label !== undefined) found.push({ what: "name", keys: labelKeys(label, layout) });
  return found;
}

function labelKeys(label: string, layout: string): string[] {
  // `week-1-ada-l`: where the login begins, nothing says.
  const parts = layout === "github" ? label.split("-").map((_, i, all) => all.slice(i).join("-")) : [label];
  return [
    ...["id", "login", "email", "mailbox"].flatMap((kind) => parts.map((part) => keyOf(kind, part))),
    ...nameKeys(label).map((key) => keyOf("name", key)),
  ];
}

function membersOf(group: string | undefined, learners: readonly Learner[]): Learner[] {
  const name = group?.trim().toLowerCase();
  return name === undefined || name === ""
    ? []
    : learners.filter((one) => one.group?.trim().toLowerCase() === name);
}

/** Members who handed in nothing share all that the others did: of several it counts as if all were theirs. */
function shareInGroups(of: readonly Learner[][], learners: readonly Learner[]): void {
  const present = new Set(of.flat());
  for (const group of new Set(learners.flatMap(({ group }) => group ?? []))) {
    const members = membersOf(group, learners);
    const without = members.filter((learner) => !present.has(learner));
    for (const owners of of)
      if (owners.some((learner) => members.includes(learner) && present.has(learner)))
        owners.push(...without);
  }
}

const list = (learners: readonly Learner[]): string =>
  learners.map(({ name, row }) => (row === undefined ? name : `${name} (row ${row})`)).join(" and ");

function describe({ name, id, login, email, label }: Known): string {
  const parts = [label ?? name ?? login ?? email, id === undefined ? undefined : `number ${id}`];
  return parts.filter((part) => part !== undefined).join(", ") || "somebody without a name";
}
