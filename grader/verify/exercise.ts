/** Whether one exercise's checks can be trusted: right answers pass, wrong ones are caught, and each for its own reason. */

import type { AnyExercise } from "../exercise.ts";
import { type RightSeen, tryRightAnswers } from "./answers/right-answers.ts";
import { tryRightFile, trySpoiltFiles } from "./answers/saved-flows.ts";
import { type Coverage, joinWrong } from "./answers/survivors.ts";
import { variantNames } from "./answers/variants.ts";
import { tryWrongAnswers, type WrongSeen } from "./answers/wrong-answers.ts";
import { countedProblems, type Finding, type Problem } from "./finding.ts";
import { joinHints } from "./hints.ts";
import { fileOf } from "./part.ts";
import { type Modules, SEEDS, type Seeds, type Share, seedNames, seedsFor, sharesOf } from "./share.ts";

export interface Verdict {
  readonly findings: readonly Finding[];
  /** How many wrong answers were tried. */
  readonly coverage: Coverage;
}

/** What one share of the work has shown: plain data, as it comes from another thread. */
export type Seen = RightSeen | WrongSeen;

export async function verifyExercise(
  exercise: AnyExercise,
  modules: Modules,
  seeds: Seeds = SEEDS,
  shares: readonly Share[] = sharesOf(1),
): Promise<Verdict> {
  const seen: Seen[] = [];
  for (const share of shares) seen.push(await verifyShare(exercise, modules, seeds, share));
  return joinShares(exercise, seeds, seen);
}

export function verifyShare(
  exercise: AnyExercise,
  modules: Modules,
  seeds: Seeds,
  { half, ...share }: Share,
): Promise<Seen> {
  if (exercise.file)
    return half === "right" ? tryRightFile(exercise, seeds, share) : trySpoiltFiles(exercise, seeds, share);
  return half === "right"
    ? tryRightAnswers(exercise, modules, seedsFor(exercise, seeds), share)
    : tryWrongAnswers(exercise, modules.solution, seedNames(seeds.wrong), share);
}

/** The verdict; the same whatever the shares are. */
export function joinShares(exercise: AnyExercise, seeds: Seeds, seen: readonly Seen[]): Verdict {
  const right = seen.filter((one) => one.half === "right");
  const wrong = joinWrong(
    exercise,
    seen.filter((one) => one.half === "wrong"),
    seedNames(seedsFor(exercise, seeds).wrong),
  );
  const problems: Problem[] = [
    ...countedProblems(
      right.flatMap(({ lost }) => lost),
      seedNames(seedsFor(exercise, seeds).right),
    ),
    ...right.flatMap(({ problems }) => problems),
    ...countedProblems(
      right.flatMap(({ explained }) => explained),
      seedNames(seeds.explained),
    ),
    ...countedProblems(
      right.flatMap(({ variants = [] }) => variants),
      variantNames(seeds.variants ?? 0),
    ),
    ...joinHints(
      exercise,
      right.map(({ hintsMet }) => hintsMet),
    ),
    ...wrong.problems,
  ];
  const findings = problems.map(
    ({ part, ...problem }): Finding => ({ exercise: exercise.id, file: fileOf(exercise, part), ...problem }),
  );
  return { findings, coverage: wrong.coverage };
}
