/**
 * Wrong answers that every exercise has to reject, made from its right one: from its regions, and from what its functions take and
 * give. An author cannot forget them.
 */

import type { AnyExercise } from "../exercise.ts";
import type { FunctionKind } from "../harness/kinds.ts";
import type { AnyDomain, GenericMutant } from "./mutant.ts";
import { everywhere, ofList, ofRecord } from "./mutants/of-answer.ts";
import { ofMemory, ofPartialMemory } from "./mutants/of-memory.ts";
import { ofParameters } from "./mutants/of-parameters.ts";
import { ofRegion } from "./mutants/of-region.ts";
import { ofSpecialAnswers, ofSpecialValues } from "./mutants/of-special-values.ts";

/**
 * All of them, for each function with a domain.
 *
 * @param answers Numbers of right answers from everywhere, by the name of the function.
 */
export function genericMutants(
  exercise: AnyExercise,
  answers: (name: string) => readonly number[],
): GenericMutant[] {
  const domains = Object.entries((exercise.domains ?? {}) as Record<string, AnyDomain>);
  return domains.flatMap(([name, domain]) => {
    const kind = exercise.signatures[name] as FunctionKind;
    return [
      ...Object.entries(domain.regions).flatMap(([region, of]) =>
        ofRegion(region, of, domain).map((mutant) => ({ ...mutant, region })),
      ),
      ...everywhere(domain),
      ...ofList(kind.returns),
      ...ofRecord(kind.returns),
      ...ofParameters(kind.parameters, domain),
      ...ofSpecialValues(kind.parameters, domain),
      ...ofSpecialAnswers(kind.returns, answers(name), domain),
      ...ofMemory(kind.parameters),
      ...ofPartialMemory(kind.parameters),
    ].map((mutant) => ({ ...mutant, function: name }));
  });
}
