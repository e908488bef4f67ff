/** The files that say who a class is and by which rules it is marked. All of them are read before anything is graded. */

import { readFile } from "node:fs/promises";
import { course } from "../course.ts";
import type { LearnerMark, SubmissionResult } from "../grading/result.ts";
import { plural } from "../plural.ts";
import type { GradedRun } from "../record/read.ts";
import type { SubmissionSummary } from "../record/summary.ts";
import { keysOfAnybody } from "../roster/anybody.ts";
import { type Matching, matchRoster } from "../roster/match.ts";
import { displayName, learnerKeys, type Roster, readRoster } from "../roster/roster.ts";
import { TableError } from "../tables/cells.ts";
import { applyRules } from "./apply-rules.ts";
import { readCourseFile } from "./course-file.ts";
import { toNumber } from "./fraction.ts";
import type { HandIn } from "./lateness.ts";
import type { ClassMarks, Mark } from "./mark.ts";
import { marksOf } from "./marks.ts";
import { CourseFileError, type Rules } from "./rules.ts";
import { timeIn } from "./times.ts";
import { readTimes, type TimeOf } from "./times-table.ts";

/** Of the command line. */
export interface ClassArguments {
  readonly roster?: string;
  readonly groups: boolean;
  /** The file of the course's rules. */
  readonly course?: string;
  readonly times?: string;
}

export interface ClassFiles {
  readonly roster?: Roster;
  readonly groups: boolean;
  readonly rules?: Rules;
  readonly times?: TimeOf;
}

/** @throws TableError, CourseFileError */
export async function readClassFiles({
  roster,
  groups,
  course: rules,
  times,
}: ClassArguments): Promise<ClassFiles> {
  const read = roster === undefined ? undefined : readRoster(await bytesOf(roster, "--roster"), roster);
  if (groups && !read?.learners.some(({ group }) => group !== undefined))
    throw new TableError(
      "--groups: expected --roster FILE with it, whose column group says who belongs together; got none. Add it, or leave --groups out",
    );
  const text = rules === undefined ? undefined : await bytesOf(rules, "--course");
  const known =
    text && rules !== undefined ? readCourseFile(text.toString("utf8"), rules, course) : undefined;
  if (known && read) checkExtensions(known, read);
  if (times !== undefined && !known)
    throw new TableError(
      "--times: expected --course FILE with it, which says what being late costs; got none. Add it, or leave --times out",
    );
  const at = times === undefined ? undefined : readTimes(await bytesOf(times, "--times"), times, known?.zone);
  return { groups, ...(read && { roster: read }), ...(known && { rules: known }), ...(at && { times: at }) };
}

/** Each has to be one learner's. */
function checkExtensions({ path, extensions }: Rules, { path: list, learners }: Roster): void {
  const wrong = extensions.flatMap(({ who, line }) => {
    const keys = keysOfAnybody(who);
    const found = learners.filter((learner) => learnerKeys(learner).some((key) => keys.includes(key)));
    if (found.length === 1) return [];
    const got =
      found.length === 0 ? "nobody" : found.map(({ name, row }) => `${name} (row ${row})`).join(" and ");
    return [
      `${path}, line ${line}: expected one learner of ${list}; ${JSON.stringify(who)} is ${got}. Give an id, a login or an e-mail address`,
    ];
  });
  if (wrong.length > 0) throw new CourseFileError(wrong.join("\n"));
}

async function bytesOf(path: string, option: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new TableError(`${option} ${path} cannot be read: ${(error as Error).message}`);
  }
}

export interface MarkedRun {
  /** With the roster's names and everybody's marks. */
  readonly run: GradedRun;
  readonly marks: ClassMarks;
  /** Who has handed in nothing, and what is nobody's. */
  readonly notes: readonly string[];
}

