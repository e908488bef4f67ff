/** Every wrong answer, an author's and the generic ones, has to be rejected under every seed; worthless ones by every check. */

import { numbersOf } from "../../domain/domain.ts";
import { type Numbers, sameNumbers } from "../../domain/same-numbers.ts";
import { type Subject, subjectsOf } from "../../domain/subjects.ts";
import { inProcessSession } from "../../drivers/in-process.ts";
import type { AnyExercise, Check } from "../../exercise.ts";
import type { Session } from "../../grading/session.ts";
import type { FunctionKind } from "../../harness/kinds.ts";
import type { Counted } from "../finding.ts";
import { alteredSession, type Right, roundedSession } from "../mutant.ts";
import { genericMutants } from "../mutants.ts";
import type { Share } from "../share.ts";
import { differs, probes } from "./difference.ts";
import { findGivenAway } from "./given-away.ts";
import { passes, type Rejection, rejecting } from "./quick.ts";
import { isByChance, rightSessions } from "./right-sessions.ts";

type Provided = Record<string, unknown>;

interface Wrong {
  readonly id: string;
  open(): Promise<Session>;
  /** The function and the region where alone it is wrong. */
  readonly where?: string;
  /** The same in double precision, where it is in float32. */
  readonly double?: string;
  /** Each answer depends on its own call alone. */
  readonly remembersNothing?: true;
  /** In how many of the runs it has to be rejected; all, unless the domain says that chance plays a part. */
  readonly power?: number;
}

/** One wrong answer's runs. */
export interface Tried extends Pick<Wrong, "id" | "where" | "double" | "power"> {
  /** A misconception, or a mutant of the author's. */
  readonly byAuthor: boolean;
  /** Under how many seeds. */
  readonly runs: number;
  /** Under which of them every check passed. */
  readonly passed: readonly string[];
}

export interface WrongSeen {
  readonly half: "wrong";
  readonly tried: readonly Tried[];
  /** Generic mutants that are as right as the statement asks. */
  readonly dropped: number;
  /** Names of checks that rejected something. */
  readonly useful: readonly string[];
  readonly given: readonly Counted[];
}

/**
 * What is computed in float32 is tried with every so many seeds: it is the same that is tried with all of them in double precision, and shows
 * which errors the tolerance of float32 lets through. That is no matter of the seed.
 */
const EVERY_FLOAT32 = 5;

/** @param seeds All of them; those of the share are tried. */
export async function tryWrongAnswers(
  exercise: AnyExercise,
  solution: Provided,
  seeds: readonly string[],
  { at, of }: Omit<Share, "half">,
): Promise<WrongSeen> {
  const own = seeds.filter((_, i) => i % of === at);
  const right = await rightSessions(exercise, solution);
  const written = writtenOnes(exercise, solution);
  const { kept, dropped } = await genericOnes(exercise, solution, right);
  const all = [...written, ...kept];
  const useful = new Set<Check>();
  const numbers = sameNumbers();
  const tried: Tried[] = [];
  for (const wrong of all) {
    const under = wrong.double === undefined ? own : own.filter((_, i) => i % EVERY_FLOAT32 === 0);
    const passed = await tryOut(exercise, wrong, under, numbers, useful);
    const { open: _open, remembersNothing: _memory, ...named } = wrong;
    tried.push({ ...named, byAuthor: written.includes(wrong), runs: under.length, passed });
  }
  if (at === 0)
    for (const check of exercise.checks)
      if (!useful.has(check) && (await failsSome(exercise, check, all, seeds[0] ?? ""))) useful.add(check);
  return {
    half: "wrong",
    tried,
    dropped,
    useful: [...useful].map(({ name }) => name),
    given: await findGivenAway(exercise, right.session, own, numbers),
  };
}

/** @returns The seeds under which every check passed. */
async function tryOut(
  exercise: AnyExercise,
  wrong: Wrong,
  seeds: readonly string[],
  numbers: Numbers,
  useful: Set<Check>,
): Promise<string[]> {
  let before: Rejection | undefined;
  const passed: string[] = [];
  for (const seed of seeds) {
    const rejection = await rejecting(exercise, wrong.open, seed, before, numbers);
    if (!rejection) passed.push(seed);
    else {
      useful.add(rejection.check);
      before = wrong.remembersNothing ? rejection : { check: rejection.check };
    }
  }
  return passed;
}

async function failsSome(exercise: AnyExercise, check: Check, wrong: readonly Wrong[], seed: string) {
  for (const { open } of wrong) if (!(await passes(exercise, check, await open(), seed))) return true;
  return false;
}

function writtenOnes(exercise: AnyExercise, solution: Provided): Wrong[] {
  const provide = (id: string, implementation: object): Wrong => ({
    id,
    open: () => inProcessSession({ ...solution, ...implementation }, exercise.signatures),
  });
  return [
    ...exercise.misconceptions.map(({ id, implementation }) =>
      provide(`misconception "${id}"`, implementation),
    ),
    ...(exercise.mutants ?? []).map(({ id, implementation }) => provide(`mutant "${id}"`, implementation)),
  ];
}

/** Those that differ from the right answer; once more in float32 where that is a fair arithmetic. */
async function genericOnes(exercise: AnyExercise, solution: Provided, right: Right) {
  const fair = subjectsOf(exercise).filter(({ domain }) => domain?.float32);
  const kept: Wrong[] = overwriting(exercise, solution);
  let dropped = 0;
  const probed = new Map<string, Awaited<ReturnType<typeof probes>>>();
  for (const of of subjectsOf(exercise)) probed.set(of.name, await probes(right.session, of));
  const answers = ({ name }: Subject): number[] =>
    (probed.get(name) ?? []).flatMap(({ calls }) => calls.flatMap(({ right }) => numbersOf(right) ?? []));
  for (const mutant of genericMutants(exercise, answers)) {
    const { name, domain } = mutant.of;
    if (!domain) continue;
    for (const float32 of domain.float32 ? [false, true] : [false]) {
      if (!(await differs(mutant, right, domain, probed.get(name) ?? [], float32))) {
        dropped += 1;
        continue;
      }
      const alter = () => alteredSession(right, mutant.of, mutant.alter());
      kept.push({
        id: `${name}, ${mutant.id}${float32 ? ", in float32" : ""},`,
        ...(float32 && { double: `${name}, ${mutant.id},` }),
        ...(mutant.region !== undefined && { where: `${name} where ${mutant.region}` }),
        ...(!mutant.remembers && !isByChance(domain) && { remembersNothing: true }),
        open: async () => (float32 ? roundedSession(alter(), fair) : alter()),
        ...(domain.sees?.power !== undefined && { power: domain.sees.power }),
      });
    }
  }
  return { kept, dropped };
}

/** Right answers that leave another array behind than they were given. */
function overwriting(exercise: AnyExercise, solution: Provided): Wrong[] {
  return Object.entries(exercise.signatures as Record<string, FunctionKind>).flatMap(
    ([name, { parameters }]) =>
      parameters.flatMap(({ name: parameter, of }, i) => {
        if (of.kind !== "vector" || typeof solution[name] !== "function") return [];
        const run = solution[name] as (...inputs: unknown[]) => unknown;
        const changing = async (...inputs: unknown[]) => {
          const answer = await run(...inputs);
          (inputs[i] as number[]).sort((a, b) => b - a).push(0);
          return answer;
        };
        return [
          {
            id: `${name}, which overwrites ${parameter},`,
            open: () => inProcessSession({ ...solution, [name]: changing }, exercise.signatures),
          },
        ];
      }),
  );
}
