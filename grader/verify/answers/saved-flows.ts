/**
 * Of an exercise that is answered by a saved flow: the course's own file passes, and every spoilt one loses what it has to lose, and is
 * told why. Files are loaded as a learner's are, in this process.
 */

import { existsSync, readFileSync } from "node:fs";
import { flowFileOf, savedFlowSession } from "../../drivers/saved-flow.ts";
import type { AnyExercise, Check, FileAnswer, SpoiltFile } from "../../exercise.ts";
import { gradeExercise } from "../../grading/grade-exercise.ts";
import type { CheckResult } from "../../grading/result.ts";
import type { Session } from "../../grading/session.ts";
import { type Counted, type Problem, tally } from "../finding.ts";
import { hintKey, testProblems } from "../hints.ts";
import { rightFile } from "../part.ts";
import { type Seeds, type Share, seedNames, seedsFor } from "../share.ts";
import { passes } from "./quick.ts";
import type { RightSeen } from "./right-answers.ts";
import type { Tried, WrongSeen } from "./wrong-answers.ts";

type Part = Omit<Share, "half">;

export async function tryRightFile(
  exercise: AnyExercise,
  seeds: Seeds,
  { at, of }: Part,
): Promise<RightSeen> {
  const { right, file, missing } = await rightOf(exercise);
  if (!right) return { half: "right", problems: [missing], lost: [], explained: [], hintsMet: [] };
  const own = <A>(list: readonly A[]): A[] => list.filter((_, i) => i % of === at);
  const hintsMet: string[] = [];
  for (const spoilt of own(file.spoilt))
    for (const { name, failure } of await grade(exercise, "hints", spoilt.spoil(right), "hints"))
      hintsMet.push(hintKey(name, failure?.hint));
  const provided = at === 0 ? providedBy(exercise, right) : undefined;
  return {
    half: "right",
    problems: [
      ...(at === 0 ? [...sizeProblems(file, right), ...(await unsolvedProblems(exercise, file))] : []),
      ...(provided ? await testProblems(exercise, provided) : []),
    ],
    lost: await lostByRight(exercise, right, own(seedNames(seedsFor(exercise, seeds).right))),
    explained: [],
    hintsMet,
  };
}

export async function trySpoiltFiles(
  exercise: AnyExercise,
  seeds: Seeds,
  { at, of }: Part,
): Promise<WrongSeen> {
  const { right, file } = await rightOf(exercise);
  const [tried, useful, given] = [[] as Tried[], new Set<string>(), tally()];
  const names = seedNames(seedsFor(exercise, seeds).wrong);
  const own = right ? file.spoilt.filter((_, i) => i % of === at) : [];
  for (const spoilt of own) {
    const passed: string[] = [];
    for (const seed of names) {
      const checks = await grade(exercise, seed, spoilt.spoil(right as Uint8Array), "all");
      if (checks.every(({ status }) => status === "passed")) passed.push(seed);
      for (const { name, status } of checks) if (status !== "passed") useful.add(name);
      for (const problem of wrongAbout(spoilt, checks))
        given.add(`the spoilt file "${spoilt.id}" ${problem}`, seed, {
          remedy: "mend the check that should tell it, or what is said of the file in `spoilt`",
          part: "misconceptions",
        });
    }
    tried.push({ id: `the spoilt file "${spoilt.id}"`, byAuthor: true, runs: names.length, passed });
  }
  return { half: "wrong", tried, dropped: 0, useful: [...useful], given: given.counted() };
}

function* wrongAbout({ passes = [], says }: SpoiltFile, checks: readonly CheckResult[]): Iterable<string> {
  for (const { name, status } of checks)
    if ((status === "passed") !== passes.includes(name))
      yield `${status === "passed" ? "passes" : "does not pass"} "${name}"`;
  const failure = checks.find(({ failure }) => failure !== undefined)?.failure;
  const said = [failure?.message, failure?.hint].filter((text) => text !== undefined).join("\n");
  if (!says.test(said)) yield `is told "${said}", in which ${says} is not`;
}

interface Right {
  readonly file: FileAnswer;
  readonly right: Uint8Array | undefined;
  readonly missing: Problem;
}

async function rightOf(exercise: AnyExercise): Promise<Right> {
  const file = exercise.file as FileAnswer;
  const path = rightFile({ ...exercise, file });
  return {
    file,
    right: existsSync(path) ? readFileSync(path) : undefined,
    missing: {
      problem: `the course's own answer, ${file.name} beside the solution, is missing`,
      remedy: "run the solution's function in that folder, and commit the file",
      part: "solution",
    },
  };
}

function sizeProblems({ mostBytes }: FileAnswer, { length }: Uint8Array): Problem[] {
  if (length <= mostBytes) return [];
  return [
    {
      problem: `the course's own answer has ${length} bytes; the exercise reads ${mostBytes}`,
      part: "solution",
    },
  ];
}

/** Where nothing was written and nothing saved, nothing is wrong yet. */
async function unsolvedProblems(exercise: AnyExercise, file: FileAnswer): Promise<Problem[]> {
  const nothing = { exerciseId: exercise.id, code: "", origin: "", answered: false };
  const open = async (): Promise<Session> => savedFlowSession(exercise, flowFileOf(file, nothing));
  const { status, points } = await gradeExercise(exercise, open, { seed: "stub" });
  if (status === "unsolved" && points === 0) return [];
  return [{ problem: `what was not begun is reported as ${status} with ${points} points`, part: "checks" }];
}

async function grade(
  exercise: AnyExercise,
  seed: string,
  bytes: Uint8Array,
  words: "all" | "hints",
): Promise<readonly CheckResult[]> {
  const flow = { name: (exercise.file as FileAnswer).name, bytes };
  const { checks } = await gradeExercise(exercise, () => savedFlowSession(exercise, flow), { seed, words });
  return checks;
}

function providedBy(exercise: AnyExercise, bytes: Uint8Array): Record<string, unknown> {
  const file = exercise.file as FileAnswer;
  return { ...file.read(bytes, file.name) };
}

async function lostByRight(
  exercise: AnyExercise,
  bytes: Uint8Array,
  seeds: readonly string[],
): Promise<Counted[]> {
  const lost = tally();
  const flow = { name: (exercise.file as FileAnswer).name, bytes };
  const session = await savedFlowSession(exercise, flow);
  for (const seed of seeds)
    for (const check of exercise.checks as readonly Check[])
      if (!(await passes(exercise, check, session, seed)))
        lost.add(`the course's own file fails "${check.name}"`, seed, {
          remedy: "train it for longer, or ask for less",
          part: "solution",
        });
  return lost.counted();
}
