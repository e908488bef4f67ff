/** Code that answers the same question in two ways: in a check, or when it is asked again. */

import type { Observation } from "../diagnosis/observation.ts";
import { allowedErrors, numbersOf } from "../domain/domain.ts";
import { type AnyDomain, subjectsOf } from "../domain/subjects.ts";
import type { AnyExercise } from "../exercise.ts";
import { LearnerError, type Session, type Target } from "../grading/session.ts";
import { type Call, valueTexts } from "../grading/transcript.ts";
import type { Signatures } from "../harness/kinds.ts";

/**
 * What to say if the check was answered otherwise at another time, or the code is when it is asked the same again, or a new object is that is made of
 * the same.
 */
export async function otherAnswer(
  exercise: AnyExercise,
  call: Call | undefined,
  calls: readonly Call[],
  ready: () => Promise<Session>,
): Promise<Observation | undefined> {
  const twice = answeredTwice(call, calls, exercise.signatures);
  if (twice) return twice;
  if (!call || !("value" in call.answer)) return undefined;
  const made = "object" in call.target ? makerOf(exercise, call.target, calls) : undefined;
  if ("object" in call.target && !made) return undefined;
  try {
    const session = await ready();
    const object = made && (await session.call(made.maker.target, made.maker.inputs));
    const target =
      "object" in call.target ? { object: object as number, method: call.target.method } : call.target;
    const again = await session.call(target, call.inputs);
    const [first, second] = valueTexts(call.answer.value, again);
    if (first === second || typeof again === "function") return undefined;
    if (!made) return unsteadyObservation(first, second);
    const inputs = [...made.maker.inputs, ...call.inputs];
    return areClose(made.domain, inputs, call.answer.value, again)
      ? undefined
      : stateObservation(first, second);
  } catch (error) {
    if (error instanceof LearnerError) return undefined;
    throw error;
  }
}

/** The call that gave the object, and the method's domain; not of what takes long to make. */
function makerOf(
  exercise: AnyExercise,
  { object, method }: Extract<Target, { object: number }>,
  calls: readonly Call[],
): { readonly maker: Call; readonly domain: AnyDomain } | undefined {
  if (exercise.limits?.seconds !== undefined) return undefined;
  for (const of of subjectsOf(exercise)) {
    if (of.method !== method || !of.domain) continue;
    const maker = calls.findLast(
      ({ target, answer }) =>
        "export" in target && target.export === of.export && "value" in answer && answer.value === object,
    );
    if (maker) return { maker, domain: of.domain };
  }
  return undefined;
}

/** What a training begins with by chance moves its result within what is allowed. */
function areClose(domain: AnyDomain, inputs: readonly unknown[], one: unknown, other: unknown): boolean {
  const [a, b] = [numbersOf(one), numbersOf(other)];
  if (!a || !b || a.length !== b.length) return false;
  const { absolute } = allowedErrors(domain, b, ...inputs);
  return a.every((v, i) => Object.is(v, b[i]) || Math.abs(v - b[i]) <= 2 * absolute[i]);
}

const unsteadyObservation = (first: string, second: string): Observation => ({
  id: "unsteady",
  text: `Asked the same twice, your code answered \`${first}\` and then \`${second}\`. Something is left over from one call to the next, or random numbers decide: the answer may depend on the arguments only.`,
});

const stateObservation = (first: string, second: string): Observation => ({
  id: "unsteady",
  text: `Here your object answered \`${first}\`; a new one, made of the same arguments and asked the same at once, answers \`${second}\`. Something is left over from what was made or asked in between: a variable outside of the function that makes the object, an array that a method changes, an answer that is kept.`,
});

/** The two answers, if the check itself has asked the same twice and was answered otherwise each time. */
function answeredTwice(
  call: Call | undefined,
  calls: readonly Call[],
  signatures: Signatures,
): Observation | undefined {
  if (!call || !("value" in call.answer)) return undefined;
  // What a check holds of an object is a number for it, and each is another one.
  if ("export" in call.target && signatures[call.target.export]?.returns.kind === "object") return undefined;
  const asked = questionText(call);
  for (const other of calls) {
    if (!("value" in other.answer) || questionText(other) !== asked) continue;
    const [first, second] = valueTexts(other.answer.value, call.answer.value);
    if (first !== second) return unsteadyObservation(first, second);
  }
  return undefined;
}

/** JSON has no −0, no infinities and no NaN. */
const questionText = ({ target, inputs }: Call): string =>
  JSON.stringify([target, inputs], (_name, value) =>
    typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))
      ? `number ${Object.is(value, -0) ? "-0" : value}`
      : value,
  );
