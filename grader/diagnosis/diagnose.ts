/**
 * What the numbers of a wrong answer show, where no known wrong answer gives them. Each statement is checked against every number that
 * the check has asked for, and says what is: how yours relate to the right ones, never how to compute those.
 */

import type { AnyExercise } from "../exercise.ts";
import type { FunctionKind } from "../harness/kinds.ts";
import { type Answered, type Pair, pairs, wrongOnes } from "../right-answers.ts";
import { features } from "./features.ts";
import { listObservation } from "./lists.ts";
import type { Observation } from "./observation.ts";
import { partsObservation } from "./parts.ts";
import { regionObservation } from "./regions.ts";
import { relation } from "./relations.ts";

/**
 * @param answers All calls of the check, with the right answers.
 * @param about The function whose answer was found wrong first.
 * @param looked Whether the check looks at this number; of a record it may look at one field only.
 */
export function diagnose(
  exercise: AnyExercise,
  answers: readonly Answered[],
  about: string,
  looked: (pair: Pair) => boolean,
): Observation | undefined {
  const kind = exercise.signatures[about] as FunctionKind | undefined;
  const own = answers.filter((call) => call.export === about);
  if (!kind || own.length === 0) return undefined;
  const all = pairs(own);
  const wrong = wrongOnes(all.filter(looked));
  return (
    listObservation(own) ??
    swappedFields(all) ??
    numberObservation(exercise, kind, all.filter(looked), wrong) ??
    regionObservation(
      kind,
      all.filter((pair) => looked(pair) && !wrong.some(({ at }) => at === pair.at)),
      wrong,
    )
  );
}

/** By field: the fields of a record are off each in its own way. */
function numberObservation(
  exercise: AnyExercise,
  kind: FunctionKind,
  looked: readonly Pair[],
  wrong: readonly Pair[],
): Observation | undefined {
  const fields = [...new Set(wrong.map(fieldOf))];
  const found = fields.map((field) => {
    const of = (list: readonly Pair[]) => list.filter((pair) => fieldOf(pair) === field);
    const what = field === "" ? "Each of your values" : `Each of your values of \`${field}\``;
    return (
      related(kind, of(looked), what, field) ??
      related(kind, of(wrong), `${what} that is wrong`, field) ??
      inParts(exercise, of(looked), field) ??
      inParts(exercise, of(wrong), field)
    );
  });
  const [first] = found;
  if (!first || found.some((other) => other === undefined)) return undefined;
  const texts = new Set(found.map((observation) => (observation as Observation).text));
  return { id: first.id, text: [...texts].join(" ") };
}

/** By value or, for a new value of an argument (`b` out of `b`), by the way that it has gone. */
function related(
  kind: FunctionKind,
  list: readonly Pair[],
  what: string,
  field: string,
): Observation | undefined {
  const given = features(kind);
  const moves = stepsOf(kind, list, field);
  return (
    (moves && relation(moves, given, `Each of your steps in \`${field}\``)) ?? relation(list, given, what)
  );
}

function stepsOf(kind: FunctionKind, list: readonly Pair[], field: string): Pair[] | undefined {
  const i = kind.parameters.findIndex(({ name, of }) => name === field && of.kind === "number");
  if (i < 0) return undefined;
  return list.map((pair) => {
    const from = pair.call.inputs[i] as number;
    return { ...pair, got: pair.got - from, want: pair.want - from };
  });
}

function inParts(exercise: AnyExercise, list: readonly Pair[], field: string): Observation | undefined {
  const [first] = list;
  const parts = exercise.parts?.find(
    (candidate) => candidate.export === first?.call.export && (candidate.field ?? "") === field,
  );
  return parts && partsObservation(parts, list, field === "" ? "your answer" : `your \`${field}\``);
}

/** The field's name, without places in a list. */
const fieldOf = ({ place }: Pair): string => place.replace(/\[\d+\]/g, "");

/** Two fields that hold each other's value. */
function swappedFields(all: readonly Pair[]): Observation | undefined {
  const names = [...new Set(all.map(fieldOf))];
  if (names.length !== 2) return undefined;
  const [first, second] = names.map((name) => all.filter((pair) => fieldOf(pair) === name)) as [
    Pair[],
    Pair[],
  ];
  const close = (a: number, b: number) => Math.abs(a - b) <= 1e-8 * Math.abs(b) + 1e-12;
  const swapped = first.every(({ got, want }, i) => {
    const other = second[i] as Pair;
    return close(got, other.want) && close(other.got, want);
  });
  const apart = first.some(({ want }, i) => !close(want, (second[i] as Pair).want));
  if (first.length < 2 || !swapped || !apart) return undefined;
  return {
    id: "fields-swapped",
    text: `Your \`${names[0]}\` is the \`${names[1]}\` that was asked for, and the other way round.`,
  };
}
