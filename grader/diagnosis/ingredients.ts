/** Which mixtures of an exercise's ingredients give every wrong number of a check. */

import type { AnyExercise } from "../exercise.ts";
import { numbersIn, type Pair } from "../grading/answered.ts";
import { answersOf } from "../grading/right-answers.ts";
import type { Observation } from "./observation.ts";

/** So many different wrong numbers do not agree by chance. */
const ENOUGH = 3;
/** A list of more possibilities than this helps nobody. */
const ALIKE = 2;

/** @param wrong The wrong numbers of the function's answers; the mixture has to give each of them. */
export async function ingredientsObservation(
  exercise: AnyExercise,
  about: string,
  wrong: readonly Pair[],
): Promise<Observation | undefined> {
  const found = exercise.ingredients?.find((candidate) => candidate.export === about);
  if (!found || distinct(wrong) < ENOUGH) return undefined;
  const calls = groupByCall(wrong);
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
    if (!fitting.includes(joinClauses(says))) fitting.push(joinClauses(says));
  }
  return fitting.length === 0 || fitting.length > ALIKE ? undefined : observe(fitting);
}

/** Mixtures that give the same numbers are all named: which one it was, this check's inputs do not tell. */
const observe = (fitting: readonly string[]): Observation => ({
  id: "ingredients",
  text: `Each of your wrong values is the one that comes out if ${fitting.join("; just so if ")}.${fitting.length > 1 ? " The inputs of this check do not tell these apart." : ""}`,
});

const distinct = (list: readonly Pair[]): number =>
  new Set(list.map(({ got }) => got).filter((got) => got !== 0 && Number.isFinite(got))).size;

/** The wrong numbers by call; those calls first whose number says the most, so that a mixture that fails does so at once. */
function groupByCall(wrong: readonly Pair[]): (readonly Pair[])[] {
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

const joinClauses = (clauses: readonly string[]): string =>
  clauses.length === 1
    ? (clauses[0] as string)
    : `${clauses.slice(0, -1).join(", ")} and ${clauses.at(-1) as string}`;
