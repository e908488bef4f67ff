/** Whether one exercise's checks can be trusted: right answers pass, wrong ones are caught, and each for its own reason. */

import { inProcessSession } from "../drivers/in-process.ts";
import type { AnyExercise } from "../exercise.ts";
import { maxPoints } from "../exercise.ts";
import { gradeExercise } from "../grading/grade-exercise.ts";
import type { ExerciseResult } from "../grading/result.ts";
import { type Finding, type Problem, tally } from "./finding.ts";
import { hintProblems } from "./hints.ts";
import { fileOf } from "./part.ts";
import { passes } from "./quick.ts";
import { type Coverage, wrongAnswers } from "./wrong-answers.ts";

export interface Modules {
  readonly solution: Record<string, unknown>;
  readonly stub: Record<string, unknown>;
}

export interface Seeds {
  /** Under how many seeds a right answer has to pass. */
  readonly right: number;
  /** Under how many a wrong one has to be rejected. */
  readonly wrong: number;
  /** Under how many a misconception has to be explained by its own text. */
  readonly explained: number;
}

export const SEEDS: Seeds = { right: 1000, wrong: 200, explained: 20 };

export interface Verdict {
  readonly findings: readonly Finding[];
  /** How many wrong answers were tried. */
  readonly coverage: Coverage;
}

export async function verifyExercise(
  exercise: AnyExercise,
  modules: Modules,
  seeds: Seeds = SEEDS,
): Promise<Verdict> {
  return joinHalves(
    await verifyHalf(exercise, modules, seeds, "right"),
    await verifyHalf(exercise, modules, seeds, "wrong"),
  );
}

/** What right answers and explanations show, and what wrong answers do: about as much work, for a thread each. */
export type Half = "right" | "wrong";

export async function verifyHalf(
  exercise: AnyExercise,
  modules: Modules,
  seeds: Seeds,
  half: Half,
): Promise<Verdict> {
  const { problems, coverage } =
    half === "wrong"
      ? await wrongAnswers(exercise, modules.solution, seedNames(seeds.wrong))
      : { problems: await rightProblems(exercise, modules, seeds), coverage: NONE };
  const findings = problems.map(
    ({ part, ...problem }): Finding => ({ exercise: exercise.id, file: fileOf(exercise, part), ...problem }),
  );
  return { findings, coverage };
}

export const joinHalves = (right: Verdict, wrong: Verdict): Verdict => ({
  findings: [...right.findings, ...wrong.findings],
  coverage: wrong.coverage,
});

const NONE: Coverage = { written: 0, generic: 0, dropped: 0 };

async function rightProblems(exercise: AnyExercise, modules: Modules, seeds: Seeds): Promise<Problem[]> {
  const hints = await hintProblems(exercise, modules.solution, seedNames(3));
  return [
    ...(await stubProblems(exercise, modules.stub)),
    ...(await solutionProblems(exercise, modules.solution, seedNames(seeds.right))),
    ...(await explanationProblems(exercise, modules.solution, seedNames(seeds.explained))),
    ...hints.map(
      (problem): Problem => ({
        problem,
        remedy: "give it a `where` that holds, or take it out",
        part: "checks",
      }),
    ),
  ];
}

export const seedNames = (n: number): string[] => Array.from({ length: n }, (_, i) => `verify-${i}`);

function grade(
  exercise: AnyExercise,
  module: Record<string, unknown>,
  seed: string,
): Promise<ExerciseResult> {
  return gradeExercise(exercise, () => inProcessSession(module, exercise.signatures), { seed });
}

async function stubProblems(exercise: AnyExercise, stub: Record<string, unknown>): Promise<Problem[]> {
  const result = await grade(exercise, stub, "stub");
  if (result.status === "unsolved" && result.points === 0) return [];
  return [
    {
      problem: `the stub is reported as ${result.status} with ${result.points} points; it should be "unsolved" with none`,
      remedy: "let every function of the stub throw, and every check ask all that it needs",
      part: "solution",
    },
  ];
}

async function solutionProblems(
  exercise: AnyExercise,
  solution: Record<string, unknown>,
  seeds: readonly string[],
): Promise<Problem[]> {
  const wanted = maxPoints(exercise) - (exercise.rubric?.points ?? 0);
  const lost = tally(seeds.length);
  const remedy = "compare the statement's accuracy, the solution's and the check's; they have to agree";
  for (const seed of seeds) {
    // One session holds so many objects, and no more.
    const session = await inProcessSession(solution, exercise.signatures);
    for (const check of exercise.checks) {
      if (!(await passes(exercise, check, session, seed)))
        lost.add(`the solution fails "${check.name}"`, seed, remedy);
    }
  }
  // What is said of a failure is worth reading once; and the engine's own verdict has to be the same.
  const [first] = seeds;
  const result = await grade(exercise, solution, first);
  const failed = result.checks.find(({ status }) => status !== "passed");
  return [
    ...lost.findings().map((problem): Problem => ({ ...problem, part: "solution" })),
    ...(failed
      ? [
          {
            part: "solution" as const,
            problem:
              `the solution gets ${result.points} of ${wanted} points with seed ${first}: "${failed.name}" fails, ` +
              `${failed.failure?.message} at ${failed.failure?.input}: expected ${failed.failure?.expected}, got ${failed.failure?.got}`,
            remedy,
          },
        ]
      : []),
  ];
}

/** Caught by a check, explained by its own text, and never by another's. */
async function explanationProblems(
  exercise: AnyExercise,
  solution: Record<string, unknown>,
  seeds: readonly string[],
): Promise<Problem[]> {
  const unknown = tally(seeds.length);
  const mistaken = tally(seeds.length);
  for (const { id, implementation } of exercise.misconceptions) {
    for (const seed of seeds) {
      const { checks } = await grade(exercise, { ...solution, ...implementation }, seed);
      const said = checks.flatMap(({ name, failure }) =>
        failure?.misconception ? [{ name, id: failure.misconception.id }] : [],
      );
      const failing = checks.filter(({ status }) => status === "failed").map(({ name }) => `"${name}"`);
      if (failing.length > 0 && said.length === 0)
        unknown.add(
          `misconception "${id}" is rejected by ${failing.join(" and ")}, but not recognised`,
          seed,
          "a misconception is recognised by giving the same answers as its implementation: let it be a whole program",
        );
      for (const other of said.filter((explained) => explained.id !== id))
        mistaken.add(
          `misconception "${id}" is explained as "${other.id}" by the check "${other.name}"`,
          seed,
          `let the check "${other.name}" ask where the two differ`,
        );
    }
  }
  return [
    ...unknown.findings().map((problem): Problem => ({ ...problem, part: "misconceptions" })),
    ...mistaken.findings().map((problem): Problem => ({ ...problem, part: "checks" })),
  ];
}
