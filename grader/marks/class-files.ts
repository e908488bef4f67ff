/** The files that say who a class is and by which rules it is marked. All of them are read before anything is graded. */

import { readFile } from "node:fs/promises";
import type { LearnerMark, SubmissionResult } from "../grading/result.ts";
import { plural } from "../plural.ts";
import type { GradedRun } from "../record/read.ts";
import type { SubmissionSummary } from "../record/summary.ts";
import { type Matching, matchRoster } from "../roster/match.ts";
import { type Learner, type Roster, readRoster } from "../roster/roster.ts";
import { TableError } from "../tables/cells.ts";
import { toNumber } from "./fraction.ts";
import type { ClassMarks, Mark } from "./mark.ts";
import { marksOf } from "./marks.ts";

/** Of the command line. */
export interface ClassArguments {
  readonly roster?: string;
  readonly groups: boolean;
}

export interface ClassFiles {
  readonly roster?: Roster;
  readonly groups: boolean;
}

/** @throws TableError */
export async function readClassFiles({ roster, groups }: ClassArguments): Promise<ClassFiles> {
  if (roster === undefined) {
    if (groups)
      throw new TableError(
        "--groups: expected --roster FILE with it, whose column group says who belongs together; got none",
      );
    return { groups };
  }
  const read = readRoster(await bytesOf(roster, "--roster"), roster);
  if (groups && !read.learners.some(({ group }) => group !== undefined))
    throw new TableError(
      `--groups: expected a column group in ${roster}; got none. Add it, or leave --groups out`,
    );
  return { roster: read, groups };
}

async function bytesOf(path: string, option: string): Promise<Uint8Array> {
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

export function markClass(run: GradedRun, { roster, groups }: ClassFiles): MarkedRun {
  const sent = run.summaries.map(({ submission, sender }) => ({
    name: submission,
    ...(sender && { sender }),
  }));
  const matching = roster && matchRoster(sent, roster, { groups });
  const marks = marksOf(run, matching);
  return {
    run: matching ? nameRun(run, marks) : run,
    marks,
    notes: matching && roster ? notesOn(matching, roster, run.summaries.length) : [],
  };
}

const MOST_NAMES = 30;

function notesOn({ unmatched, absent }: Matching, { path, learners }: Roster, submissions: number): string[] {
  const nobodys = new Set(unmatched.map(({ index }) => index)).size;
  const names = absent.slice(0, MOST_NAMES).map(({ name }) => name);
  const more = absent.length > MOST_NAMES ? ` and ${absent.length - MOST_NAMES} more` : "";
  return [
    `${path}: ${plural(learners.length, "learner")}, ${learners.length - absent.length} with a submission; ${plural(submissions, "submission")}, ${submissions - nobodys} with a learner`,
    ...(absent.length > 0 ? [`handed in nothing: ${names.join(", ")}${more}`] : []),
    ...unmatched.map(({ name, why }) => `nobody's: ${name}: ${why}`),
  ];
}

/** Reports call everybody by the roster. */
function nameRun(run: GradedRun, marks: ClassMarks): GradedRun {
  const named = run.summaries.map((_, index) => {
    const theirs = marks.of(index);
    if (theirs.length === 0) return {};
    const learner = theirs.map((mark) => displayName(mark.learner)).join(", ");
    const told = theirs.some(({ account }) => account.length > 0);
    return { learner, ...(told && { marks: theirs.map(learnerMark) }) };
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

/** With the number, since two may have one name. */
const displayName = ({ name, id, login }: Learner): string => {
  const number = id ?? login;
  return number === undefined || number === name ? name : `${name} (${number})`;
};

const learnerMark = ({ learner, final, maxFinal, account, open }: Mark): LearnerMark => ({
  learner: displayName(learner),
  ...(open.length === 0 && { mark: Math.round(toNumber(final) * 100) / 100 }),
  of: Math.round(toNumber(maxFinal) * 100) / 100,
  account,
  open,
});
