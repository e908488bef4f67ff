/** A review as its page asks for it: the list of answers, one answer, one change. No HTTP in here. */

import { type Subject, subjectsOf } from "../by-hand/subjects.ts";
import type { AnyExercise } from "../exercise.ts";
import type { GradedRun } from "../record/read.ts";
import { answerView } from "./answer-view.ts";
import { type Answer, collectAnswers } from "./answers.ts";
import { commentBank } from "./bank.ts";
import type { FoundReport } from "./find-report.ts";
import { type Change, type Entry, entriesOf, pointsReader, saveChange } from "./points-file.ts";

/** One line of the list. */
export interface Listed extends Pick<Answer, "id" | "exercise" | "who" | "status" | "failed" | "plot"> {
  /** It has a text, which waits for its points or has them. */
  readonly text?: "waits" | "given";
  /** Checks whose points a person has changed. */
  readonly changed: number;
}

export interface Desk {
  list(): Promise<{ readonly digest: string; readonly answers: readonly Listed[] }>;
  /** Undefined where there is none. */
  answer(id: number): Promise<
    | {
        readonly view: object;
        readonly entries: readonly (Entry & Pick<Subject, "check">)[];
        readonly banks: Banks;
      }
    | undefined
  >;
  /** `saved` is false where somebody else has written meanwhile; the entry is then hers. Undefined where there is no such answer or check. */
  save(
    id: number,
    check: string,
    change: Change,
  ): Promise<{ readonly saved: boolean; readonly entry: Entry } | undefined>;
}

interface Banks {
  readonly text: readonly string[];
  readonly checks: readonly string[];
}

export interface DeskOptions {
  readonly course: readonly AnyExercise[];
  readonly anonymous: boolean;
  /** Who reviews: kept with each entry. */
  readonly reviewer?: string;
}

export async function openDesk(
  report: FoundReport,
  run: GradedRun,
  { course, anonymous, reviewer }: DeskOptions,
): Promise<Desk> {
  const answers = await collectAnswers(
    run,
    course.map(({ id }) => id),
    anonymous,
    report.learners,
  );
  const bySubmission = Map.groupBy(answers, ({ index }) => index);
  const subjectsBeside = ({ index }: Answer): Subject[] =>
    (bySubmission.get(index) ?? []).flatMap(({ subjects }) => subjects);
  const read = pointsReader(report.folder);
  return {
    async list() {
      const file = await read();
      const all = answers.flatMap(({ subjects }) => subjects);
      const entries = new Map(entriesOf(all, file).map((entry, i) => [all[i] as Subject, entry]));
      return { digest: file.digest, answers: answers.map((answer) => lineOf(answer, entries)) };
    },
    async answer(id) {
      const answer = answers[id];
      if (!answer) return undefined;
      const file = await read();
      const view = await answerView(answer, await run.submission(answer.index), course, anonymous);
      const beside = subjectsBeside(answer);
      const entries = entriesOf(beside, file);
      return {
        view,
        entries: answer.subjects.map((subject) => ({
          check: subject.check,
          ...(entries[beside.indexOf(subject)] as Entry),
        })),
        banks: {
          text: commentBank(file.rows, answer.exercise, true),
          checks: commentBank(file.rows, answer.exercise, false),
        },
      };
    },
    async save(id, check, change) {
      const answer = answers[id];
      if (!answer?.subjects.some((one) => one.check === check)) return undefined;
      // With its text, which the table shows.
      const submission = await run.submission(answer.index);
      const subjects = submission.exercises.flatMap((result) =>
        subjectsOf(submission, answer.index, result, true),
      );
      const subject = subjects.find((one) => one.exercise === answer.exercise && one.check === check);
      return subject && (await saveChange(report, subjects, subject, change, reviewer));
    },
  };
}

function lineOf(
  { subjects, id, exercise, who, status, failed, plot }: Answer,
  entries: ReadonlyMap<Subject, Entry>,
): Listed {
  const points = (subject: Subject) => entries.get(subject)?.points;
  const text = subjects.find(({ check }) => check === "");
  const given = text && points(text) !== undefined;
  const waits = text !== undefined && text.text !== "";
  return {
    ...{ id, exercise, who, status, failed, plot },
    ...(text && (given || waits) && { text: given ? ("given" as const) : ("waits" as const) }),
    changed: subjects.filter((one) => one.check !== "" && points(one) !== undefined).length,
  };
}
