/**
 * The calls that a check will make, as far as they are known before the first answer: then they are asked together, and not one by one. A
 * check makes hundreds; what a question and its answer cost on their way is ten times what most answers cost.
 *
 * A plan holds calls and no answers.
 */

import { hasOwn } from "../pristine.ts";

/** A part of an earlier answer, by its place: the fields and indices that lead to it. */
export interface Part {
  readonly of: number;
  readonly part: readonly (string | number)[];
}

/** An argument: the place of a value among those of the plan, or what an earlier answer holds. */
export type Argument = number | Part;

export interface PlannedCall {
  readonly export: string;
  readonly inputs: readonly Argument[];
}

export interface Plan {
  /** Each argument once. */
  readonly values: readonly unknown[];
  readonly calls: readonly PlannedCall[];
}

/** What stands at a place; undefined if nothing does. */
export function partOf(answers: readonly unknown[], { of, part }: Part): unknown {
  let value = answers[of];
  for (let i = 0; i < part.length; i++) {
    const step = part[i] as string | number;
    if (typeof value !== "object" || value === null || !hasOwn(value, step)) return undefined;
    value = (value as { readonly [step: string]: unknown })[step];
  }
  return value;
}