export function markClass(run: GradedRun, { roster, groups, rules, times }: ClassFiles): MarkedRun {
  const sent = run.summaries.map(({ submission, sender }) => ({
    name: submission,
    ...(sender && { sender }),
  }));
  const matching = roster && matchRoster(sent, roster, { groups });
  const handIn = handInBy(rules, times);
  const marks = marksOf(run, matching, rules && applyRules(rules, handIn));
  return {
    run:
      matching || rules
        ? nameRun(run, marks, { names: matching !== undefined, rules: rules !== undefined })
        : run,
    marks,
    notes: [
      ...(matching && roster ? notesOn(matching, roster, run.summaries.length) : []),
      ...(rules ? notesOnTimes(run, marks, rules, handIn) : []),
    ],
  };
}

type HandInOf = (mark: Mark, summary: SubmissionSummary) => HandIn;

/** By the table of times, else by the names of the download. */
const handInBy =
  (rules: Rules | undefined, times: TimeOf | undefined): HandInOf =>
  ({ learner }, { sender }) => {
    const read = sender?.at === undefined ? undefined : timeIn(sender.at, rules?.zone);
    const at = times?.(learner) ?? (read && "instant" in read ? read.instant : undefined);
    return { late: sender?.late === true, attempts: sender?.attempts ?? 1, ...(at !== undefined && { at }) };
  };

/** Where there is a deadline, what tells no time is taken as in time: that has to be said. */
function notesOnTimes(
  run: GradedRun,
  { marks }: ClassMarks,
  { assignments, path }: Rules,
  handIn: HandInOf,
): string[] {
  if (!assignments.some(({ due, late }) => due !== undefined && late)) return [];
  const without = marks.filter((mark) =>
    mark.submissions.some((index) => {
      const summary = run.summaries[index] as SubmissionSummary;
      // Canvas marks who is late, by its own deadline.
      return summary.sender?.layout !== "canvas" && handIn(mark, summary).at === undefined;
    }),
  );
  if (without.length === 0) return [];
  return [
    `${path} has deadlines, and nothing tells when ${plural(without.length, "learner")} handed in: taken as in time. Give --times FILE`,
  ];
}

const MOST_NAMES = 30;

function notesOn(
  { unmatched, absent, unsure }: Matching,
  { path, learners }: Roster,
  submissions: number,
): string[] {
  const nobodys = new Set(unmatched.map(({ index }) => index)).size;
  const names = absent.slice(0, MOST_NAMES).map(({ name }) => name);
  const more = absent.length > MOST_NAMES ? ` and ${absent.length - MOST_NAMES} more` : "";
  return [
    `${path}: ${plural(learners.length, "learner")}, ${learners.length - absent.length - unsure.size} with a submission; ${plural(submissions, "submission")}, ${submissions - nobodys} with a learner`,
    ...(absent.length > 0 ? [`handed in nothing: ${names.join(", ")}${more}`] : []),
    ...unmatched.map(({ name, why }) => `nobody's: ${name}: ${why}`),
  ];
}

/** Reports call everybody by the roster, and show what the rules made of the points. */
function nameRun(
  run: GradedRun,
  marks: ClassMarks,
  show: { readonly names: boolean; readonly rules: boolean },
): GradedRun {
  const named = run.summaries.map((_, index) => {
    const theirs = marks.of(index);
    if (theirs.length === 0) return {};
    const learner = theirs.map((mark) => displayName(mark.learner)).join(", ");
    return { ...(show.names && { learner }), ...(show.rules && { marks: theirs.map(learnerMark) }) };
  });
  const withName = <Of extends SubmissionSummary | SubmissionResult>(of: Of, index: number): Of => ({
    ...of,
    ...named[index],
  });
  return {
    about: run.about,
    summaries: run.summaries.map(withName),
    submission: async (index) => withName(await run.submission(index), index),
  };
}

const learnerMark = ({ learner, final, maxFinal, account, open }: Mark): LearnerMark => ({
  learner: displayName(learner),
  ...(open.length === 0 && { mark: Math.round(toNumber(final) * 100) / 100 }),
  of: Math.round(toNumber(maxFinal) * 100) / 100,
  account,
  open,
});
