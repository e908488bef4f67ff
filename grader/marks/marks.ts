/** The marks of a class: each learner of the roster with what she handed in, or each submission as a learner of her own. */

import { plural } from "../plural.ts";
import type { GradedRun } from "../record/read.ts";
import type { ExerciseSummary, SubmissionSummary } from "../record/summary.ts";
import { namesIn } from "../report/points.ts";
import type { Matching } from "../roster/match.ts";
import { inReadingOrder, type Learner } from "../roster/roster.ts";
import { add, type Fraction, fraction, fractionText, sum, ZERO } from "./fraction.ts";
import type { ClassMarks, Mark, Part } from "./mark.ts";

/** Changes marks by the course's rules. */
export type Adjust = (mark: Mark, summaries: readonly SubmissionSummary[]) => Mark;

export function marksOf(run: GradedRun, matching?: Matching, adjust: Adjust = (mark) => mark): ClassMarks {
  const { about, summaries } = run;
  const exercises = about.exercises ?? [];
  const owners = matching?.of ?? ownersIn(summaries);
  const unsure = matching?.unsure ?? new Map<Learner, string>();
  const nothing = [...(matching?.absent ?? []), ...unsure.keys()];
  const handedIn = new Map<Learner, number[]>(nothing.map((learner) => [learner, []]));
  for (const [index, learners] of owners.entries())
    for (const learner of learners) handedIn.set(learner, [...(handedIn.get(learner) ?? []), index]);
  const marks = [...handedIn].map(([learner, indices]) => {
    const theirs = indices.map((index) => summaries[index] as SubmissionSummary);
    const mark = markOf(learner, indices, theirs, exercises);
    const why = unsure.get(learner);
    return adjust(why === undefined ? mark : { ...mark, open: [why] }, theirs);
  });
  // As the roster has them.
  const inOrder = matching ? marks.toSorted((a, b) => (a.learner.row ?? 0) - (b.learner.row ?? 0)) : marks;
  return {
    marks: inOrder,
    exercises: exercises.map(({ id }) => id),
    strays: (matching?.unmatched ?? []).map(({ name, why }) => ({ name, why })),
    of: (submission) => inOrder.filter(({ submissions }) => submissions.includes(submission)),
  };
}

/** Without a roster everybody is who her download says. */
function ownersIn(summaries: readonly SubmissionSummary[]): Learner[][] {
  const names = namesIn(summaries);
  return summaries.map(({ sender }, index) => {
    const called = names[index] as string;
    const people = sender?.people ?? [];
    if (people.length === 0) return [{ name: called }];
    return people.map(({ name, label, id, login, email }) => {
      const kind = sender?.layout === "canvas" || sender?.layout === "moodle" ? sender.layout : "id";
      const known = name ?? label;
      return {
        name: known === undefined ? (email ?? login ?? called) : inReadingOrder(known),
        ...(id !== undefined && { [kind]: id }),
        ...(login !== undefined && { login }),
        ...(email !== undefined && { email }),
      };
    });
  });
}

type Asked = NonNullable<GradedRun["about"]["exercises"]>;

function markOf(
  learner: Learner,
  submissions: readonly number[],
  summaries: readonly SubmissionSummary[],
  exercises: Asked,
): Mark {
  const open: string[] = [];
  const parts = exercises.map(({ id, maxPoints }): Part => {
    const answers = answersIn(summaries, id, submissions);
    const [answer, another] = answers;
    const base = { exercise: id, points: ZERO, maxPoints: fraction(maxPoints) };
    if (!answer) return { ...base, status: "absent" };
    if (another) {
      const names = answers.map(({ name }) => name).join(" and ");
      open.push(`${id} is in several submissions: ${names}; grade without the one that does not count`);
      return { ...base, status: "open" };
    }
    const { result, submission, name, problem } = answer;
    if (!result) {
      open.push(`${id} was not graded: ${problem ?? name}`);
      return { ...base, status: "open", submission };
    }
    const waits = waitingIn(result);
    if (waits)
      open.push(`${id}: ${plural(Number(fractionText(waits)), "point")} for its text wait for a person`);
    const points = add(fraction(result.points), cents(result.byHand ?? 0));
    return { ...base, points, status: result.status, submission, ...(waits && { waits }) };
  });
  for (const { exercises: graded, sources, problem } of summaries)
    if (graded.length === 0 && !sources?.length)
      open.push(`nothing could be graded: ${problem ?? "nothing in it is an answer"}`);
  const points = sum(parts.map((part) => part.points));
  const maxPoints = sum(parts.map((part) => part.maxPoints));
  return {
    learner,
    submissions,
    parts,
    points,
    maxPoints,
    final: points,
    maxFinal: maxPoints,
    penalty: ZERO,
    open,
    account: [],
  };
}

/** A person's points have two decimals at most; their sum in floating point may have more. */
const cents = (points: number): Fraction => fraction(Math.round(points * 100) / 100);

interface AnswerSummary {
  readonly result?: ExerciseSummary;
  readonly submission: number;
  readonly name: string;
  readonly problem?: string;
}

/** A stub that nobody has touched gives way to an answer, and of several stubs one is enough. */
function answersIn(
  summaries: readonly SubmissionSummary[],
  id: string,
  submissions: readonly number[],
): AnswerSummary[] {
  const all = summaries.flatMap((summary, i) => answerIn(summary, id, submissions[i] as number) ?? []);
  const answers = all.filter(({ result }) => result?.status !== "unsolved");
  return answers.length > 0 ? answers : all.slice(0, 1);
}

/** Whether it was graded or not. */
function answerIn(summary: SubmissionSummary, id: string, submission: number): AnswerSummary | undefined {
  const { exercises, sources = [], submission: name, problem } = summary;
  const result = exercises.find(({ exercise }) => exercise === id);
  if (!result && !sources.some(({ exerciseId }) => exerciseId === id)) return undefined;
  return { submission, name, ...(result && { result }), ...(problem !== undefined && { problem }) };
}

const waitingIn = ({ manual }: ExerciseSummary): Fraction | undefined =>
  manual?.waits ? fraction(manual.maxPoints) : undefined;
