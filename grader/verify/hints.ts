/** Whether every hint can be met, and whether what it advises to test is right. */

import { sameNumbers } from "../domain/same-numbers.ts";
import { inProcessSession } from "../drivers/in-process.ts";
import type { AnyExercise, Check } from "../exercise.ts";
import { holds, kinds } from "../explanation/hint.ts";
import { gradeExercise } from "../grading/grade-exercise.ts";
import { learnerHandle, transcript } from "../grading/transcript.ts";
import type { Problem } from "./finding.ts";

const MEND = { remedy: "give it a `where` that holds, or take it out", part: "checks" } as const;

/** Kinds that no wrong program of an exercise need show: they are the same everywhere. */
const ANYWHERE = ["shape", "no-return", "threw", "time", "unsteady", "changed-input"];

/** Hints that advise a test which the solution itself fails. */
export async function testProblems(
  exercise: AnyExercise,
  solution: Record<string, unknown>,
): Promise<Problem[]> {
  const session = await inProcessSession(solution, exercise.signatures);
  const learner = learnerHandle(exercise.signatures, session, transcript());
  const problems: Problem[] = [];
  for (const { name, hints = [] } of exercise.checks) {
    for (const { test, text } of hints) {
      const point = await test?.(learner as never);
      if (point && !holds(point))
        problems.push({
          problem: `the hint "${text}" of "${name}" advises a test that the solution fails: got ${point.got}, wanted ${point.want}`,
          ...MEND,
        });
    }
  }
  return problems;
}

/** By its check and its text. */
export const hintKey = (check: string, text: string | undefined): string => `${check}\n${text}`;

/** The hints that wrong programs meet with these seeds. */
export async function meetHints(
  exercise: AnyExercise,
  solution: Record<string, unknown>,
  seeds: readonly string[],
): Promise<string[]> {
  const met = new Set<string>();
  const kept = sameNumbers();
  const wrong = [
    ...exercise.misconceptions.flatMap(({ implementation, variants = [] }) => [implementation, ...variants]),
    ...(exercise.mutants ?? []).map(({ implementation }) => implementation),
  ];
  for (const implementation of wrong) {
    for (const seed of seeds) {
      const open = () => inProcessSession({ ...solution, ...implementation }, exercise.signatures);
      const numbers = (check: Check) => kept(exercise, check, seed);
      const { checks } = await gradeExercise(exercise, open, { seed, words: "hints", numbers });
      for (const { name, failure } of checks) met.add(hintKey(name, failure?.hint));
    }
  }
  return [...met];
}

/** Hints that none of these has met. */
export function joinHints(exercise: AnyExercise, seen: readonly (readonly string[])[]): Problem[] {
  const met = new Set(seen.flat());
  return exercise.checks.flatMap(({ name, hints = [] }) =>
    hints
      .filter((hint) => !kinds(hint).every((kind) => ANYWHERE.includes(kind)))
      .filter(({ text }) => !met.has(hintKey(name, text)))
      .map(({ text }) => ({ problem: `no wrong answer meets the hint "${text}" of "${name}"`, ...MEND })),
  );
}
