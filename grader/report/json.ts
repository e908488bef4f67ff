/** A run as JSON, as `schema.json` describes it. Keys always come in the same order, so that two runs can be compared as text. */

import type { BatchResult, CheckResult, ExerciseResult, Failure, SubmissionResult } from "../result.ts";

export function jsonReport(batch: BatchResult): string {
  const { version, seed, sandbox, startedAt, milliseconds, interrupted } = batch;
  const submissions = batch.submissions.map(submission);
  return `${JSON.stringify({ version, seed, sandbox, startedAt, milliseconds: ms(milliseconds), interrupted, submissions }, plain, 2)}\n`;
}

function submission({
  submission,
  points,
  maxPoints,
  problem,
  notes,
  milliseconds,
  exercises,
  sources,
}: SubmissionResult) {
  const code = sources?.map(({ exerciseId, origin, code }) => ({ exerciseId, origin, code }));
  return {
    submission,
    points,
    maxPoints,
    problem,
    notes,
    milliseconds: ms(milliseconds),
    exercises: exercises.map(exercise),
    sources: code,
  };
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
  output,
}: ExerciseResult) {
  const rubric = manual && {
    answer: manual.answer,
    maxPoints: manual.maxPoints,
    criteria: manual.criteria.map(criterion),
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
    output,
  };
}

const criterion = ({ points, text }: { readonly points: number; readonly text: string }) => ({
  points,
  text,
});

function check({ name, status, points, earned, milliseconds, failure }: CheckResult) {
  return {
    name,
    status,
    points,
    earned,
    milliseconds: ms(milliseconds),
    failure: failure && failed(failure),
  };
}

function failed({ message, input, expected, got, trouble, trace, misconception, hint, plot }: Failure) {
  const why = misconception && { id: misconception.id, explanation: misconception.explanation };
  return {
    message,
    input,
    expected,
    got,
    trouble,
    trace,
    misconception: why,
    hint,
    plot: plot && { data: plot.data, layout: plot.layout },
  };
}

const ms = (milliseconds: number): number => Math.round(milliseconds * 10) / 10;

/** JSON has no lone surrogates that every reader takes: they become U+FFFD. */
const plain = (_key: string, value: unknown): unknown =>
  typeof value === "string" ? value.toWellFormed() : value;
