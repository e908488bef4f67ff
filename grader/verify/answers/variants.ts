/** Exercises whose numbers are each learner's own: with any of them the solution passes, and every slip is named. */

import { sameNumbers } from "../../domain/same-numbers.ts";
import { inProcessSession } from "../../drivers/in-process.ts";
import type { AnyExercise } from "../../exercise.ts";
import { gradeExercise } from "../../grading/grade-exercise.ts";
import { random } from "../../random.ts";
import type { Counted, Problem } from "../finding.ts";
import { tally } from "../finding.ts";
import { testProblems } from "../hints.ts";
import type { Modules } from "../share.ts";
import { statementProblems } from "../texts/statement.ts";
import { rejecting } from "./quick.ts";

/** A class needs more than a few, or neighbours would have the same. */
export const FEWEST_VARIANTS = 50;
/** Among so many draws. */
const DRAWN = 400;

export const variantNames = (n: number): string[] => Array.from({ length: n }, (_, i) => `variant-${i}`);

const SOLVED = {
  remedy: "compare the solution with other numbers with the checks",
  part: "variants",
} as const;

/** What is so whatever is drawn: there are enough, drawn again they are the same, and the course's own are solved. */
export async function drawingProblems(exercise: AnyExercise, { solved }: Modules): Promise<Problem[]> {
  const { variants } = exercise;
  if (!variants) return [];
  if (!solved)
    return [
      {
        problem: "its numbers may be others, and nothing solves it with them",
        remedy: "export a function `solved` of the numbers that returns what is asked for",
        part: "variants",
      },
    ];
  const draw = () => variantNames(DRAWN).map((name) => JSON.stringify(variants.draw(random(name))));
  const drawn = draw();
  const different = new Set(drawn).size;
  return [
    ...(different < FEWEST_VARIANTS
      ? [
          {
            problem: `${DRAWN} draws give ${different} different numbers; expected ${FEWEST_VARIANTS} or more`,
            remedy: "draw from more",
            part: "domain" as const,
          },
        ]
      : []),
    ...(draw().join() === drawn.join()
      ? []
      : [
          {
            problem: "the same draw gives other numbers the second time",
            remedy: "let nothing but `random` decide",
            part: "domain" as const,
          },
        ]),
    ...(await lost(exercise, solved(variants.numbers))).map((check) => ({
      problem: `with the course's own numbers its \`solved\` fails "${check}"`,
      ...SOLVED,
    })),
  ];
}

/** @param names Of the draws to try, each under one seed, its own name. */
export async function variantProblems(
  course: AnyExercise,
  { solved, stub }: Modules,
  names: readonly string[],
): Promise<Counted[]> {
  const { variants } = course;
  const found = tally();
  if (!variants || !solved) return [];
  for (const name of names) {
    const exercise = variants.with(JSON.parse(JSON.stringify(variants.draw(random(name)))));
    const right = solved(exercise.variants?.numbers);
    const add = (
      problem: string,
      remedy: string,
      part: "misconceptions" | "checks" | "variants" | "domain",
    ) => found.add(`with other numbers ${problem}`, name, { remedy, part });
    for (const check of await lost(exercise, right, name))
      add(`the solution fails "${check}"`, SOLVED.remedy, SOLVED.part);
    if ((await lost(exercise, stub, name)).length < exercise.checks.length)
      add("the stub passes a check", "let every check ask all that it needs", "checks");
    if (exercise.statement === course.statement)
      add("the statement is the same", "let the statement say the numbers", "domain");
    for (const { problem, remedy = "" } of [
      ...statementProblems(exercise).map(asProblem),
      ...(await testProblems(exercise, right)),
    ])
      add(problem, remedy, "checks");
    await wrongAnswers(exercise, right, name, add);
  }
  return found.counted();
}

const asProblem = (problem: string): Problem => ({
  problem,
  remedy: "write names and calls as the signature has them",
});

type Add = (problem: string, remedy: string, part: "misconceptions" | "checks") => void;

/** Each misconception is named, and no other in its place; each other wrong program is rejected. */
async function wrongAnswers(
  exercise: AnyExercise,
  right: Record<string, unknown>,
  seed: string,
  add: Add,
): Promise<void> {
  const of = sameNumbers();
  for (const { id, implementation } of exercise.misconceptions) {
    const open = () => inProcessSession({ ...right, ...implementation }, exercise.signatures);
    const numbers = (check: (typeof exercise.checks)[number]) => of(exercise, check, seed);
    const { checks, points } = await gradeExercise(exercise, open, { seed, numbers });
    const said = checks.flatMap(({ failure }) => failure?.misconception?.id ?? []);
    if (checks.every(({ status }) => status === "passed"))
      add(`misconception "${id}" passes with ${points} points`, "draw where the two differ", "checks");
    else if (!said.includes(id))
      add(`misconception "${id}" is not recognised`, "let it follow from the numbers", "misconceptions");
    for (const other of new Set(said.filter((one) => one !== id)))
      add(`misconception "${id}" is explained as "${other}"`, "draw where the two differ", "misconceptions");
  }
  for (const { id, implementation } of exercise.mutants ?? []) {
    const open = () => inProcessSession({ ...right, ...implementation }, exercise.signatures);
    if (!(await rejecting(exercise, open, seed, undefined, of)))
      add(`mutant "${id}" passes`, "draw where the two differ", "checks");
  }
}

/** Checks that a program does not pass. */
async function lost(
  exercise: AnyExercise,
  program: Record<string, unknown>,
  seed = "variants",
): Promise<string[]> {
  const open = () => inProcessSession(program, exercise.signatures);
  const { checks } = await gradeExercise(exercise, open, { seed, words: "none" });
  return checks.flatMap(({ name, status }) => (status === "passed" ? [] : [name]));
}
