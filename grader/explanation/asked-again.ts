/** Code that answers the same question in two ways: in a check, or when it is asked again. */

import type { Observation } from "../diagnosis/observation.ts";
import { allowedErrors, numbersOf } from "../domain/domain.ts";
import { type AnyDomain, subjectsOf } from "../domain/subjects.ts";
import type { AnyExercise } from "../exercise.ts";
import { LearnerError, type Session, type Target } from "../grading/session.ts";
import { type Call, valueText, valueTexts } from "../grading/transcript.ts";
import type { FunctionKind, Signatures } from "../harness/kinds.ts";

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
  const { target, inputs, answer } = call;
  try {
    if (!("object" in target)) {
      const again = await (await ready()).call(target, inputs);
      const [first, second] = valueTexts(answer.value, again);
      return first === second || typeof again === "function" ? undefined : unsteadyObservation(first, second);
    }
    const made = makerOf(exercise, target, calls);
    return (
      made &&
      (await stateOf({ made, method: target.method, inputs, answer: answer.value }, calls, await ready()))
    );
  } catch (error) {
    if (error instanceof LearnerError) return undefined;
    throw error;
  }
}

/** A method's answer, and what made its object. */
interface OfObject {
  readonly made: Made;
  readonly method: string;
  readonly inputs: readonly unknown[];
  readonly answer: unknown;
}

/** What the answer depends on besides its object's own arguments and the method's. */
async function stateOf(
  { made, method, inputs, answer }: OfObject,
  calls: readonly Call[],
  session: Session,
): Promise<Observation | undefined> {
  const make = (of: readonly unknown[]) => session.call(made.maker.target, of) as Promise<number>;
  const ask = (object: number, name: string) => session.call({ object, method: name }, inputs);
  const own = made.maker.inputs;
  const isSame = (one: unknown, other: unknown) => {
    const [first, second] = valueTexts(one, other);
    return first === second || areClose(made.domain, [...own, ...inputs], one, other);
  };
  const again = await ask(await make(own), method);
  if (!isSame(answer, again)) return stateObservation(...valueTexts(answer, again));
  for (const name of made.alike) {
    const object = await make(own);
    await ask(object, name);
    const after = await ask(object, method);
    if (!isSame(again, after)) return afterObservation(method, name, ...valueTexts(again, after));
  }
  const another = calls.find(({ target, inputs }) => isMaker(target, made.maker) && !isEqual(inputs, own));
  if (!another || made.alike.length === 0) return undefined;
  const [one, other] = [await make(another.inputs), await make(own)];
  for (const name of [method, ...made.alike])
    if (!isEqual(await ask(one, name), await ask(other, name))) return undefined;
  return sharedObservation(valueText(again));
}

const isEqual = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const isMaker = (target: Target, maker: Call): boolean =>
  "export" in target && "export" in maker.target && target.export === maker.target.export;

/** Where an object comes from. */
interface Made {
  /** The call that gave it. */
  readonly maker: Call;
  /** The method's domain. */
  readonly domain: AnyDomain;
  /** Its other methods that take the same kinds of arguments. */
  readonly alike: readonly string[];
}

/** Not of what takes long to make. */
function makerOf(
  exercise: AnyExercise,
  { object, method }: Extract<Target, { object: number }>,
  calls: readonly Call[],
): Made | undefined {
  if (exercise.limits?.seconds !== undefined) return undefined;
  for (const of of subjectsOf(exercise)) {
    if (of.method !== method || !of.domain) continue;
    const maker = calls.findLast(
      ({ target, answer }) =>
        "export" in target && target.export === of.export && "value" in answer && answer.value === object,
    );
    if (!maker) continue;
    const alike = Object.keys(of.methods).filter(
      (name) => name !== method && kindsOf(of.methods[name]) === kindsOf(of.methods[method]),
    );
    return { maker, domain: of.domain, alike };
  }
  return undefined;
}

const kindsOf = ({ parameters }: FunctionKind): string => parameters.map(({ of }) => of.kind).join();

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

const afterObservation = (method: string, other: string, first: string, second: string): Observation => ({
  id: "unsteady",
  text: `A new object answered \`${first}\` when \`${method}\` was asked at once, and \`${second}\` once \`${other}\` had been asked about the same point. What a method needs it has to compute itself: nobody needs to have asked another one before.`,
});

const sharedObservation = (answer: string): Observation => ({
  id: "unsteady",
  text: `Two objects, made of different arguments, answer exactly the same in every method, here \`${answer}\`. Each call has to make an object of its own, of its own arguments: is one kept outside of the function, or used again?`,
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
