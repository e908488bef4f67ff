/** Checks run only as far as it takes to know whether they reject an answer: no words, no result. */

import type { AnyExercise, Check } from "../exercise.ts";
import { answerSize, DEFAULT_LIMITS } from "../exercise.ts";
import { expectations } from "../expect.ts";
import { LearnerError, type Session } from "../session.ts";
import { learnerHandle, type Transcript, transcript } from "../transcript.ts";
import { freshNumbers, type Numbers } from "./same-numbers.ts";

const REJECTED = Symbol("rejected");

/** Whether the check passes, with the numbers that grading with this seed would use. */
export async function passes(
  exercise: AnyExercise,
  check: Check,
  session: Session,
  seed: string,
  { log = transcript(), numbers = freshNumbers }: { log?: Transcript; numbers?: Numbers } = {},
): Promise<boolean> {
  const state = expectations(log);
  const rejectAtOnce = () => {
    if (state.failed > 0) throw REJECTED;
  };
  const expect = {
    close(...comparison: Parameters<typeof state.close>) {
      state.close(...comparison);
      rejectAtOnce();
    },
    that(...claim: Parameters<typeof state.that>) {
      state.that(...claim);
      rejectAtOnce();
    },
  };
  session.allow({ seconds: DEFAULT_LIMITS.seconds, answer: answerSize(check) });
  try {
    const learner = learnerHandle(exercise.signatures, session, log);
    await check.run({ learner, random: numbers(exercise, check, seed), expect } as never);
  } catch (error) {
    if (error === REJECTED || error instanceof LearnerError) return false;
    throw error;
  }
  return state.failed === 0;
}

/** The first check that rejects the session's answers; the one that did so before is asked first. */
export async function rejecting(
  exercise: AnyExercise,
  open: () => Promise<Session>,
  seed: string,
  before: Check | undefined,
  numbers: Numbers = freshNumbers,
): Promise<Check | undefined> {
  const order = [...(before ? [before] : []), ...exercise.checks.filter((check) => check !== before)];
  const session = await open();
  for (const check of order) {
    if (!(await passes(exercise, check, session, seed, { numbers }))) return check;
  }
  return undefined;
}
