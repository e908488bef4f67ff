/**
 * A run without names: reports, tables and reviews that are made of it show pseudonyms, in an order that tells nothing. Answers are shown
 * as they are, but for what somebody in the course is called in them.
 */

import type { AboutRun, HandedIn, LearnerMark, SubmissionResult } from "../grading/result.ts";
import type { GradedRun } from "../record/read.ts";
import { type SubmissionSummary, summary } from "../record/summary.ts";
import { matchRoster } from "../roster/match.ts";
import type { Learner, Roster } from "../roster/roster.ts";
import { type Person, personOf } from "./person.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import { literal, mapTexts, redactor } from "./redact.ts";

export interface Cover {
  /** What of the same submissions was graded, without names. */
  hide(run: GradedRun): Promise<GradedRun>;
  /** The run with names, and with what a person has given in the covered one. */
  carryPoints(covered: GradedRun, run: GradedRun): Promise<GradedRun>;
  /** Who is behind each pseudonym. */
  readonly people: ReadonlyMap<string, { readonly [field: string]: string }>;
}

interface Covered extends Person {
  readonly pseudonym: string;
  /** In the run with names. */
  readonly index: number;
}

/** @param pseudonyms By which people are called. */
export function coverRun(
  { summaries }: Pick<GradedRun, "summaries">,
  pseudonyms: Pick<Pseudonyms, "of">,
  roster?: Roster,
  groups = false,
): Cover {
  const owners = ownersOf(summaries, roster, groups);
  const order = namedApart(summaries, owners, pseudonyms).toSorted((a, b) =>
    a.pseudonym < b.pseudonym ? -1 : 1,
  );
  const learners = (roster?.learners ?? []).map((learner) => personOf({ submission: "" }, [learner]));
  const redact = redactor([...order, ...learners].flatMap(({ names }) => names));
  const place = new Map(order.map(({ index }, at) => [index, at]));
  return {
    people: new Map(order.map(({ pseudonym, known }) => [pseudonym, known])),
    async hide(run) {
      const submission = async (at: number) => {
        const person = order[at] as Covered;
        return hideSubmission(await run.submission(person.index), person, redact);
      };
      const brief: SubmissionSummary[] = [];
      // Of the whole: what is kept of it in brief does not tell what its files are called.
      for (const at of order.keys()) brief.push(summary(await submission(at)));
      return { about: hideAbout(run.about), summaries: brief, submission };
    },
    async carryPoints(covered, run) {
      const submission = async (index: number) =>
        withPoints(await run.submission(index), await covered.submission(place.get(index) as number));
      const summaries = await Promise.all(
        run.summaries.map(async (brief, index) =>
          covered.summaries[place.get(index) as number]?.pointsByHand === undefined
            ? brief
            : summary(await submission(index)),
        ),
      );
      return { about: run.about, summaries, submission };
    },
  };
}

/** The submission behind each pseudonym of a run. */
export function submissionsBehind(
  sent: readonly Named[],
  pseudonyms: Pick<Pseudonyms, "of">,
  roster?: Roster,
  groups = false,
): ReadonlyMap<string, string> {
  const covered = namedApart(sent, ownersOf(sent, roster, groups), pseudonyms);
  return new Map(covered.map(({ pseudonym, index }) => [pseudonym, (sent[index] as Named).submission]));
}

type Named = Pick<SubmissionSummary, "submission" | "sender">;

const ownersOf = (sent: readonly Named[], roster: Roster | undefined, groups: boolean) =>
  roster
    ? matchRoster(
        sent.map(({ submission, sender }) => ({ name: submission, ...(sender && { sender }) })),
        roster,
        { groups },
      ).of
    : [];

/** Of two submissions of one person, or of people of whom too little is known, each is called another way. */
function namedApart(
  summaries: readonly Named[],
  owners: readonly (readonly Learner[])[],
  pseudonyms: Pick<Pseudonyms, "of">,
): Covered[] {
  const taken = new Set<string>();
  return summaries.map((brief, index) => {
    const person = personOf(brief, owners[index]);
    const { key } = person;
    const own = taken.has(key) ? `${key}\n${brief.submission}` : key;
    taken.add(own);
    return { ...person, index, pseudonym: pseudonyms.of(own) };
  });
}

type Redact = ReturnType<typeof redactor>;

