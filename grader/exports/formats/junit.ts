/** JUnit's XML, which every CI service reads: a suite for each submission, a case for each check. */

import type { ExerciseResult, SubmissionResult } from "../../grading/result.ts";
import { printable } from "../../report/printable.ts";
import type { ClassExport } from "../export.ts";
import { scoredIn, waitingIn, waitingText, whyNothing } from "./words.ts";

export const junit: ClassExport = {
  kind: "class",
  name: "junit",
  description: "JUnit XML for a CI job: a suite for each submission, a case for each check",
  async write(marks, { assignment }, run) {
    const suites: Suite[] = [];
    for (const index of run.summaries.keys()) {
      const result = await run.submission(index);
      const [mark] = marks.of(index);
      suites.push(suiteOf(result, mark?.learner.name ?? result.submission, scoredIn(result, mark)));
    }
    const all = suites.reduce((sum, one) => addCounts(sum, one), {
      tests: 0,
      failures: 0,
      errors: 0,
      skipped: 0,
      time: 0,
    });
    const lines = [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites name=${quote(assignment)} ${countsText(all)}>`,
      ...suites.map(({ text }) => text),
      "</testsuites>",
    ];
    return { content: `${lines.join("\n")}\n`, notes: [] };
  },
};

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
  readonly time: number;
}

interface Suite extends Counts {
  readonly text: string;
}

interface Case {
  readonly kind: "passed" | "failure" | "error" | "skipped";
  readonly text: string;
  readonly time: number;
}

function suiteOf(result: SubmissionResult, name: string, scored: ReturnType<typeof scoredIn>): Suite {
  const cases = [...scored.map(scoredCase), ...waitingIn(result).map(waitingCase), ...openCases(result)];
  const count = (kind: Case["kind"]) => cases.filter((one) => one.kind === kind).length;
  const counts = {
    tests: cases.length,
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
    time: cases.reduce((sum, { time }) => sum + time, 0),
  };
  const printed = result.exercises.flatMap(outputOf).join("\n");
  const output = printed === "" ? [] : [`    <system-out>${xmlText(printed)}</system-out>`];
  const body = [...cases.map(({ text }) => text), ...output].join("\n");
  const text = `  <testsuite name=${quote(name)} ${countsText(counts)}>\n${body}\n  </testsuite>`;
  return { ...counts, text };
}

const outputOf = ({ exercise, output }: ExerciseResult): string[] => (output ? [`${exercise}:`, output] : []);

function scoredCase({
  name,
  exercise,
  passed,
  text,
  seconds = 0,
}: ReturnType<typeof scoredIn>[number]): Case {
  if (passed) return { kind: "passed", time: seconds, text: caseText(exercise, name, seconds) };
  const [first = "", ...rest] = text.split("\n");
  const message = first || "no points";
  const failure = `<failure message=${quote(message)} type="check">${xmlText(rest.join("\n"))}</failure>`;
  return { kind: "failure", time: seconds, text: caseText(exercise, name, seconds, failure) };
}

function waitingCase(waiting: ReturnType<typeof waitingIn>[number]): Case {
  const skipped = `<skipped message=${quote(waitingText(waiting))}/>`;
  return {
    kind: "skipped",
    time: 0,
    text: caseText(waiting.exercise, `${waiting.exercise} text`, 0, skipped),
  };
}

/** What was handed in and not graded is an error, and no failure. */
function openCases(result: SubmissionResult): Case[] {
  const { sources = [], exercises, problem = "not graded" } = result;
  const missing = sources.filter(
    ({ exerciseId }) => !exercises.some(({ exercise }) => exercise === exerciseId),
  );
  const error = `<error message=${quote(problem)} type="not-graded"/>`;
  if (missing.length === 0 && whyNothing(result) !== undefined)
    return [{ kind: "error", time: 0, text: caseText("submission", "something to grade", 0, error) }];
  return missing.map(({ exerciseId }) => ({
    kind: "error",
    time: 0,
    text: caseText(exerciseId, `${exerciseId} graded`, 0, error),
  }));
}

function caseText(exercise: string, name: string, seconds: number, inside?: string): string {
  const head = `    <testcase classname=${quote(exercise)} name=${quote(name)} time="${seconds.toFixed(3)}"`;
  return inside === undefined ? `${head}/>` : `${head}>${inside}</testcase>`;
}

const addCounts = (a: Counts, b: Counts): Counts => ({
  tests: a.tests + b.tests,
  failures: a.failures + b.failures,
  errors: a.errors + b.errors,
  skipped: a.skipped + b.skipped,
  time: a.time + b.time,
});

const countsText = ({ tests, failures, errors, skipped, time }: Counts): string =>
  `tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="${time.toFixed(3)}"`;

const ENTITIES: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** XML has no controls and no halves of characters, not even escaped. */
const xmlText = (text: string): string =>
  printable(text)
    .toWellFormed()
    .replace(/[\ufffe\uffff]/g, "\ufffd")
    .replace(/[&<>"]/g, (character) => ENTITIES[character] as string);

const quote = (text: string): string => `"${xmlText(text).replace(/\s+/g, " ").trim()}"`;
