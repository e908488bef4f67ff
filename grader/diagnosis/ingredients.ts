/**
 * A small library of wrong ingredients for each exercise: another point, another slope, another base density. Any mixture of them that
 * gives every wrong number of a check explains it, whether or not somebody has thought of just that one.
 */

import type { AnyExercise } from "../exercise.ts";
import type { Signatures } from "../harness/kinds.ts";
import { answersOf, numbersIn, type Pair } from "../right-answers.ts";
import type { Observation } from "./observation.ts";

/** One way to make one part of the answer. The first of a list is the right one and says nothing. */
export interface Option<T> {
  readonly use: T;
  /** What is different, as a clause: "$z$ is $x$ itself". Never what would be right. */
  readonly says?: string;
}

/** A program and everything in it that is not right. */
export interface Mixture<F> {
  readonly says: readonly string[];
  readonly answer: F;
}

export interface Ingredients<S extends Signatures = Signatures> {
  readonly export: keyof S & string;
  /** Programs that take this export's arguments. */
  readonly mixtures: () => readonly Mixture<(...inputs: never[]) => unknown>[];
}

/** More slips than this at once fit whatever one likes. */
const MOST = 2;
/** So many different wrong numbers do not agree by chance. */
const ENOUGH = 3;
/** A list of more possibilities than this helps nobody. */
const ALIKE = 2;

/** Every mixture of the options with at most two slips in it, those with the fewest first. */
export function mixed<T extends object, F>(
  options: { readonly [K in keyof T]: readonly Option<T[K]>[] },
  program: (picked: T) => F,
): Mixture<F>[] {
  let partial: { picked: Partial<T>; says: readonly string[] }[] = [{ picked: {}, says: [] }];
  for (const name of Object.keys(options) as (keyof T)[]) {
    partial = partial.flatMap(({ picked, says }) =>
      options[name].flatMap(({ use, says: also }) => {
        const all = also === undefined ? says : [...says, also];
        return all.length > MOST ? [] : [{ picked: { ...picked, [name]: use }, says: all }];
      }),
    );
  }
  return partial
    .filter(({ says }) => says.length > 0)
    .sort((a, b) => a.says.length - b.says.length)
    .map(({ picked, says }) => ({ says, answer: program(picked as T) }));
}

/** @param wrong The wrong numbers of the function's answers; the mixture has to give each of them. */
export async function ingredientsObservation(
  exercise: AnyExercise,
  about: string,
  wrong: readonly Pair[],
): Promise<Observation | undefined> {
  const found = exercise.ingredients?.find((candidate) => candidate.export === about);
  if (!found || distinct(wrong) < ENOUGH) return undefined;
  const calls = grouped(wrong);
  const mixtures = found.mixtures();
  let current = mixtures[0]?.answer;
  const program = { [about]: (...inputs: unknown[]) => current?.(...(inputs as never[])) };
  const fitting: string[] = [];
  let slips = 0;
  for (const { says, answer } of mixtures) {
    // With more slips than needed everything fits.
    if (fitting.length > 0 && says.length > slips) break;
    current = answer;
    if (!(await gives(exercise, program, calls))) continue;
    slips = says.length;
    if (!fitting.includes(listed(says))) fitting.push(listed(says));
  }
  return fitting.length === 0 || fitting.length > ALIKE ? undefined : observed(fitting);
}

/** Mixtures that give the same numbers are all named: which one it was, this check's inputs do not tell. */
const observed = (fitting: readonly string[]): Observation => ({
  id: "ingredients",
  text: `Each of your wrong values is the one that comes out if ${fitting.join("; just so if ")}.${fitting.length > 1 ? " The inputs of this check do not tell these apart." : ""}`,
});

const distinct = (list: readonly Pair[]): number =>
  new Set(list.map(({ got }) => got).filter((got) => got !== 0 && Number.isFinite(got))).size;

/** The wrong numbers by call; those calls first whose number says the most, so that a mixture that fails does so at once. */
function grouped(wrong: readonly Pair[]): (readonly Pair[])[] {
  const calls = [...Map.groupBy(wrong, ({ at }) => at).values()];
  const says = (list: readonly Pair[]) => (distinct(list) > 0 ? 0 : 1);
  return calls.sort((a, b) => says(a) - says(b));
}

async function gives(
  exercise: AnyExercise,
  program: Readonly<Record<string, unknown>>,
  calls: readonly (readonly Pair[])[],
): Promise<boolean> {
  for (const list of calls) {
    const [{ call }] = list as [Pair];
    const [value] = await answersOf(exercise, program, [
      { target: { export: call.export }, inputs: call.inputs },
    ]);
    const { numbers, places } = numbersIn(value);
    const at = new Map(places.map((place, i) => [place, numbers[i]]));
    if (!list.every((pair) => agrees(at.get(pair.place), pair))) return false;
  }
  return true;
}

function agrees(given: number | undefined, { got, want }: Pair): boolean {
  if (given === undefined) return false;
  if (!Number.isFinite(got)) return Object.is(got, given);
  const error = Math.abs(got - given);
  return error <= 1e-9 * Math.abs(got) || error <= 1e-5 * Math.min(Math.abs(got - want), Math.abs(got));
}

const listed = (clauses: readonly string[]): string =>
  clauses.length === 1
    ? (clauses[0] as string)
    : `${clauses.slice(0, -1).join(", ")} and ${clauses.at(-1) as string}`;
