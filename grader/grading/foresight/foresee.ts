/**
 * Makes a plan of a check that somebody's answer has passed.
 *
 * What the check asks may depend on what it was answered: an inverse is asked at the point where the map led. So the check is run once
 * more, here, with every number of those answers moved by its last digits. An argument that stays the same does not depend on them; one
 * that moves is an earlier answer's number handed on, which the plan says by its place, or was computed from some, and there the plan
 * ends.
 */

import type { Check } from "../../exercise.ts";
import { type Argument, type Part, type Plan, type PlannedCall, partOf } from "../../harness/ahead/plan.ts";
import type { Signatures } from "../../harness/kinds.ts";
import { LARGEST_ANSWER } from "../../harness/size.ts";
import type { Random } from "../../random.ts";
import { expectations } from "../expect.ts";
import type { Session } from "../session.ts";
import { type Call, learnerHandle, transcript } from "../transcript.ts";
import { isSame } from "./planned.ts";

export interface Foresight {
  /** What is known of a check. */
  of(check: Check): Plan | undefined;
  /** An answer has passed the check in these calls. */
  learn(check: Check, signatures: Signatures, calls: readonly Call[], random: () => Random): Promise<void>;
}

/** A map takes it for 0. */
const MINUS_ZERO = "-0";
/** Fewer are asked one by one. */
const FEWEST = 2;

/** Of all checks of a run: as long as everybody is asked with the same random numbers, plans hold. */
export function foresight(): Foresight {
  const plans = new Map<Check, Plan | undefined>();
  return {
    of: (check) => plans.get(check),
    async learn(check, signatures, calls, random) {
      if (plans.has(check)) return;
      plans.set(check, undefined);
      plans.set(check, await planOf(check, signatures, calls, random()));
    },
  };
}

/** @param random The numbers that the check drew when it made these calls, from their beginning. */
export async function planOf(
  check: Check,
  signatures: Signatures,
  calls: readonly Call[],
  random: Random,
): Promise<Plan | undefined> {
  const seen = await withMovedAnswers(check, signatures, calls, random);
  const moved = new Map<unknown, Part>();
  const values: unknown[] = [];
  const places = new Map<unknown, number>();
  const planned: PlannedCall[] = [];
  const answers: unknown[] = [];
  let left = LARGEST_ANSWER.bytes / 4;
  for (const [i, { target, inputs, answer }] of calls.entries()) {
    const other = seen[i];
    if (!other || !("export" in target) || !("value" in answer)) break;
    const planInputs = inputs.map((input, j): Argument | undefined => {
      const also = other.inputs[j];
      if (!isSame(input, also)) {
        const part = moved.get(also);
        return part && isSame(partOf(answers, part), input) ? part : undefined;
      }
      const key = Object.is(input, -0) ? MINUS_ZERO : input;
      const place = places.get(key) ?? values.push(input) - 1;
      places.set(key, place);
      return place;
    });
    left -= lengthOf(answer.value);
    if (left < 0 || planInputs.includes(undefined) || inputs.length !== other.inputs.length) break;
    planned.push({ export: target.export, inputs: planInputs as Argument[] });
    answers.push(answer.value);
    for (const [value, part] of partsOf(other.answer)) moved.set(value, { of: i, part });
  }
  return planned.length >= FEWEST ? { values, calls: planned } : undefined;
}

interface Moved {
  readonly inputs: readonly unknown[];
  readonly answer: unknown;
}

/** What the check asks if every number of the answers is a little different. It may not get to its end. */
async function withMovedAnswers(
  check: Check,
  signatures: Signatures,
  calls: readonly Call[],
  random: Random,
): Promise<Moved[]> {
  const seen: Moved[] = [];
  const session: Session = {
    alive: true,
    allow() {},
    async call(target, inputs) {
      const call = calls[seen.length];
      if (!call || !("value" in call.answer) || !isSame(call.target, target)) throw new NotForeseen();
      const answer = moveNumbers(call.answer.value, 1 + seen.length);
      seen.push({ inputs, answer });
      return answer;
    },
    async close() {},
  };
  const log = transcript();
  try {
    const learner = learnerHandle(signatures, session, log);
    await check.run({ learner, random, expect: expectations(log, false) } as never);
  } catch {
    // The check may well stumble over such answers: then the plan ends where it did.
  }
  return seen;
}

class NotForeseen extends Error {}

/** Differently in each answer, so that it shows whose number is handed on. */
function moveNumbers(value: unknown, number: number): unknown {
  if (typeof value === "number") {
    if (value === 0) return number * 1e-300;
    return Number.isFinite(value) ? value * (1 + number * 2 ** -44) : value;
  }
  if (Array.isArray(value)) return value.map((item) => moveNumbers(item, number));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, moveNumbers(part, number)]));
}

/** Every number, list and object of an answer, with the way to it. */
function* partsOf(
  value: unknown,
  part: readonly (string | number)[] = [],
): Generator<[unknown, Part["part"]]> {
  if (typeof value === "number" || (typeof value === "object" && value !== null)) yield [value, part];
  if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* partsOf(item, [...part, i]);
  else if (typeof value === "object" && value !== null)
    for (const [name, item] of Object.entries(value)) yield* partsOf(item, [...part, name]);
}

const lengthOf = (value: unknown): number => JSON.stringify(value)?.length ?? 0;
