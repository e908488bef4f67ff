/** Whether one exercise's checks can be trusted: right answers pass, wrong ones are caught, and each for its own reason. */

import { inProcessSession } from "../drivers/in-process.ts";
import type { AnyExercise } from "../exercise.ts";
import { maxPoints } from "../exercise.ts";
import { gradeExercise } from "../grade-exercise.ts";
import type { ExerciseResult } from "../result.ts";
import { hintProblems } from "./hints.ts";

export interface Modules {
  readonly solution: Record<string, unknown>;
  readonly stub: Record<string, unknown>;
}

export interface Finding {
  readonly exercise: string;
  readonly problem: string;
}

/** @returns What is wrong; nothing if the exercise is sound. */
export async function verifyExercise(
  exercise: AnyExercise,
  modules: Modules,
  seeds: readonly string[],
): Promise<Finding[]> {
  const problems = [
    ...(await stubProblems(exercise, modules.stub, seeds[0])),
    ...(await solutionProblems(exercise, modules.solution, seeds)),
    ...(await wrongAnswerProblems(exercise, modules.solution, seeds)),
    ...(await hintProblems(exercise, modules.solution, seeds.slice(0, 3))),
  ];
  return problems.map((problem) => ({ exercise: exercise.id, problem }));
}

function grade(
  exercise: AnyExercise,
  module: Record<string, unknown>,
  seed: string,
): Promise<ExerciseResult> {
  return gradeExercise(exercise, () => inProcessSession(module, exercise.signatures), { seed });
}

async function stubProblems(
  exercise: AnyExercise,
  stub: Record<string, unknown>,
  seed: string,
): Promise<string[]> {
  const result = await grade(exercise, stub, seed);
  if (result.status === "unsolved" && result.points === 0) return [];
  return [
    `the stub is reported as ${result.status} with ${result.points} points; it should be "unsolved" with none`,
  ];
}

async function solutionProblems(
  exercise: AnyExercise,
  solution: Record<string, unknown>,
  seeds: readonly string[],
): Promise<string[]> {
  const wanted = maxPoints(exercise) - (exercise.rubric?.points ?? 0);
  const problems: string[] = [];
  for (const seed of seeds) {
    const result = await grade(exercise, solution, seed);
    if (result.points === wanted) continue;
    const failed = result.checks.find((check) => check.status !== "passed");
    problems.push(
      `the solution gets ${result.points} of ${wanted} points with seed ${seed}: "${failed?.name}" fails, ` +
        `${failed?.failure?.message} at ${failed?.failure?.input}: expected ${failed?.failure?.expected}, got ${failed?.failure?.got}`,
    );
  }
  return problems;
}

async function wrongAnswerProblems(
  exercise: AnyExercise,
  solution: Record<string, unknown>,
  seeds: readonly string[],
): Promise<string[]> {
  const problems: string[] = [];
  const rejecting = new Set<string>();
  const wrong = [
    ...exercise.misconceptions.map((m) => ({ ...m, explained: true })),
    ...(exercise.mutants ?? []).map((m) => ({ ...m, explained: false })),
  ];
  for (const { id, implementation, explained } of wrong) {
    for (const seed of seeds) {
      const result = await grade(exercise, { ...solution, ...implementation }, seed);
      for (const check of result.checks) if (check.status === "failed") rejecting.add(check.name);
      const problem = explained ? explanationProblem(id, result) : caughtProblem(id, result);
      if (problem) problems.push(`${problem} (seed ${seed})`);
    }
  }
  const idle = exercise.checks.filter((check) => !rejecting.has(check.name));
  return [...problems, ...idle.map((check) => `no misconception or mutant fails the check "${check.name}"`)];
}

function caughtProblem(id: string, result: ExerciseResult): string | undefined {
  return result.status === "passed" ? `"${id}" passes every check` : undefined;
}

/** Caught, explained by its own text, and never by another's. */
function explanationProblem(id: string, result: ExerciseResult): string | undefined {
  const explanations = result.checks.flatMap((check) => check.failure?.misconception?.id ?? []);
  const foreign = explanations.find((other) => other !== id);
  if (result.status === "passed") return `misconception "${id}" passes every check`;
  if (explanations.length === 0) return `misconception "${id}" is rejected, but not recognised`;
  return foreign ? `misconception "${id}" is explained as "${foreign}"` : undefined;
}
