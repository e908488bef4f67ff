/** Gives each answer the numbers of its learner, and sees in whose kit it was written. */

import type { AnyExercise } from "../exercise.ts";
import { matchRoster } from "../roster/match.ts";
import { displayName, type Learner, type Roster } from "../roster/roster.ts";
import type { Source, Submission } from "../submissions/submission.ts";
import { type OwnNumbers, ownNumbers } from "./draw.ts";
import { markOf } from "./mark.ts";
import type { Secret } from "./secret.ts";
import type { ClassNumbers } from "./whose.ts";

export interface Assigned {
  readonly submissions: readonly Submission[];
  readonly numbers: ClassNumbers;
  /** Who could be given no numbers, and by which she is graded then. */
  readonly notes: readonly string[];
}

interface Owned {
  readonly learner: Learner;
  readonly own: OwnNumbers;
}

/** @param groups As for the roster: what one member handed in is everybody's. */
export function assignNumbers(
  submissions: readonly Submission[],
  course: readonly AnyExercise[],
  secret: Secret,
  roster: Roster,
  groups = false,
): Assigned {
  const varied = course.filter(({ variants }) => variants !== undefined);
  const owners = new Map(
    varied.map((exercise): [string, Owned[]] => [
      exercise.id,
      roster.learners.flatMap((learner) => {
        const own = ownNumbers(secret, learner, exercise);
        return own ? [{ learner, own }] : [];
      }),
    ]),
  );
  const { of } = matchRoster(submissions, roster, { groups });
  const notes: string[] = [];
  const assigned = submissions.map((submission, index): Submission => {
    const rows = (of[index] ?? []).map(({ row }) => row);
    const without: string[] = [];
    const sources = submission.sources.map((source): Source => {
      const all = owners.get(source.exerciseId);
      if (!all) return source;
      const given = numbersFor(source, all, rows);
      if (given) return { ...source, numbers: given };
      without.push(source.exerciseId);
      return source;
    });
    if (without.length > 0)
      notes.push(
        `${submission.name} is nobody's of ${roster.path}, and no kit is known by what is in it: ${without.join(", ")} graded with the course's own numbers`,
      );
    return { ...submission, sources };
  });
  const numbers = Object.fromEntries(
    [...owners].map(([id, all]) => [
      id,
      all.map(({ learner, own }) => ({ learner: displayName(learner), values: own.numbers })),
    ]),
  );
  return { submissions: assigned, numbers, notes };
}

/** Of a group, those in whose kit it was written, if it is one of theirs; of somebody unknown, those of the kit. */
function numbersFor(
  source: Source,
  all: readonly Owned[],
  rows: readonly (number | undefined)[],
): Source["numbers"] {
  const mark = markOf(source);
  // Who only shares what her group handed in comes last.
  const theirs = rows.flatMap((row) => all.find(({ learner }) => learner.row === row) ?? []);
  const writtenIn = all.find(({ own }) => own.mark === mark);
  const inOwn = theirs.find((one) => one === writtenIn);
  const chosen = inOwn ?? theirs[0] ?? writtenIn;
  if (!chosen) return undefined;
  const values = chosen.own.numbers;
  if (mark === undefined || chosen === writtenIn) return { values };
  return { values, kitOf: writtenIn ? displayName(writtenIn.learner) : UNKNOWN };
}

/** A mark that nobody of this class has. */
export const UNKNOWN = "nobody in the roster";
