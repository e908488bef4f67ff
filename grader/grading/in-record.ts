/** Numbers that a check took out of a record in order to compare them, as the record that they came from: by its names they can be read. */

import type { Call } from "./transcript.ts";

/** Calls that are looked at, from the latest back; and numbers of one answer. */
const MOST_CALLS = 8;
const MOST_NUMBERS = 200;

/**
 * @param numbers All numbers of an answer, in its order.
 * @returns Puts as many other numbers into their places; undefined if no late answer is a record of just these.
 */
export function recordOf(
  numbers: unknown,
  calls: readonly Call[],
): ((others: readonly unknown[]) => unknown) | undefined {
  if (!Array.isArray(numbers) || numbers.length > MOST_NUMBERS) return undefined;
  for (const { answer } of calls.slice(-MOST_CALLS).toReversed()) {
    if (!("value" in answer) || !isRecord(answer.value)) continue;
    const own = numbersIn(answer.value);
    if (own?.length === numbers.length && own.every((number, i) => Object.is(number, numbers[i])))
      return (others) => refill(answer.value, [...others]);
  }
  return undefined;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** Undefined if it holds anything else, or too many. */
function numbersIn(value: unknown): number[] | undefined {
  if (typeof value === "number") return [value];
  if (value === null || typeof value !== "object") return undefined;
  const found: number[] = [];
  for (const part of Object.values(value)) {
    const own = numbersIn(part);
    if (own === undefined || found.length + own.length > MOST_NUMBERS) return undefined;
    found.push(...own);
  }
  return found;
}

/** The same with these numbers, which are taken off their list one after another. */
function refill(shape: unknown, numbers: unknown[]): unknown {
  if (typeof shape === "number") return numbers.shift();
  if (Array.isArray(shape)) return shape.map((part) => refill(part, numbers));
  return Object.fromEntries(
    Object.entries(shape as object).map(([name, part]) => [name, refill(part, numbers)]),
  );
}
