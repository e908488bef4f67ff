/**
 * A run as JSON, as `schema.json` describes it, one submission at a time: however large the class, no text of it is. Keys always come in the
 * same order, so that two runs can be compared as text.
 */

import type {
  AboutRun,
  CheckResult,
  ExerciseResult,
  Failure,
  HandedIn,
  LearnerMark,
  SeenLayout,
  SubmissionResult,
} from "../grading/result.ts";
import type { Known, Sender } from "../grading/sender.ts";
import type { GradedRun } from "../record/read.ts";

/** The text of the report, in parts. */
export async function* jsonReport({ about, summaries, submission }: GradedRun): AsyncIterable<string> {
  const head = JSON.stringify(aboutRun(about), plain, 2);
  yield `${head.slice(0, head.lastIndexOf("\n}"))},\n  "submissions": [`;
  for (const index of summaries.keys()) {
    const text = JSON.stringify(inOrder(await submission(index)), plain, 2);
    yield `${index === 0 ? "" : ","}\n    ${text.replaceAll("\n", "\n    ")}`;
  }
  yield summaries.length > 0 ? "\n  ]\n}\n" : "]\n}\n";
}

function aboutRun({
  version,
  seed,
  sandbox,
  startedAt,
  milliseconds,
  exercises,
  layouts,
  interrupted,
}: AboutRun) {
  return {
    version,
    seed,
    sandbox,
    startedAt,
    milliseconds: ms(milliseconds),
    exercises: exercises?.map(({ id, maxPoints }) => ({ id, maxPoints })),
    layouts: layouts?.map(layout),
    interrupted,
  };
}

const layout = ({ path, name, description, beside }: SeenLayout) => ({
  path,
  name,
  description,
  beside: beside.map(file),
});

const file = ({ path, reason }: HandedIn) => ({ path, reason });

function inOrder({
  submission,
  points,
  pointsByHand,
  maxPoints,
  problem,
  graderFault,
  notes,
  files,
  sender,
  learner,
  marks,
  milliseconds,
  exercises,
  sources,
}: SubmissionResult) {
  const code = sources?.map(({ exerciseId, origin, code }) => ({ exerciseId, origin, code }));
  return {
    submission,
    points,
    pointsByHand,
    maxPoints,
    problem,
    graderFault,
    notes,
    files: files?.map(file),
    sender: sender && senderOf(sender),
    learner,
    marks: marks?.map(markOf),
    milliseconds: ms(milliseconds),
    exercises: exercises.map(exercise),
    sources: code,
  } satisfies Whole<SubmissionResult>;
}

const markOf = ({ learner, mark, of, account, open }: LearnerMark) =>
  ({ learner, mark, of, account, open }) satisfies Whole<LearnerMark>;

function senderOf({ layout, entries, people, at, late, attempts }: Sender) {
  const known = people.map(
    ({ name, id, login, email, label }) => ({ name, id, login, email, label }) satisfies Whole<Known>,
  );
  return { layout, entries, people: known, at, late, attempts } satisfies Whole<Sender>;
}

function exercise({
  exercise,
  title,
  status,
  points,
  maxPoints,
  seed,
  checks,
  manual,
  warning,
  stale,
  numbers,
  otherKit,
  output,
}: ExerciseResult) {
  const rubric = manual && {
    answer: manual.answer,
    missing: manual.missing,
    maxPoints: manual.maxPoints,
    criteria: manual.criteria.map(criterion),
    given: manual.given,
    remark: manual.remark,
  };
  return {
    exercise,
    title,
    status,
    points,
    maxPoints,
    seed,
    checks: checks.map(check),
    manual: rubric,
    warning,
    stale,
    numbers,
    otherKit: otherKit && { writtenIn: otherKit.writtenIn, rightFor: otherKit.rightFor },
    output,
  } satisfies Whole<ExerciseResult>;
}

/** Every field of the model: one that is added to it and forgotten here does not compile. */
type Whole<Model> = { readonly [Field in keyof Required<Model>]: unknown };

const criterion = ({ points, text }: { readonly points: number; readonly text: string }) => ({
  points,
  text,
});

function check({ name, status, points, earned, milliseconds, failure, found, byHand }: CheckResult) {
  return {
    name,
    status,
    points,
    earned,
    milliseconds: ms(milliseconds),
    failure: failure && failedCheck(failure),
    found,
    byHand: byHand && { points: byHand.points, reason: byHand.reason },
  } satisfies Whole<CheckResult>;
}

function failedCheck({
  message,
  input,
  expected,
  got,
  trouble,
  trace,
  misconception,
  observation,
  hint,
  plot,
}: Failure) {
  const why = misconception && { id: misconception.id, explanation: misconception.explanation };
  return {
    message,
    input,
    expected,
    got,
    trouble,
    trace,
    misconception: why,
    observation: observation && { id: observation.id, text: observation.text },
    hint,
    plot: plot && { data: plot.data, layout: plot.layout },
  } satisfies Whole<Failure>;
}

const ms = (milliseconds: number): number => Math.round(milliseconds * 10) / 10;

/** JSON has no lone surrogates that every reader takes: they become U+FFFD. */
const plain = (_key: string, value: unknown): unknown =>
  typeof value === "string" ? value.toWellFormed() : value;
