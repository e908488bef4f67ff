/**
 * A small library of wrong ingredients for each exercise: another point, another slope, another base density. Any mixture of them that
 * gives every wrong number of a check explains it, whether or not somebody has thought of just that one.
 */

import type { Signatures } from "../harness/kinds.ts";

/** One way to make one part of the answer. The first of a list is the right one and says nothing. */
export interface Option<T> {
  readonly use: T;
  /** What is different, as a clause: "$z$ is $x$ itself". Never what would be right. */
  readonly says?: string;
}

/** A program and everything in it that is not right. */
export interface Mixture<F> {
  readonly says: readonly string[];
  readonly answer: F;
}

export interface Ingredients<S extends Signatures = Signatures> {
  readonly export: keyof S & string;
  /** Programs that take this export's arguments. */
  readonly mixtures: () => readonly Mixture<(...inputs: never[]) => unknown>[];
}

/** More slips than this at once fit whatever one likes. */
const MOST = 2;
/** Every mixture of the options with at most two slips in it, those with the fewest first. */
export function mix<T extends object, F>(
  options: { readonly [K in keyof T]: readonly Option<T[K]>[] },
  program: (picked: T) => F,
): Mixture<F>[] {
  let partial: { picked: Partial<T>; says: readonly string[] }[] = [{ picked: {}, says: [] }];
  for (const name of Object.keys(options) as (keyof T)[]) {
    partial = partial.flatMap(({ picked, says }) =>
      options[name].flatMap(({ use, says: also }) => {
        const all = also === undefined ? says : [...says, also];
        return all.length > MOST ? [] : [{ picked: { ...picked, [name]: use }, says: all }];
      }),
    );
  }
  return partial
    .filter(({ says }) => says.length > 0)
    .sort((a, b) => a.says.length - b.says.length)
    .map(({ picked, says }) => ({ says, answer: program(picked as T) }));
}
