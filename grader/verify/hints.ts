/** Whether every hint can be met, and whether what it advises to test is right. */

import { inProcessSession } from "../drivers/in-process.ts";
import type { AnyExercise } from "../exercise.ts";
import { holds, kinds } from "../explanation/hint.ts";
import { gradeExercise } from "../grading/grade-exercise.ts";
import { learnerHandle, transcript } from "../grading/transcript.ts";

/** Kinds that no wrong program of an exercise need show: they are the same everywhere. */
const ANYWHERE = ["shape", "no-return", "threw", "time", "unsteady", "changed-input"];

/**
 * @param solution Must pass every test that a hint advises.
 * @returns What is wrong; nothing if each hint is met by some wrong answer.
 */
export async function hintProblems(
  exercise: AnyExercise,
  solution: Record<string, unknown>,
  seeds: readonly string[],
): Promise<string[]> {
  return [...(await testProblems(exercise, solution)), ...(await idleHints(exercise, solution, seeds))];
}

async function testProblems(exercise: AnyExercise, solution: Record<string, unknown>): Promise<string[]> {
  const session = await inProcessSession(solution, exercise.signatures);
  const learner = learnerHandle(exercise.signatures, session, transcript());
  const problems: string[] = [];
  for (const { name, hints = [] } of exercise.checks) {
    for (const { test, text } of hints) {
      const point = await test?.(learner as never);
      if (point && !holds(point))
        problems.push(
          `the hint "${text}" of "${name}" advises a test that the solution fails: got ${point.got}, wanted ${point.want}`,
        );
    }
  }
  return problems;
}

async function idleHints(
  exercise: AnyExercise,
  solution: Record<string, unknown>,
  seeds: readonly string[],
): Promise<string[]> {
  const met = new Set<string>();
  const wrong = [
    ...exercise.misconceptions.flatMap(({ implementation, variants = [] }) => [implementation, ...variants]),
    ...(exercise.mutants ?? []).map(({ implementation }) => implementation),
  ];
  for (const implementation of wrong) {
    for (const seed of seeds) {
      const open = () => inProcessSession({ ...solution, ...implementation }, exercise.signatures);
      const { checks } = await gradeExercise(exercise, open, { seed, words: "hints" });
      for (const { name, failure } of checks) met.add(`${name}\n${failure?.hint}`);
    }
  }
  return exercise.checks.flatMap(({ name, hints = [] }) =>
    hints
      .filter((hint) => !kinds(hint).every((kind) => ANYWHERE.includes(kind)))
      .filter(({ text }) => !met.has(`${name}\n${text}`))
      .map(({ text }) => `no wrong answer meets the hint "${text}" of "${name}"`),
  );
}