function hideSubmission(
  of: SubmissionResult,
  { pseudonym, words }: Covered,
  redact: Redact,
): SubmissionResult {
  const { sender: _, learner: __, exercises, marks, files = [], notes, problem, sources, ...rest } = of;
  const paths = new Map(pathsOf(of.submission, files, sources ?? []));
  const hide = (text: string) => redact(text, words);
  const inText = (text: string) => hide(replaceAll(text, paths));
  return {
    ...rest,
    submission: pseudonym,
    // Whose kit an answer is from is a name, and for the run with names.
    exercises: mapTexts(
      exercises.map(({ otherKit: ___, ...one }) => one),
      hide,
    ),
    ...(sources && {
      sources: sources.map(({ exerciseId, origin, code }) => ({
        exerciseId,
        origin: neutralOrigin(origin),
        code: hide(code),
      })),
    }),
    ...(files.length > 0 && { files: files.map((file) => hideFile(file, paths, inText)) }),
    ...(notes && { notes: notes.map(inText) }),
    ...(problem !== undefined && { problem: inText(problem) }),
    ...(marks && { marks: marks.map((mark) => hideMark(mark, pseudonym, inText)) }),
  };
}

const hideMark = (mark: LearnerMark, learner: string, inText: (text: string) => string): LearnerMark => ({
  ...mark,
  learner,
  account: mark.account.map(inText),
  open: mark.open.map(inText),
});

/** What a file is called may be its writer's name: `file 1.ts`. */
function* pathsOf(
  submission: string,
  files: readonly HandedIn[],
  sources: readonly { readonly origin: string }[],
): Iterable<[string, string]> {
  const places = [...files.map(({ path }) => path), ...sources.map(({ origin }) => withoutCell(origin))];
  for (const [i, path] of [...new Set(places)].filter((one) => one !== "").entries()) {
    const neutral = `file ${i + 1}${endingOf(path)}`;
    yield [path, neutral];
    const name = path.split(/[/\\]/).at(-1) ?? "";
    if (name.length > 3) yield [name, neutral];
  }
  yield [submission, "this submission"];
  const last = submission.split(/[/\\]| › /).at(-1) ?? "";
  if (last.length > 3) yield [last, "this submission"];
}

function hideFile(
  { path, reason }: HandedIn,
  paths: ReadonlyMap<string, string>,
  inText: (text: string) => string,
): HandedIn {
  return { path: paths.get(path) ?? "a file", ...(reason !== undefined && { reason: inText(reason) }) };
}

const CELL = /, cells? [\d, and]+$/;
const withoutCell = (origin: string): string => origin.replace(CELL, "");
const endingOf = (path: string): string => /\.[a-z]{1,12}$/i.exec(path)?.[0] ?? "";
const neutralOrigin = (origin: string): string =>
  `answer${endingOf(withoutCell(origin))}${CELL.exec(origin)?.[0] ?? ""}`;

/** The longest first: a path before its last part. */
function replaceAll(text: string, by: ReadonlyMap<string, string>): string {
  const longest = [...by.keys()].toSorted((a, b) => b.length - a.length);
  const pattern = new RegExp(longest.map((one) => literal(one)).join("|"), "g");
  return text.replace(pattern, (found) => by.get(found) as string);
}

/** Where it was downloaded to, and what lay beside, may name people; how it was laid out does not. */
const hideAbout = ({ layouts, ...about }: AboutRun): AboutRun => ({
  ...about,
  ...(layouts && {
    layouts: layouts.map((layout, i) => ({ ...layout, path: `download ${i + 1}`, beside: [] })),
  }),
});

/** In the order of the same checks. */
function withPoints(result: SubmissionResult, given: SubmissionResult): SubmissionResult {
  if (given.pointsByHand === undefined) return result;
  const exercises = result.exercises.map((one, i) => {
    const by = given.exercises[i];
    const { given: points, remark } = by?.manual ?? {};
    return {
      ...one,
      checks: one.checks.map((check, j) => {
        const byHand = by?.checks[j]?.byHand;
        return byHand ? { ...check, byHand } : check;
      }),
      ...(one.manual &&
        points !== undefined && {
          manual: { ...one.manual, given: points, ...(remark !== undefined && { remark }) },
        }),
    };
  });
  return { ...result, exercises, pointsByHand: given.pointsByHand };
}
