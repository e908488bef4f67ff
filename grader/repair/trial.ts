/** The checks themselves say which variant is right. */

import type { AnyExercise, Check } from "../exercise.ts";
import type { Answered } from "../grading/answered.ts";
import { expectations } from "../grading/expect.ts";
import { LearnerError, type Session } from "../grading/session.ts";
import { learnerHandle, transcript } from "../grading/transcript.ts";
import { breathe } from "../grading/turn.ts";
import type { FunctionKind } from "../harness/kinds.ts";
import type { Random } from "../random.ts";
import type { Variant } from "./candidates.ts";
import { choose } from "./probes.ts";

export interface Asked {
  readonly exercise: AnyExercise;
  /** The check that failed. */
  readonly check: Check;
  /** Checks that the code has passed: a change that breaks one is none. */
  readonly passed: readonly Check[];
  readonly random: (check: Check) => Random;
  /** What the check asked, with the right answers. */
  readonly answers: readonly Answered[];
}

export interface Found {
  readonly first: Variant;
  readonly second?: Variant | undefined;
}

const CHECK_TURNS = 10_000_000;

/**
 * The first variant with which every check passes, and the next one elsewhere; or else one with which this check passes and none fails
 * that has passed before.
 *
 * @param enough So many different numbers were wrong that none is mended by chance.
 */
export async function confirm(
  session: Session,
  variants: readonly Variant[],
  asked: Asked,
  enough: boolean,
  isElsewhere: (one: Variant, other: Variant) => boolean,
): Promise<Found | undefined> {
  const { exercise, check, passed } = asked;
  let first: Variant | undefined;
  let partly: Variant | undefined;
  for (const variant of variants) {
    await breathe();
    if (first && !isElsewhere(first, variant)) continue;
    await choose(session, variant, CHECK_TURNS);
    const needed = [check, ...passed];
    if (!(await passesAll(session, needed, asked))) continue;
    const others = exercise.checks.filter((one) => !needed.includes(one));
    if (await passesAll(session, others, asked)) {
      if (first) return { first, second: variant };
      first = variant;
    } else if (enough) partly ??= variant;
  }
  const best = first ?? partly;
  return best && { first: best };
}

async function passesAll(
  session: Session,
  checks: readonly Check[],
  { exercise, random }: Asked,
): Promise<boolean> {
  for (const check of checks) {
    const log = transcript();
    const expect = expectations(log);
    const learner = learnerHandle(exercise.signatures as Record<string, FunctionKind>, session, log);
    try {
      await check.run({ learner, random: random(check), expect } as never);
    } catch (error) {
      if (error instanceof LearnerError && session.alive) return false;
      throw error;
    }
    if (expect.first) return false;
  }
  return true;
}
