/** Functions that `check.passed` has given to cells, so that one which comes back under an answer's name is known for what it is. */

import { UNSOLVED_MESSAGE } from "../harness/unsolved.ts";
import type { AnyFunction } from "./guard.ts";

/** The learner's own function behind one that was given out; `course` if it is none of hers. */
const givenOut = new WeakMap<AnyFunction, AnyFunction | "course">();

export function noteGivenOut(run: AnyFunction, hers: AnyFunction | "course"): void {
  if (!givenOut.has(run)) givenOut.set(run, hers);
}

/** @returns The value itself, if it was never given out. */
export function behind(value: unknown): unknown {
  return typeof value === "function" ? (givenOut.get(value as AnyFunction) ?? value) : value;
}

/** What a check is given, with her own functions for those that were given out in their place; the course's count as not written. */
export function withOwn(implementation: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(implementation).map(([name, value]) => {
      const own = behind(value);
      return [name, own === "course" ? unwritten : own];
    }),
  );
}

const unwritten = (): never => {
  throw new Error(UNSOLVED_MESSAGE);
};
