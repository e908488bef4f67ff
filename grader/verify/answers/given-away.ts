/** Answers that look at no question must not get a single point. */

import type { Numbers } from "../../domain/same-numbers.ts";
import type { AnyExercise, Check } from "../../exercise.ts";
import type { Session, Target } from "../../grading/session.ts";
import { transcript } from "../../grading/transcript.ts";
import type { Signatures } from "../../harness/kinds.ts";
import { callKey } from "../call-key.ts";
import { type Counted, tally } from "../finding.ts";
import { mapNumbers } from "../mutant.ts";
import { passes } from "./quick.ts";

/** What answers without looking at the question must not get a single point. */
export async function findGivenAway(
  exercise: AnyExercise,
  right: Session,
  seeds: readonly string[],
  numbers: Numbers,
): Promise<Counted[]> {
  const given = tally();
  const kept = keepObjects(exercise, right);
  const memory = await remember(exercise, kept, "another run");
  const constant = (value: number): Session => ({
    ...kept,
    call: async (target, inputs) => {
      const plain = await kept.call(target, inputs);
      return givesObject(exercise, target) ? plain : sayInstead(plain, value);
    },
  });
  const asked = await findQuestions(exercise, kept, seeds[0]);
  const memorizing = "what remembers the questions of another run";
  const worthless: [string, Session][] = [
    [memorizing, memory],
    ...[0, 1, -1, 0.5, 1e-10, Number.NaN, Number.POSITIVE_INFINITY].map((value): [string, Session] => [
      `the answer ${value} to everything`,
      constant(value),
    ]),
  ];
  for (const [what, session] of worthless) {
    for (const check of exercise.checks.filter(({ points }) => points > 0)) {
      // Where only one thing can be asked, as in a derivation or a computation by hand, it may be known.
      if (what === memorizing && !asked.has(check)) continue;
      for (const seed of seeds) {
        if (await passes(exercise, check, session, seed, { numbers }))
          given.add(`${what} passes "${check.name}"`, seed, {
            remedy: "ask at fresh points, and also where the answer is another",
            part: "checks",
          });
      }
    }
  }
  return given.counted();
}

const givesObject = ({ signatures }: AnyExercise, target: Target): boolean =>
  "export" in target && (signatures as Signatures)[target.export]?.returns.kind === "object";

/**
 * The session, with one object for all calls with the same arguments: making one may take a training, and what is asked of it is answered
 * from its answers, by eight who know nothing. An object's answers depend on the arguments of its methods only.
 */
function keepObjects(exercise: AnyExercise, inner: Session): Session {
  const known = new Map<string, Promise<unknown>>();
  return {
    ...inner,
    call(target, inputs) {
      if (!givesObject(exercise, target)) return inner.call(target, inputs);
      const key = callKey([target, ...inputs]);
      const answer = known.get(key) ?? inner.call(target, inputs);
      known.set(key, answer);
      return answer;
    },
  };
}

/** The plain answer with the value for each of its numbers, texts and lines, those in the fields of a record too; for a truth value, whether it is above 0. */
function sayInstead(plain: unknown, value: number): unknown {
  if (typeof plain === "string") return `${value}`;
  if (typeof plain === "boolean") return value > 0;
  if (Array.isArray(plain) && typeof plain[0] === "string") return plain.map(() => `${value}`);
  if (plain === null || typeof plain !== "object" || Array.isArray(plain))
    return mapNumbers(plain, () => value);
  const fields = Object.entries(mapNumbers(plain, () => value) as object);
  return Object.fromEntries(
    fields.map(([name, field]) => [name, isSaid(field) ? sayInstead(field, value) : field]),
  );
}

/** Whether a text or a truth value is in it, which `mapNumbers` leaves as it is. */
const isSaid = (part: unknown): boolean =>
  typeof part === "string" ||
  typeof part === "boolean" ||
  (part !== null && typeof part === "object" && Object.values(part).some(isSaid));

/** The checks that call something with arguments. */
async function findQuestions(exercise: AnyExercise, right: Session, seed: string): Promise<Set<Check>> {
  const found = new Set<Check>();
  for (const check of exercise.checks) {
    const log = transcript();
    await passes(exercise, check, right, seed, { log });
    if (log.calls.some(({ inputs }) => inputs.length > 0)) found.add(check);
  }
  return found;
}

/** Right where another run has asked the same, and nothing to the point elsewhere. */
async function remember(exercise: AnyExercise, right: Session, seed: string): Promise<Session> {
  const known = new Set<string>();
  for (const check of exercise.checks) {
    const log = transcript();
    await passes(exercise, check, right, seed, { log });
    for (const call of log.calls) known.add(callKey([call.target, ...call.inputs]));
  }
  return {
    ...right,
    async call(target, inputs) {
      const answer = await right.call(target, inputs);
      if (givesObject(exercise, target) || known.has(callKey([target, ...inputs]))) return answer;
      // Of an object, twice what it answers would still be something about it.
      return mapNumbers(answer, (v) => ("object" in target ? 1 : 2 * v + 1));
    },
  };
}
