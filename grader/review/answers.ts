/** What can be reviewed: every graded answer of a run, in the order in which it is read, with what a person can give points to. */

import { createHash } from "node:crypto";
import { isBlank } from "../blank.ts";
import type { Subject } from "../by-hand/subjects.ts";
import { subjectsOf } from "../by-hand/subjects.ts";
import type { GradedRun } from "../record/read.ts";
import { exerciseColumns, namesIn } from "../report/points.ts";

/** One person's answer to one exercise. */
export interface Answer {
  /** Its place in the list, from 0. */
  readonly id: number;
  /** Of the submission in the run. */
  readonly index: number;
  readonly exercise: string;
  /** Whose it is, as the page may say. */
  readonly who: string;
  readonly status: string;
  /** Checks that it did not pass. */
  readonly failed: number;
  /** A check shows a picture of it. */
  readonly plot: boolean;
  /** Its text first, if it has one, then its checks. Their texts are left out: they may be large, and the record has them. */
  readonly subjects: readonly Subject[];
}

/** What the roster calls whoever handed in a submission, by the submission's name: the record, which is read here, does not know it. */
export type Learners = Readonly<Record<string, string>>;

/**
 * By exercise, so that one question is judged from the first to the last.
 *
 * @param anonymous Numbers in place of names, and an order that does not tell who handed in first; the same in each review of this run.
 */
export async function collectAnswers(
  run: GradedRun,
  order: readonly string[],
  anonymous: boolean,
  learners: Learners = {},
): Promise<Answer[]> {
  const names = namesOf(run, anonymous, learners);
  const found: Omit<Answer, "id">[] = [];
  for (const index of run.summaries.keys()) {
    const submission = await run.submission(index);
    for (const result of submission.exercises)
      found.push({
        index,
        exercise: result.exercise,
        who: (names.get(index) as Named).name,
        status: result.status,
        failed: result.checks.filter(({ status }) => status !== "passed").length,
        plot: result.checks.some(({ failure }) => failure?.plot !== undefined),
        subjects: subjectsOf(submission, index, result, true).map((subject) => ({
          ...subject,
          text: isBlank(subject.text) ? "" : "…",
        })),
      });
  }
  const columns = exerciseColumns(run.about, run.summaries, order);
  const place = ({ exercise, index }: Omit<Answer, "id">) =>
    columns.indexOf(exercise) * run.summaries.length + (names.get(index) as Named).rank;
  return found.toSorted((a, b) => place(a) - place(b)).map((answer, id) => ({ id, ...answer }));
}

interface Named {
  readonly name: string;
  readonly rank: number;
}

function namesOf(
  { about, summaries }: GradedRun,
  anonymous: boolean,
  learners: Learners,
): Map<number, Named> {
  if (!anonymous) {
    const called = summaries.map(({ submission }) => {
      const learner = Object.hasOwn(learners, submission) ? learners[submission] : undefined;
      return { submission, ...(learner !== undefined && { learner }) };
    });
    return new Map(namesIn(called).map((name, index) => [index, { name, rank: index }]));
  }
  const digest = (name: string) => createHash("sha256").update(`${about.seed}\n${name}`).digest("hex");
  const mixed = summaries.map(({ submission }, index) => ({ index, by: digest(submission) }));
  return new Map(
    mixed
      .toSorted((a, b) => (a.by < b.by ? -1 : 1))
      .map(({ index }, rank) => [index, { name: `Person ${rank + 1}`, rank }]),
  );
}
