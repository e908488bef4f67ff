/** Results for tests: ordinary ones, and one in which every text is an attack on whoever reads it. */

import type { AnyExercise } from "../exercise.ts";
import type { AboutRun, CheckResult, ExerciseResult, SubmissionResult } from "../grading/result.ts";
import type { GradedRun } from "../record/read.ts";
import { summary } from "../record/summary.ts";

/** Markup, attributes, template tags, formulas, reading direction, terminal commands, a lone surrogate. */
export const HOSTILE =
  "<script>alert(1)</script>\"><img src=x onerror=alert(2)>'`</script><!-- <%= 1 %> $\\href{javascript:alert(3)}{x}$ [a](javascript:alert(4)) \u202Egnp.exe\u202C \u001b[2J\u001b]8;;http://x\u0007 \u0000\u0085 \ud800 &amp;";

export const course = [
  {
    id: "16.1",
    path: "01-change-of-variables/16-1-square",
    title: "The density of a squared variable",
    source: "Problem 16.1",
    statement: "Let $z$ be uniform on $[0, 1]$ and\n$$x = f(z) = z^2.$$\nWrite `density(x)`.",
    checks: [
      { name: "has the right value", points: 1 },
      { name: "integrates to one", points: 2 },
    ],
  },
  {
    id: "free-text",
    path: "01-change-of-variables/free-text",
    title: "Why $|f'|$?",
    source: "here",
    statement: "Explain.",
    checks: [{ name: "has an answer", points: 1 }],
    rubric: { export: "answer", points: 2, criteria: [] },
  },
] as unknown as AnyExercise[];

export const passed = (name: string, points = 1): CheckResult => ({
  name,
  points,
  earned: points,
  status: "passed",
  milliseconds: 12,
});

export const plot = {
  data: [
    {
      type: "scatter",
      mode: "lines",
      name: "asked",
      x: [0.1, 0.5, 1],
      y: [1.6, 0.7, 0.5],
      line: { color: "#1b7f79", width: 5 },
    },
    {
      type: "scatter",
      mode: "lines",
      name: "yours",
      x: [0.1, 0.5, 1],
      y: [0.6, 1.4, 2],
      line: { color: "#b5404a", dash: "dash" },
    },
  ],
  layout: { xaxis: { title: { text: "x" } }, yaxis: { title: { text: "density" } } },
};

export const failedCheck: CheckResult = {
  name: "has the right value",
  points: 1,
  earned: 0,
  status: "failed",
  milliseconds: 40,
  failure: {
    message: "this value is wrong (12 of 12 tests of this check fail)",
    input: "density(0.37)",
    expected: "0.822",
    got: "1.21655",
    misconception: { id: "multiplied-by-the-slope", explanation: "You **multiplied** by $|f'(z)|$: divide." },
    plot,
  },
};

export function exerciseResult(more: Partial<ExerciseResult> = {}): ExerciseResult {
  const checks = more.checks ?? [passed("has the right value"), passed("integrates to one", 2)];
  const points = checks.reduce((sum, check) => sum + check.earned, 0);
  return {
    exercise: "16.1",
    title: "The density of a squared variable",
    status: "passed",
    points,
    maxPoints: 3,
    seed: "5eed",
    ...more,
    checks,
  };
}

export function submissionResult(
  name: string,
  exercises: readonly ExerciseResult[],
  more: Partial<SubmissionResult> = {},
): SubmissionResult {
  const points = exercises.reduce((sum, exercise) => sum + exercise.points, 0);
  const sources = exercises.map(({ exercise }) => ({
    exerciseId: exercise,
    code: "export const density = (x: number) => 1;\n",
    origin: `${name}/16-1-square.ts`,
  }));
  return { submission: name, points, maxPoints: 3, exercises, sources, milliseconds: 300, ...more };
}

export const hostile: SubmissionResult = submissionResult(
  `class/${HOSTILE.replaceAll("/", "")}`,
  [
    exerciseResult({
      status: "failed",
      output: HOSTILE,
      checks: [
        {
          ...failedCheck,
          failure: {
            ...failedCheck.failure,
            message: HOSTILE,
            input: HOSTILE,
            expected: HOSTILE,
            got: HOSTILE,
            trace: HOSTILE,
            plot: {
              data: [{ type: "scatter", name: HOSTILE, x: [1, 2], y: [1, 2] }],
              layout: { title: { text: HOSTILE } },
            },
          },
        },
      ],
      manual: { answer: HOSTILE, maxPoints: 2, criteria: [{ points: 2, text: "names $f'$" }] },
    }),
  ],
  {
    notes: [HOSTILE],
    problem: HOSTILE,
    sources: [{ exerciseId: "16.1", code: `${HOSTILE}\n${HOSTILE}`, origin: HOSTILE }],
  },
);

/** A run as reports are written from it, held in memory. */
export function gradedRun(
  submissions: readonly SubmissionResult[],
  more: Partial<AboutRun> = {},
): GradedRun & { readonly details: readonly SubmissionResult[] } {
  return {
    about: {
      version: 1,
      seed: "5eed",
      sandbox: "bubblewrap",
      startedAt: "2026-01-02T03:04:05.678Z",
      milliseconds: 1500,
      ...more,
    },
    summaries: submissions.map(summary),
    details: submissions,
    submission: async (index) => submissions[index] as SubmissionResult,
  };
}
