/**
 * What the numbers of a wrong answer show, where no known wrong answer gives them. Each statement is checked against every number that
 * the check has asked for, and says what is: how yours relate to the right ones, never how to compute those.
 */

import type { AnyExercise } from "../exercise.ts";
import { type Answered, fieldOf, nearly, type Pair, pairs, wrongOnes } from "../grading/answered.ts";
import type { FunctionKind } from "../harness/kinds.ts";
import { courseObservation } from "./course-of-values.ts";
import { digitsObservation } from "./digits.ts";
import { exceptions } from "./exceptions.ts";
import { elementFeatures, type Feature, features } from "./features.ts";
import { ingredientsObservation } from "./ingredients.ts";
import { listObservation } from "./lists.ts";
import type { Observation } from "./observation.ts";
import { otherInputs } from "./other-inputs.ts";
import { partsObservation, placeIn } from "./parts.ts";
import { regionObservation } from "./regions.ts";
import { relation } from "./relations.ts";

interface Shown {
  /** Says what exactly the wrong numbers are. */
  exactly(): Promise<Observation | undefined>;
  /** Says no more than where they are wrong, or by how much. */
  roughly(): Observation | undefined;
}

/**
 * @param answers All calls of the check, with the right answers.
 * @param about The function whose answer was found wrong first.
 * @param looked Whether the check looks at this number; of a record it may look at one field only.
 */
export function diagnosis(
  exercise: AnyExercise,
  answers: readonly Answered[],
  about: string,
  looked: (pair: Pair) => boolean,
): Shown {
  const kind = exercise.signatures[about] as FunctionKind | undefined;
  const own = answers.filter((call) => call.export === about);
  if (!kind || own.length === 0) return { exactly: async () => undefined, roughly: () => undefined };
  const all = pairs(own);
  const wrong = wrongOnes(all.filter(looked));
  const seen = all.filter(looked);
  const right = seen.filter((pair) => !wrong.includes(pair));
  const given = [...features(kind), ...elementFeatures(kind)];
  return {
    exactly: async () =>
      listObservation(own) ??
      exceptions(right, wrong, given) ??
      findSwappedFields(all) ??
      byField(
        wrong,
        (of, what, field) =>
          relate(kind, of(seen), what, field) ??
          (isOfTwo(of(wrong))
            ? undefined
            : relate(kind, of(wrong), what.replace("your", "your wrong"), field)),
      ) ??
      (await otherInputs(exercise, kind, own, looked)) ??
      byField(
        wrong,
        (of, _what, field) =>
          inParts(
            exercise,
            of(seen),
            field,
            (what) => `Measured by its values, ${what} has the parts it should have`,
          ) ??
          inParts(
            exercise,
            of(wrong),
            field,
            (what) => `Where ${what} is wrong, it has, measured by its values, the parts that it should have`,
          ),
      ) ??
      (await ingredientsObservation(exercise, about, wrong)),
    roughly: () =>
      digitsObservation(wrong, [...elementFeatures(kind), ...features(kind)]) ??
      courseObservation(kind, seen, wrong) ??
      regionObservation(kind, partsAsFeatures(exercise, about), right, wrong),
  };
}

/** Of 0 and 1 the wrong one is always the other: "1 minus what was asked for" says nothing then. */
const isOfTwo = (wrong: readonly Pair[]): boolean =>
  wrong.every(({ got, want }) => [got, want].every((value) => value === 0 || value === 1));

/** Something that holds for each field that is wrong: the fields of a record are off each in its own way. */
function byField(
  wrong: readonly Pair[],
  observe: (of: (list: readonly Pair[]) => Pair[], what: string, field: string) => Observation | undefined,
): Observation | undefined {
  const found = [...new Set(wrong.map(fieldOf))].map((field) =>
    observe(
      (list) => list.filter((pair) => fieldOf(pair) === field),
      field === "" ? "Each of your values" : `Each of your values of \`${field}\``,
      field,
    ),
  );
  const [first] = found;
  if (!first || found.some((other) => other === undefined)) return undefined;
  const texts = new Set(found.map((observation) => (observation as Observation).text));
  return { id: first.id, text: [...texts].join(" ") };
}

/**
 * By the way that it has gone, for a new value of an argument (`b` out of `b`); by value; or measured from another argument, as a sample
 * from its location.
 */
function relate(
  kind: FunctionKind,
  list: readonly Pair[],
  what: string,
  field: string,
): Observation | undefined {
  const given = features(kind);
  const from = (name: string) => {
    const i = kind.parameters.findIndex((parameter) => parameter.name === name);
    return list.map((pair) => {
      const start = pair.call.inputs[i] as number;
      return { ...pair, got: pair.got - start, want: pair.want - start };
    });
  };
  const scalars = kind.parameters.filter(({ of }) => of.kind === "number").map(({ name }) => name);
  if (scalars.includes(field)) {
    const step = relation(from(field), given, `Each of your steps in \`${field}\``);
    if (step) return step;
  }
  const plain = relation(list, given, what);
  if (plain || field !== "") return plain;
  for (const name of scalars) {
    const measured = relation(
      from(name),
      given,
      `Measured from \`${name}\`, ${what.replace("Each", "each")}`,
    );
    if (measured && ["negated", "factor", "constant-factor"].includes(measured.id)) return measured;
  }
  return undefined;
}

function inParts(
  exercise: AnyExercise,
  list: readonly Pair[],
  field: string,
  subject: (what: string) => string,
): Observation | undefined {
  const [first] = list;
  const parts = exercise.parts?.find(
    (candidate) => candidate.export === first?.call.export && (candidate.field ?? "") === field,
  );
  return parts && partsObservation(parts, list, subject(field === "" ? "your answer" : `your \`${field}\``));
}

function partsAsFeatures(exercise: AnyExercise, about: string): Feature[] {
  const parts = exercise.parts?.find((one) => one.export === about && one.field === undefined);
  return (parts?.of ?? []).map(({ name, value }) => ({
    name: `\\text{${name}}`,
    of: ({ call, place }) => value(call as never, placeIn(place)),
  }));
}

/** Two fields that hold each other's value. */
function findSwappedFields(all: readonly Pair[]): Observation | undefined {
  const names = [...new Set(all.map(fieldOf))];
  if (names.length !== 2) return undefined;
  const [first, second] = names.map((name) => all.filter((pair) => fieldOf(pair) === name)) as [
    Pair[],
    Pair[],
  ];
  const close = (a: number, b: number) => nearly(a, b, 1e-8, 1e-12);
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
