/** Asks the exercise's reference program what the learner's code was asked. */

import { allowedErrors, isFloat32 } from "../domain/domain.ts";
import { subjectsOf } from "../domain/subjects.ts";
import { inProcessSession } from "../drivers/in-process.ts";
import type { AnyExercise } from "../exercise.ts";
import { type Answered, numbersIn } from "./answered.ts";
import { LearnerError } from "./session.ts";
import type { Call } from "./transcript.ts";
import { breathe } from "./turn.ts";

/** Calls of a long check that are looked at: the first ones and some of the rest, spread over it. */
const MOST_CALLS = 60;

/** Each call of an export with both answers; of a long check, some. */
export async function answerBoth(exercise: AnyExercise, calls: readonly Call[]): Promise<Answered[]> {
  const own = spread(calls.filter(({ target }) => "export" in target));
  const right = exercise.reference ? await answersOf(exercise, exercise.reference, own) : [];
  const single = calls.every(({ answer }) => !("value" in answer) || isFloat32(answer.value));
  return own.map(({ target, inputs, answer }, i) => ({
    export: (target as { export: string }).export,
    inputs,
    ...("value" in answer && { got: answer.value }),
    ...(right[i] !== undefined && { want: right[i] }),
    ...errorsAllowed(exercise, (target as { export: string }).export, inputs, right[i], single),
  })) as Answered[];
}

/** @param single All answers are float32 numbers: then they were computed in that arithmetic. */
function errorsAllowed(
  exercise: AnyExercise,
  name: string,
  inputs: readonly unknown[],
  want: unknown,
  single: boolean,
): { allowed?: readonly number[] } {
  const domain = subjectsOf(exercise).find((subject) => subject.name === name)?.domain;
  if (!domain || want === undefined) return {};
  const { absolute, float32 } = allowedErrors(domain, numbersIn(want).numbers, ...inputs);
  return { allowed: single && float32 ? float32 : absolute };
}

/** A program's answers to these calls; undefined where it has none: another export, or no usable value. */
export async function answersOf(
  exercise: AnyExercise,
  program: Readonly<Record<string, unknown>>,
  calls: readonly Pick<Call, "target" | "inputs">[],
): Promise<unknown[]> {
  const session = await inProcessSession(program, exercise.signatures);
  const answers: unknown[] = [];
  for (const { target, inputs } of calls) {
    await breathe();
    try {
      answers.push(await session.call(target, inputs));
    } catch (error) {
      if (!(error instanceof LearnerError)) throw error;
      answers.push(undefined);
    }
  }
  return answers;
}

function spread<A>(list: readonly A[]): readonly A[] {
  if (list.length <= MOST_CALLS) return list;
  const head = list.slice(0, MOST_CALLS / 2);
  const step = (list.length - head.length) / (MOST_CALLS / 2);
  return [
    ...head,
    ...Array.from({ length: MOST_CALLS / 2 }, (_, i) => list[Math.floor(head.length + i * step)] as A),
  ];
}
