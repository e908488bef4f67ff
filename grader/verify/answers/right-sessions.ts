/** The solution's answers, for what is made of them: hundreds of wrong answers to the same calls. */

import { type AnyDomain, type Subject, subjectsOf } from "../../domain/subjects.ts";
import { inProcessSession } from "../../drivers/in-process.ts";
import type { AnyExercise } from "../../exercise.ts";
import type { Right } from "../mutant.ts";
import { keptAnswers } from "./kept-answers.ts";
import { longSession } from "./long-session.ts";
import { isNumeric } from "./numeric.ts";

export async function rightSessions(
  exercise: AnyExercise,
  solution: Record<string, unknown>,
): Promise<Right> {
  const { signatures } = exercise;
  const open = () => inProcessSession(solution, signatures);
  return {
    session: keptAnswers(await longSession(open, signatures), alike(exercise)),
    aside: await longSession(open, signatures, 1),
  };
}

/** Functions that give the same answer to the same call, or an object whose methods do. */
function alike(exercise: AnyExercise): ReadonlySet<string> {
  const byName = Map.groupBy(subjectsOf(exercise), (of) => of.export);
  const isAlike = ({ kind, domain }: Subject) => isNumeric(kind.returns) && !(domain && isByChance(domain));
  return new Set([...byName].flatMap(([name, all]) => (all.every(isAlike) ? [name] : [])));
}

/** Of a function with randomness of its own. */
export const isByChance = ({ sees }: AnyDomain): boolean => sees?.power !== undefined;
