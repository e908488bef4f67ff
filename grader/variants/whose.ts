/** Whose numbers an answer is right with, where it is wrong with its learner's own. Nothing is run for it but the checks. */

import type { AnyExercise, Check } from "../exercise.ts";
import { nearly, numbersIn } from "../grading/answered.ts";
import { expectations } from "../grading/expect.ts";
import { answersOf } from "../grading/right-answers.ts";
import type { Session, Target } from "../grading/session.ts";
import { type Call, learnerHandle, transcript } from "../grading/transcript.ts";
import { breathe } from "../grading/turn.ts";
import type { Random } from "../random.ts";
import { withNumbers } from "./varied.ts";

/** The numbers of a class, by exercise. */
export interface ClassNumbers {
  readonly [exercise: string]: readonly LearnersNumbers[];
}

export interface LearnersNumbers {
  /** As the instructor's report calls her. */
  readonly learner: string;
  readonly values: unknown;
}

/** Answers in float32 agree that far. */
const [RELATIVE, ABSOLUTE] = [1e-5, 1e-9];
/** A call may fall where one learner's task has nothing asked. */
const MOST_APART = 0.1;

/**
 * @param failed Checks that the answer fails with its learner's own numbers.
 * @param calls What it answered.
 * @returns Everybody with whose numbers it is right, in so far as these calls show it.
 */
export async function whoseNumbers(
  exercise: AnyExercise,
  failed: readonly string[],
  calls: readonly Call[],
  others: readonly LearnersNumbers[],
  random: (check: Check) => Random,
): Promise<string[]> {
  const own = JSON.stringify(exercise.variants?.numbers);
  const found: string[] = [];
  const known = new Map<string, boolean>();
  for (const { learner, values } of others) {
    const key = JSON.stringify(values);
    if (key === own) continue;
    const before = known.get(key);
    const fits = before ?? (await isRight(withNumbers(exercise, values), failed, calls, random));
    known.set(key, fits);
    if (fits) found.push(learner);
  }
  return found;
}

async function isRight(
  other: AnyExercise,
  failed: readonly string[],
  calls: readonly Call[],
  random: (check: Check) => Random,
): Promise<boolean> {
  await breathe();
  let shown = false;
  for (const check of other.checks.filter(({ name }) => failed.includes(name))) {
    const judged = await judge(other, check, calls, random(check));
    if (judged === false) return false;
    shown ||= judged === true;
  }
  return shown || agrees(other, calls);
}

class NeverAsked extends Error {}

/** The other's check on the answers that there are; undefined if it asks something else. */
async function judge(
  { signatures }: AnyExercise,
  check: Check,
  calls: readonly Call[],
  random: Random,
): Promise<boolean | undefined> {
  const answers = new Map(calls.map(({ target, inputs, answer }) => [keyOf(target, inputs), answer]));
  const session: Session = {
    alive: true,
    allow() {},
    async call(target, inputs) {
      const answer = answers.get(keyOf(target, inputs));
      if (!answer || !("value" in answer)) throw new NeverAsked();
      return answer.value;
    },
    async close() {},
  };
  const log = transcript();
  const judged = expectations(log, false);
  try {
    const learner = learnerHandle(signatures, session, log);
    await check.run({ learner, random, expect: judged } as never);
  } catch (error) {
    if (!(error instanceof NeverAsked)) throw error;
    return judged.failures > 0 ? false : undefined;
  }
  return judged.failures === 0;
}

const keyOf = (target: Target, inputs: readonly unknown[]): string => JSON.stringify([target, inputs]);

/** Whether the reference with the other's numbers gives these answers. */
async function agrees(other: AnyExercise, calls: readonly Call[]): Promise<boolean> {
  if (!other.reference) return false;
  const answered = calls.flatMap(({ target, inputs, answer }) =>
    "export" in target && "value" in answer ? [{ target, inputs, got: numbersIn(answer.value) }] : [],
  );
  let apart = 0;
  for (const { target, inputs, got } of answered) {
    const [right] = await answersOf(other, other.reference, [{ target, inputs }]);
    const want = numbersIn(right);
    const same =
      got.shape === want.shape &&
      got.numbers.every((value, i) => nearly(value, want.numbers[i] as number, RELATIVE, ABSOLUTE));
    if (!same) apart += 1;
    if (apart > MOST_APART * answered.length) return false;
  }
  return answered.length > 0;
}
