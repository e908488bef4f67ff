/** A wrong answer that is made from a right one: as a session whose answers are altered on the way. */

import type { Domain } from "../domain/domain.ts";
import { LearnerError, type Session } from "../grading/session.ts";

/** The wrong answer to one call; `ask` gives the right one to other arguments. May throw what a learner's code would. */
export type Alter = (
  right: unknown,
  inputs: readonly unknown[],
  ask: (inputs: readonly unknown[]) => Promise<unknown>,
) => unknown;

export interface GenericMutant {
  /** What is wrong with it, as `verify` says it. */
  readonly id: string;
  /** Which function of the exercise. */
  readonly function: string;
  /** Where alone it is wrong. */
  readonly region?: string;
  /** A fresh one for each run: some remember what they were asked. */
  alter(): Alter;
  readonly remembers?: true;
  /** Calls of its own, in the order of nothing: if it is wrong in one of them, it has to be rejected. */
  readonly calls?: readonly (readonly unknown[])[];
  /** Always to be rejected: nothing can be told from single calls, or it lies between them. */
  readonly sure?: true;
}

/** A mutant of a function that is known from elsewhere. */
export type Nameless = Omit<GenericMutant, "function">;

export type AnyDomain = Domain<readonly unknown[]>;

/** One that alters every call alike, and remembers nothing. */
export const always = (id: string, alter: Alter): Nameless => ({ id, alter: () => alter });

/** The right session with one function's answers altered. */
export function alteredSession(inner: Session, name: string, alter: Alter): Session {
  return {
    ...inner,
    async call(target, inputs) {
      const right = await inner.call(target, inputs);
      if (!("export" in target) || target.export !== name) return right;
      return alter(right, inputs, (others) => inner.call(target, others));
    },
  };
}

/** The session with every number of these functions' answers rounded to float32. */
export function roundedSession(inner: Session, names: ReadonlySet<string>): Session {
  return {
    ...inner,
    async call(target, inputs) {
      const answer = await inner.call(target, inputs);
      return "export" in target && names.has(target.export) ? mapNumbers(answer, Math.fround) : answer;
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
