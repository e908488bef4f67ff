/**
 * Wrong answers that every exercise has to reject, made from its right one: from its regions, and from what its functions take and
 * give. An author cannot forget them.
 */

import { subjectsOf } from "../domain/subjects.ts";
import type { AnyExercise } from "../exercise.ts";
import { type Parameter, text } from "../harness/kinds.ts";
import type { GenericMutant, Subject } from "./mutant.ts";
import { everywhere, ofList, ofRecord } from "./mutants/of-answer.ts";
import { ofMemory, ofPartialMemory } from "./mutants/of-memory.ts";
import { ofObject } from "./mutants/of-object.ts";
import { ofParameters } from "./mutants/of-parameters.ts";
import { ofRegion } from "./mutants/of-region.ts";
import { ofSpecialAnswers, ofSpecialValues } from "./mutants/of-special-values.ts";

/**
 * All of them, for each function and each method with a domain.
 *
 * @param answers Numbers of right answers from everywhere.
 */
export function genericMutants(
  exercise: AnyExercise,
  answers: (of: Subject) => readonly number[],
): GenericMutant[] {
  return subjectsOf(exercise).flatMap((of): GenericMutant[] => {
    const { kind, domain } = of;
    if (!domain) return [];
    const looked = lookedAt(of);
    return [
      ...Object.entries(domain.regions).flatMap(([region, where]) =>
        ofRegion(region, where, domain).map((mutant) => ({ ...mutant, region })),
      ),
      ...everywhere(domain),
      ...ofList(kind.returns),
      ...ofRecord(kind.returns),
      ...ofParameters(looked, domain),
      ...ofSpecialValues(looked, domain),
      ...ofSpecialAnswers(kind.returns, answers(of), domain),
      ...ofMemory(kind.parameters),
      ...ofPartialMemory(kind.parameters),
      ...ofObject(of),
    ].map((mutant) => ({ ...mutant, of }));
  });
}

/** The parameters that may be taken wrongly. What is trained on fewer data, or on others, may be as good: those are only passed on. */
function lookedAt({ method, methods, kind: { parameters }, domain }: Subject): readonly Parameter[] {
  if (method === undefined || !domain?.sees) return parameters;
  const given = parameters.length - methods[method].parameters.length;
  return parameters.map(({ name, of }, i) => ({ name, of: i < given ? text : of }));
}
