/** Answers to the calls that a check is foreseen to make, all asked together when it makes the first. */

import { isPlanned } from "../grading/foresight/planned.ts";
import { LearnerError, type Target } from "../grading/session.ts";
import type { Plan } from "../harness/ahead/plan.ts";
import { encode } from "../harness/encoding.ts";
import type { Answer } from "../harness/protocol.ts";
import { type AnswerSize, LARGEST_ANSWER } from "../harness/size.ts";
import { readFailure } from "../sandbox/channel.ts";
import { type Conversation, terms } from "./conversation.ts";

export interface Asked {
  readonly target: Target;
  readonly inputs: readonly unknown[];
}

export interface Ahead {
  /** The answer to a call of the check; undefined if it has not been asked, and from then on. */
  take(call: Asked): Promise<Answer | undefined>;
  /** What the answer that was taken last is worth. */
  keep(value: unknown): void;
  /** The calls whose answers were taken. */
  readonly taken: readonly Asked[];
  /** More calls have been made than those. */
  readonly extra: boolean;
  /** The room did not survive it, or did not keep to the rules: what has happened is to be found out call by call. */
  readonly broken: boolean;
}

/** For all of them together: what needs longer is asked one by one, with all the time that the check gives. */
const SECONDS = 0.5;

export function askAhead(line: () => Conversation, plan: Plan, size: AnswerSize): Ahead {
  let answers: readonly Answer[] | undefined;
  let broken = false;
  const taken: Asked[] = [];
  const values: unknown[] = [];

  async function ask(): Promise<readonly Answer[]> {
    try {
      line().allow({ ...terms(SECONDS), answer: LARGEST_ANSWER });
      const prepared = textOf(plan, size);
      const answer = await line().ask({ op: "calls", plan, size, prepared }, () => "ahead");
      return answersIn(answer) ?? fail();
    } catch (error) {
      if (!(error instanceof LearnerError)) throw error;
      return fail();
    }
  }

  function fail(): readonly Answer[] {
    broken = true;
    return [];
  }

  return {
    async take(call) {
      answers ??= await ask();
      const at = taken.length;
      const answer = answers[at];
      if (!answer || !isPlanned(plan, at, call.target, call.inputs, values)) return undefined;
      taken.push(call);
      return answer;
    },
    keep(value) {
      values[taken.length - 1] = value;
    },
    taken,
    get extra() {
      return (answers?.length ?? 0) > taken.length;
    },
    get broken() {
      return broken;
    },
  };
}

/** A stranger's words: undefined if they are not what was asked for. */
function answersIn(answer: Answer): readonly Answer[] | undefined {
  const { answers, failed } = (answer.ok ? (answer.value ?? {}) : {}) as {
    readonly answers?: unknown;
    readonly failed?: unknown;
  };
  if (!Array.isArray(answers)) return undefined;
  const given = answers.map((value): Answer => ({ id: answer.id, ok: true, value }));
  if (failed === undefined) return given;
  const failure = readFailure(failed, answer.id);
  return failure && [...given, failure];
}

/** Everybody is asked the same. */
const texts = new WeakMap<Plan, string>();

function textOf(plan: Plan, size: AnswerSize): string {
  const text = texts.get(plan) ?? encode({ op: "calls", plan, size });
  texts.set(plan, text);
  return text;
}
