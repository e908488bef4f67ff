/** What the learner's code answered beside what is right, call by call, from the exercise's reference program. */

import { inProcessSession } from "./drivers/in-process.ts";
import type { AnyExercise } from "./exercise.ts";
import type { FunctionKind, Plain, PlainArguments, Signatures } from "./harness/kinds.ts";
import { LearnerError, type Session } from "./session.ts";
import type { Call } from "./transcript.ts";

/** A call, and what the learner's code and the reference gave for it; `got` is missing where the code gave no usable answer. */
export type Answered<S extends Signatures = Signatures> = {
  [N in keyof S & string]: S[N] extends FunctionKind<infer A, infer R>
    ? {
        readonly export: N;
        readonly inputs: PlainArguments<A>;
        readonly got?: Plain<R>;
        readonly want?: Plain<R>;
      }
    : never;
}[keyof S & string];

/** The call that a check's first failure is about. */
export type Failing<S extends Signatures = Signatures> = Answered<S>;

/** The program's answers to these calls; undefined where it has none: another export, or no usable value. */
export async function answersOf(
  session: Session,
  provided: Readonly<Record<string, unknown>>,
  calls: readonly Call[],
): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const { target, inputs } of calls) {
    const known = !("export" in target) || target.export in provided;
    answers.push(known ? await answer(session, { target, inputs }) : undefined);
  }
  return answers;
}

async function answer(session: Session, { target, inputs }: Pick<Call, "target" | "inputs">) {
  try {
    return await session.call(target, inputs);
  } catch (error) {
    if (error instanceof LearnerError) return undefined;
    throw error;
  }
}

/** Each call of an export with both answers. */
export async function answered(exercise: AnyExercise, calls: readonly Call[]): Promise<Answered[]> {
  const own = calls.filter(({ target }) => "export" in target);
  const { reference } = exercise;
  const right = reference
    ? await answersOf(await inProcessSession(reference, exercise.signatures), reference, own)
    : [];
  return own.map(({ target, inputs, answer }, i) => ({
    export: (target as { export: string }).export,
    inputs,
    ...("value" in answer && { got: answer.value }),
    ...(right[i] !== undefined && { want: right[i] }),
  })) as Answered[];
}
