/** The calls of a plan, made where the learner's code is. */

import type { LearnerModule } from "../module.ts";
import { mapList } from "../pristine.ts";
import type { Answer } from "../protocol.ts";
import type { AnswerSize } from "../size.ts";
import { type Plan, type PlannedCall, partOf } from "./plan.ts";

type Failure = Omit<Extract<Answer, { ok: false }>, "id">;

export interface AnswersAhead {
  readonly answers: readonly unknown[];
  /** What came of the call after them: no more are made then. */
  readonly failed?: Failure;
}

/** After so long the rest is left to be asked later: how long one answer may take is another's business. */
const ENOUGH_MS = 50;
const now = performance.now.bind(performance);

/** Makes the calls one after another. */
export async function callAhead(
  learner: LearnerModule,
  { values, calls }: Plan,
  size: AnswerSize,
): Promise<AnswersAhead> {
  const answers: unknown[] = [];
  const end = now() + ENOUGH_MS;
  for (let i = 0; i < calls.length && (i === 0 || now() < end); i++) {
    const call = calls[i] as PlannedCall;
    const inputs = mapList(call.inputs, (argument) =>
      typeof argument === "number" ? values[argument] : partOf(answers, argument),
    );
    const outcome = await learner.call({ export: call.export }, inputs, size);
    if (!outcome.ok) return { answers, failed: outcome };
    answers[i] = outcome.value;
  }
  return { answers };
}
