/**
 * The right words for a failed check: a known wrong answer if these are its answers, else what its numbers show, else a hint
 * that applies to what the code just did.
 */

import type { AnyExercise, Check } from "./exercise.ts";
import type { FirstFailure } from "./expect.ts";
import { type FailureKind, fittingHint } from "./hint.ts";
import { recognise } from "./misconception.ts";
import type { Failure } from "./result.ts";
import { answered } from "./right-answers.ts";
import { LearnerError, type Session, type Trouble } from "./session.ts";
import { type Call, learnerHandle, transcript } from "./transcript.ts";

type Words = Pick<Failure, "misconception" | "hint" | "plot">;

/** `hints`: a hint also where a misconception is recognised, as `verify` wants to see them all. */
export type WordsWanted = "all" | "hints" | "none";

export interface Asked {
  readonly exercise: AnyExercise;
  readonly check: Check;
  /** What the check asked and what the code answered. */
  readonly calls: readonly Call[];
  readonly wanted: WordsWanted;
}

/** @param ready A live session: the words may need more answers than the check has. */
export async function explanation(
  { exercise, check, calls, wanted }: Asked,
  { failure, kind, call }: FirstFailure,
  ready: () => Promise<Session>,
): Promise<Words> {
  if (wanted === "none") return {};
  if (wanted === "hints") return hinted();
  if (ended(failure.trouble)) return kind === "time" ? await hinted() : {};
  const misconception = await recognise(exercise, calls);
  const plot = failure.trouble ? undefined : await illustration(exercise, ready);
  if (misconception) {
    const { id, explanation } = misconception;
    return { misconception: { id, explanation }, ...(plot && { plot }) };
  }
  return { ...(await hinted()), ...(plot && { plot }) };

  async function hinted(): Promise<Words> {
    const [failing] = call ? await answered(exercise, [call]) : [];
    const learner = async () => learnerHandle(exercise.signatures, await ready(), transcript());
    const hint = await fittingHint(check.hints ?? [], kind, failing, learner as never);
    return hint === undefined ? {} : { hint };
  }
}

async function illustration(exercise: AnyExercise, ready: () => Promise<Session>): Promise<Failure["plot"]> {
  if (!exercise.illustrate) return undefined;
  try {
    return await exercise.illustrate(learnerHandle(exercise.signatures, await ready(), transcript()));
  } catch (error) {
    if (error instanceof LearnerError) return undefined;
    throw error;
  }
}

/** Trouble after which the code can say no more about this check. */
const ended = (trouble: Trouble | undefined): boolean =>
  trouble !== undefined &&
  ["load", "missing", "size", "time", "memory", "output", "exit", "protocol"].includes(trouble);

/** Which hints fit a code that gave no usable answer. */
export function troubleKind({ trouble, message }: LearnerError): FailureKind {
  if (trouble === "time") return "time";
  if (trouble !== "kind") return "threw";
  return /got undefined/.test(message) ? "no-return" : "shape";
}
