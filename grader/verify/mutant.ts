/** A wrong answer that is made from a right one: as a session whose answers are altered on the way. */

import type { AnyDomain, Subject } from "../domain/subjects.ts";
import { LearnerError, type Session } from "../grading/session.ts";

export type { AnyDomain, Subject };

/** The wrong answer to one call; `ask` gives the right one to other arguments. May throw what a learner's code would. */
export type Alter = (
  right: unknown,
  inputs: readonly unknown[],
  ask: (inputs: readonly unknown[]) => Promise<unknown>,
  past: Past,
) => unknown;

/** What a method of an object can know besides its arguments. */
export interface Past {
  /** The object. */
  readonly self: object;
  /** What the objects of this session were made of, in order. */
  readonly made: readonly (readonly unknown[])[];
  /** What each method of this object was asked last, this call not counting. */
  readonly asked: ReadonlyMap<string, readonly unknown[]>;
}

/** Of a plain function, there is no object. */
export const NO_PAST: Past = { self: {}, made: [], asked: new Map() };

export interface GenericMutant {
  /** What is wrong with it, as `verify` says it. */
  readonly id: string;
  /** Which function of the exercise, or which method. */
  readonly of: Subject;
  /** Where alone it is wrong. */
  readonly region?: string;
  /** A fresh one for each run: some remember what they were asked. */
  alter(): Alter;
  readonly remembers?: true;
  /** Calls of its own, in the order of nothing: if it is wrong in one of them, it has to be rejected. */
  readonly calls?: readonly (readonly unknown[])[];
  /** Arguments that it does not look at again: it has to be rejected if the answer depends on them. */
  readonly forgets?: readonly number[];
  /** Always to be rejected: nothing can be told from single calls, or it lies between them. */
  readonly sure?: true;
}

/** A mutant of a function that is known from elsewhere. */
export type Nameless = Omit<GenericMutant, "of">;

/** One that alters every call alike, and remembers nothing. */
export const always = (id: string, alter: Alter): Nameless => ({ id, alter: () => alter });

/** Asks a function, or a method with the arguments of both, of a new object. */
export async function askSubject(
  session: Session,
  of: Subject,
  inputs: readonly unknown[],
): Promise<unknown> {
  if (of.method === undefined) return session.call({ export: of.export }, inputs);
  const own = of.kind.parameters.length - of.methods[of.method].parameters.length;
  const object = await session.call({ export: of.export }, inputs.slice(0, own));
  return session.call({ object: object as number, method: of.method }, inputs.slice(own));
}

interface Made {
  readonly place: number;
  readonly inputs: readonly unknown[];
  readonly asked: Map<string, readonly unknown[]>;
}

/** The right answers: to what checks ask, and to what nobody asks again. */
export interface Right {
  readonly session: Session;
  readonly aside: Session;
}

/**
 * The right session with one function's, or one method's, answers altered. The session inside may give one object for all calls with the
 * same arguments; this one gives each call one of its own, at a negative place that is nobody else's.
 */
export function alteredSession({ session: inner, aside }: Right, of: Subject, alter: Alter): Session {
  const made: Made[] = [];
  const madeOf: (readonly unknown[])[] = [];
  const isMade = (inputs: readonly unknown[]) =>
    madeOf.some((one) => one.every((input, i) => Object.is(input, inputs[i])));
  const ask = (inputs: readonly unknown[]) =>
    askSubject(of.method === undefined || isMade(inputs) ? inner : aside, of, inputs);
  return {
    ...inner,
    allow(allowance) {
      inner.allow(allowance);
      aside.allow(allowance);
    },
    async call(target, inputs) {
      if ("export" in target) {
        const right = await inner.call(target, inputs);
        if (target.export !== of.export) return right;
        if (of.method === undefined) return alter(right, inputs, ask, NO_PAST);
        made.push({ place: right as number, inputs, asked: new Map() });
        madeOf.push(inputs);
        return -made.length;
      }
      const self = made[-target.object - 1];
      if (!self) return inner.call(target, inputs);
      const right = await inner.call({ object: self.place, method: target.method }, inputs);
      const answer =
        target.method === of.method
          ? await alter(right, [...self.inputs, ...inputs], ask, { self, made: madeOf, asked: self.asked })
          : right;
      self.asked.set(target.method, inputs);
      return answer;
    },
  };
}

/** The session with every number of these functions' and methods' answers rounded to float32. */
export function roundedSession(inner: Session, of: readonly Subject[]): Session {
  const names = new Set(of.map(({ name }) => name));
  const methods = new Set(of.map((one) => `${one.export}.${one.method}`));
  const makers = new Set(of.flatMap((one) => (one.method === undefined ? [] : [one.export])));
  const madeBy = new Map<number, string>();
  return {
    ...inner,
    async call(target, inputs) {
      const answer = await inner.call(target, inputs);
      if ("object" in target) {
        const isFair = methods.has(`${madeBy.get(target.object)}.${target.method}`);
        return isFair ? mapNumbers(answer, Math.fround) : answer;
      }
      if (makers.has(target.export)) madeBy.set(answer as number, target.export);
      return names.has(target.export) ? mapNumbers(answer, Math.fround) : answer;
    },
  };
}

/** The same plain value with its numbers replaced; `place` counts them in order. */
export function mapNumbers(plain: unknown, replace: (value: number, place: number) => number): unknown {
  let place = 0;
  const replaceIn = (value: unknown): unknown => {
    if (typeof value === "number") return replace(value, place++);
    if (Array.isArray(value)) return value.map(replaceIn);
    if (value === null || typeof value !== "object") return value;
    const tensor = value as { shape?: unknown; values?: unknown };
    if (Array.isArray(tensor.shape) && Array.isArray(tensor.values))
      return { shape: tensor.shape, values: tensor.values.map(replaceIn) };
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, replaceIn(field)]));
  };
  return replaceIn(plain);
}

export function threw(message: string): never {
  throw new LearnerError("threw", message);
}

export function pairs<A>(list: readonly A[]): [A, A][] {
  return list.flatMap((a, i) => list.slice(i + 1).map((b): [A, A] => [a, b]));
}
