/** The stub is not yet solved, the solution passes, every misconception is explained by its own text, and the hints advise what is right. */

import { freshNumbers, type Numbers, sameNumbers } from "../../domain/same-numbers.ts";
import { inProcessSession } from "../../drivers/in-process.ts";
import type { AnyExercise, Check } from "../../exercise.ts";
import { maxPoints } from "../../exercise.ts";
import { gradeExercise } from "../../grading/grade-exercise.ts";
import type { ExerciseResult } from "../../grading/result.ts";
import { type Counted, type Problem, tally } from "../finding.ts";
import { meetHints, testProblems } from "../hints.ts";
import { type Modules, type Seeds, type Share, seedNames } from "../share.ts";
import { passes } from "./quick.ts";
import { referenceProblems } from "./reference.ts";
import { rightSessions } from "./right-sessions.ts";
import { unexplainedProblems } from "./unexplained.ts";
import { drawingProblems, variantNames, variantProblems } from "./variants.ts";

export interface RightSeen {
  readonly half: "right";
  /** What is so whatever the seed. */
  readonly problems: readonly Problem[];
  /** Where the solution fails. */
  readonly lost: readonly Counted[];
  /** Misconceptions that are explained by another's text, or by none. */
  readonly explained: readonly Counted[];
  /** What is wrong with learners' own numbers. */
  readonly variants?: readonly Counted[];
  readonly hintsMet: readonly string[];
}

export async function tryRightAnswers(
  exercise: AnyExercise,
  modules: Modules,
  seeds: Seeds,
  { at, of }: Omit<Share, "half">,
): Promise<RightSeen> {
  const own = <A>(list: readonly A[]): A[] => list.filter((_, i) => i % of === at);
  const hintsMet = await meetHints(exercise, modules.solution, own(seedNames(3)));
  const [first = ""] = seedNames(seeds.right);
  return {
    half: "right",
    problems:
      at === 0
        ? [
            ...(await stubProblems(exercise, modules.stub)),
            ...(await firstProblems(exercise, modules.solution, first)),
            ...(await testProblems(exercise, modules.solution)),
            ...(await referenceProblems(exercise)),
            ...(await drawingProblems(exercise, modules)),
            ...(await unexplainedProblems(exercise, await rightSessions(exercise, modules.solution), first)),
          ]
        : [],
    lost: await lostBySolution(exercise, modules.solution, own(seedNames(seeds.right))),
    explained: await wronglyExplained(exercise, modules.solution, own(seedNames(seeds.explained))),
    variants: await variantProblems(exercise, modules, own(variantNames(seeds.variants ?? 0))),
    hintsMet,
  };
}

function grade(
  exercise: AnyExercise,
  module: Record<string, unknown>,
  seed: string,
  of: Numbers = freshNumbers,
): Promise<ExerciseResult> {
  const numbers = (check: Check) => of(exercise, check, seed);
  return gradeExercise(exercise, () => inProcessSession(module, exercise.signatures), { seed, numbers });
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

const AGREE = {
  remedy: "compare the statement's accuracy, the solution's and the check's; they have to agree",
  part: "solution",
} as const;

/** What is said of a failure is worth reading once; and the engine's own verdict has to be the same as that of `passes`. */
async function firstProblems(
  exercise: AnyExercise,
  solution: Record<string, unknown>,
  seed: string,
): Promise<Problem[]> {
  const wanted = maxPoints(exercise) - (exercise.rubric?.points ?? 0);
  const result = await grade(exercise, solution, seed);
  const failed = result.checks.find(({ status }) => status !== "passed");
  if (!failed) return [];
  const { message, input, expected, got } = failed.failure ?? {};
  return [
    {
      problem:
        `the solution gets ${result.points} of ${wanted} points with seed ${seed}: "${failed.name}" fails, ` +
        `${message} at ${input}: expected ${expected}, got ${got}`,
      ...AGREE,
    },
  ];
}

async function lostBySolution(
  exercise: AnyExercise,
  solution: Record<string, unknown>,
  seeds: readonly string[],
): Promise<Counted[]> {
  const lost = tally();
  for (const seed of seeds) {
    // One session holds so many objects, and no more.
    const session = await inProcessSession(solution, exercise.signatures);
    for (const check of exercise.checks) {
      if (!(await passes(exercise, check, session, seed)))
        lost.add(`the solution fails "${check.name}"`, seed, AGREE);
    }
  }
  return lost.counted();
}

/** Caught by a check, explained by its own text, and never by another's. */
async function wronglyExplained(
  exercise: AnyExercise,
  solution: Record<string, unknown>,
  seeds: readonly string[],
): Promise<Counted[]> {
  const [unknown, mistaken] = [tally(), tally()];
  const numbers = sameNumbers();
  for (const { id, implementation } of exercise.misconceptions) {
    for (const seed of seeds) {
      const { checks } = await grade(exercise, { ...solution, ...implementation }, seed, numbers);
      const said = checks.flatMap(({ name, failure }) =>
        failure?.misconception ? [{ name, id: failure.misconception.id }] : [],
      );
      const failing = checks.filter(({ status }) => status === "failed").map(({ name }) => `"${name}"`);
      if (failing.length > 0 && said.length === 0)
        unknown.add(
          `misconception "${id}" is rejected by ${failing.join(" and ")}, but not recognised`,
          seed,
          {
            remedy:
              "a misconception is recognised by giving the same answers as its implementation: let it be a whole program",
            part: "misconceptions",
          },
        );
      for (const other of said.filter((explained) => explained.id !== id))
        mistaken.add(
          `misconception "${id}" is explained as "${other.id}" by the check "${other.name}"`,
          seed,
          { remedy: `let the check "${other.name}" ask where the two differ`, part: "checks" },
        );
    }
  }
  return [...unknown.counted(), ...mistaken.counted()];
}
