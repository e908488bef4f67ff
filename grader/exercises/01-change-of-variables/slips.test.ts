/**
 * Slips of a learner's own invention, each with the words that it deserves. `slips.json` was known when the explanations were written;
 * `more-slips.json` was written before they were, and measured them.
 */

import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { describe, expect, test } from "vitest";
import { sample } from "../../../setup/testing/sample.ts";
import { exerciseById } from "../../course.ts";
import { inProcessSession } from "../../drivers/in-process.ts";
import { openSandboxedSession } from "../../drivers/sandboxed.ts";
import type { AnyExercise } from "../../exercise.ts";
import { type GradeOptions, gradeExercise } from "../../grading/grade-exercise.ts";
import type { CheckResult, Failure } from "../../grading/result.ts";
import type { Session } from "../../grading/session.ts";
import { singleModule } from "../../harness/program.ts";

interface Slip {
  readonly exercise: string;
  readonly slip: string;
  /** Ids of misconceptions or observations, each of which says what has happened; `hint` where only a hint can. */
  readonly deserves: readonly string[];
  /** How the hints begin that were read and found to apply. */
  readonly hints?: readonly string[];
  readonly code: string;
}

const read = <S = Slip>(name: string): S[] =>
  JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));

/** The slip as it stands in its notebook, where an earlier cell has declared the normal density. */
function sourceOf(code: string): string {
  return `const normalDensity = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);\n${code}`;
}

async function openInProcess(code: string, exercise: AnyExercise): Promise<Session> {
  const names = Object.keys(exercise.signatures).join(", ");
  const program = new Function(`${stripTypeScriptTypes(sourceOf(code))}; return { ${names} };`);
  return inProcessSession(program(), exercise.signatures);
}

/** The words for each failed check. */
async function words({ exercise: id, code }: Slip, seed: string): Promise<Failure[]> {
  const exercise = exerciseById(id);
  // A bracket that is never found is a loop that never ends: only a process of its own can be ended.
  const open =
    id === "1D.inverse"
      ? () => openSandboxedSession({ source: sourceOf(code), exercise, limits: { seconds: 1 } })
      : () => openInProcess(code, exercise);
  const { checks } = await gradeExercise(exercise, open, { seed });
  return checks.flatMap(({ failure }) => failure ?? []);
}

/** Grades until a check fails: what is said of it depends on the checks before it, not on those after. */
async function firstFailure(
  exercise: AnyExercise,
  open: () => Promise<Session>,
  options: GradeOptions,
): Promise<Failure | undefined> {
  let first: Failure | undefined;
  const enough = new Error("a check has failed");
  const onCheck = ({ failure }: CheckResult) => {
    first = failure;
    if (failure) throw enough;
  };
  await gradeExercise(exercise, open, { ...options, onCheck }).catch((error: unknown) => {
    if (error !== enough) throw error;
  });
  return first;
}

/** All that a learner is told about a failure but for its hint. */
const told = ({ message, misconception, observation }: Failure): string =>
  [misconception?.explanation, observation?.text, message].filter(Boolean).join("\n");

describe.each([
  ["slips.json", 0],
  ["more-slips.json", 0],
])("%s", (name, passing) => {
  test("at least four of five are met by the words that they deserve, and no hint misleads", {
    timeout: 600_000,
  }, async () => {
    let rejected = 0;
    let met = 0;
    const surprises: string[] = [];
    for (const slip of read(name)) {
      const failures = await words(slip, `slips/${slip.slip}`);
      if (failures.length === 0) continue;
      rejected += 1;
      const ids = failures.flatMap(
        ({ misconception, observation }) => misconception?.id ?? observation?.id ?? [],
      );
      const hints = failures.flatMap(({ hint }) => hint ?? []);
      if (slip.deserves.includes(ids[0] ?? "hint") && (ids.length > 0 || slip.hints !== undefined)) met += 1;
      else surprises.push(`${slip.exercise} ${slip.slip}: ${ids.join(", ")}`);
      const read = hints.filter(
        (hint) => ids.length > 0 || (slip.hints ?? []).some((start) => hint.startsWith(start)),
      );
      for (const hint of hints)
        if (!read.includes(hint)) surprises.push(`${slip.exercise} ${slip.slip}: hint: ${hint}`);
    }
    expect(read(name).length - rejected).toBeLessThanOrEqual(passing);
    expect(met / rejected, surprises.join("\n")).toBeGreaterThanOrEqual(0.8);
    expect(surprises).toEqual([]);
  });
});

interface Fresh extends Pick<Slip, "exercise" | "slip" | "code"> {
  /** What one of the texts for the first failed check has to speak of. */
  readonly says: string;
}

/** Written after the explanations; 41 of 60 were met at first (three more once their words were read), and some were added since. */
test("of slips that nobody had in mind at least four of five are met", { timeout: 600_000 }, async () => {
  const slips = read<Fresh>("fresh-slips.json");
  const unmet: string[] = [];
  for (const slip of slips) {
    const [first] = await words({ ...slip, deserves: [] }, `slips/${slip.slip}`);
    expect(first, `${slip.exercise} ${slip.slip} is rejected`).toBeDefined();
    const { misconception, observation, trouble } = first as Failure;
    const explained = misconception ?? observation ?? trouble;
    if (explained === undefined || !new RegExp(slip.says).test(told(first as Failure)))
      unmet.push(`${slip.exercise} ${slip.slip}: ${misconception?.id ?? observation?.id ?? "hint"}`);
    if (process.env.SLIPS_SHOWN) console.log(`## ${slip.exercise} ${slip.slip}\n${told(first as Failure)}`);
  }
  expect((slips.length - unmet.length) / slips.length, unmet.join("\n")).toBeGreaterThanOrEqual(0.8);
});

interface Unseen extends Pick<Slip, "exercise" | "slip" | "code"> {
  /** What the words for the first failed check may say; missing where they were judged not to meet the slip. */
  readonly says?: readonly string[];
}

/**
 * Written by people who had read the tasks and not the grader. Of the first 84, by another reader's judgement, 73 were met at once, and 5
 * texts misled, which have been mended since. Of 60 more 46 were met at once and 8 in part, and 10 had a line that misled: those are the last
 * here.
 */
test("the words for slips that were written without knowledge of the grader, as a class is graded", {
  timeout: 900_000,
}, async () => {
  // Each takes seconds in the sandbox.
  const slips = sample(read<Unseen>("unseen-slips.json"), 3);
  const unmet: string[] = [];
  for (const { exercise: id, slip, code, says } of slips) {
    const exercise = exerciseById(id);
    const program = singleModule("answer.ts", code);
    const failure = await firstFailure(
      exercise,
      () => openSandboxedSession({ source: program, exercise, limits: { seconds: 1 } }),
      {
        seed: `slips/${slip}`,
        rerun: {
          program,
          open: (source, signatures) =>
            openSandboxedSession({ source, exercise: { ...exercise, signatures } }),
        },
      },
    );
    expect(failure, `${id} ${slip} is rejected`).toBeDefined();
    const words = told(failure as Failure);
    if (!says?.some((text) => words.includes(text))) unmet.push(`${id} ${slip}: ${words}`);
  }
  expect((slips.length - unmet.length) / slips.length, unmet.join("\n")).toBeGreaterThanOrEqual(0.8);
});
